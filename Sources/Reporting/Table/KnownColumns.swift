import Charts

/// The defaults for columns of the named queries, so that a name looks the same in all reports: `columns: [step,
/// attempts, cost_usd]`.
struct KnownColumn {
  var label: String?
  var format: NumberFormat?
  /// Words for its codes.
  var labels: [String: String] = [:]
  /// What a long text loses.
  var cut = TextMeasure.Cut.end

  init(_ label: String? = nil, _ format: Format? = nil, signed: Bool = false) {
    self.label = label
    self.format = format.map { NumberFormat($0, signed: signed) }
  }

  static func named(_ name: String) -> KnownColumn { all[name] ?? KnownColumn(nil, format(byUnit: name)) }

  /// The format that follows from the unit in a name.
  private static func format(byUnit name: String) -> Format? {
    if name.hasSuffix("_usd") { return .usdCents }
    if name.hasSuffix("_seconds") { return .duration }
    return name.hasSuffix("_share") ? .percent : nil
  }

  private static let all: [String: KnownColumn] = {
    var all: [String: KnownColumn] = [
      "attempts": KnownColumn("Attempts", .integer), "change": KnownColumn("Change", .percent, signed: true),
      "change_usd": KnownColumn("Change", .usdCents, signed: true), "check_name": KnownColumn("Check"),
      "children": KnownColumn("Children", .integer), "compute_environment": KnownColumn("Environment"),
      "cost_per_job_usd": KnownColumn("Per job", .usdCents), "created_at": KnownColumn("Began", .instant),
      "expected_usd": KnownColumn("Expected", .usd), "failed_jobs": KnownColumn("Failed", .integer),
      "high_usd": KnownColumn("High", .usd), "hours": KnownColumn("Hours", .decimal1),
      "instances": KnownColumn("Instances", .integer), "jobs": KnownColumn("Jobs", .integer),
      "low_usd": KnownColumn("Low", .usd), "on_demand_usd": KnownColumn("On-Demand", .usdCents),
      "share": KnownColumn("Share", .percent), "succeeded_jobs": KnownColumn("Succeeded", .integer),
      "unused_share": KnownColumn("Unused", .percent),
    ]
    var step = KnownColumn("Step or definition")
    step.cut = .start
    all["step"] = step
    var cause = KnownColumn("Cause")
    cause.labels = [
      "interrupted": "Spot interruption", "host lost": "Host lost", "out of memory": "Out of memory",
      "timeout": "Timeout", "image pull": "Image pull", "cancelled": "Cancelled", "exit code": "Exit code",
      "other": "Other",
      "container start": "Container start", "no capacity": "No capacity", "misconfiguration": "Misconfiguration",
      "preempted": "Preempted", "unhealthy host": "Unhealthy host", "block ended": "Capacity Block ended",
      "reservation reclaimed": "Reservation reclaimed", "evicted": "Evicted",
    ]
    all["cause"] = cause
    var status = KnownColumn("Status")
    for code in ["SUBMITTED", "PENDING", "RUNNABLE", "STARTING", "RUNNING", "SUCCEEDED", "FAILED"] {
      status.labels[code] = code.lowercased()
    }
    all["status"] = status
    return all
  }()
}
