import Domain

/// Collects the findings of a build: one for each resource and check, so that a report can select those in its period.
struct LedgerNotes {
  private(set) var findings: [Finding] = []

  private mutating func note(
    _ check: String, _ severity: Finding.Severity, _ entry: ResourceEntry, _ message: String,
    milliseconds: Int64? = nil
  ) {
    findings.append(
      Finding(
        check, severity, subject: entry.name, message: message, day: entry.span.start.day,
        milliseconds: milliseconds))
  }

  /// - Parameter reason: why, for kinds with their own reasons.
  mutating func unpriced(_ entry: ResourceEntry, _ place: World.Place?, because reason: String? = nil) {
    let region = place?.region ?? ""
    note("unpriced", .warning, entry, reason ?? Self.reason(entry, region), milliseconds: entry.unpriced)
  }

  /// Why it has no price.
  private static func reason(_ entry: ResourceEntry, _ region: String) -> String {
    switch entry.option {
    case .capacityBlock:
      return "in a Capacity Block, which is paid for by a fee at purchase: only the bill has the cost"
    case .interruptibleReservation:
      return "in an interruptible capacity reservation, which has no price of its own here"
    case .unknown: return "purchase option unknown: not priced as On-Demand"
    default: break
    }
    let what = entry.option == .spot ? "no Spot price" : "no list price"
    let pool = [entry.instanceType, entry.zone].compactMap { $0 }.joined(separator: " in ")
    let task = entry.option == .fargateSpot ? "Fargate Spot" : "Fargate"
    let subject =
      (entry.kind == .fargateTask ? "\(task) in \(region)" : pool.isEmpty ? "this resource" : pool)
      + (entry.variant.map { " (\($0))" } ?? "")
    let codes = PricePlace.codes(ofZone: entry.zone, region: region)
    if entry.option != .spot, codes != [region] {
      return "\(what) for \(subject), which has other prices than \(region)"
    }
    return "\(what) for \(subject)"
  }

  /// - Parameter since: the time from which its list price is known.
  mutating func listedLater(_ entry: ResourceEntry, since: Instant?) {
    guard let since, since > entry.span.start, entry.unpriced < entry.billed else { return }
    note(
      "listed-later", .note, entry, "its list price is known only from \(since) on, and also used for the time before",
      milliseconds: min(since, entry.span.end).milliseconds - entry.span.start.milliseconds)
  }

  mutating func open(_ entry: ResourceEntry) {
    note(
      entry.kind == .instance ? "open-instance" : "open-task", .note, entry,
      "still running: charged up to the time of collection, restated later",
      milliseconds: entry.span.milliseconds)
  }

  mutating func lowerBound(_ entry: ResourceEntry) {
    let source = entry.startSource == "registration" ? "its registration with the cluster" : "the first attempt"
    note("start-lower-bound", .note, entry, "its start is known only from \(source): it may have cost more")
  }

  mutating func lastSeen(_ entry: ResourceEntry) {
    note("last-seen", .note, entry, "its end is unknown: charged up to the last attempt that ran on it")
  }

  mutating func noFee(_ entry: ResourceEntry) {
    note(
      "managed-fee-unknown", .warning, entry,
      "an ECS Managed Instance without a management fee of \(entry.instanceType ?? "its type") in the price list of AmazonECS"
    )
  }

  /// Clock differences, and instances that start during a live collection, are no finding.
  mutating func later(_ facts: InstanceFacts, _ start: Instant, _ place: World.Place) {
    guard start.milliseconds - place.horizon > millisecondsPerHour else { return }
    findings.append(
      Finding(
        "after-collection", .warning, subject: facts.id,
        message: "started \(start), after the time of collection, \(place.asOf): not charged"))
  }

  mutating func tooLong(_ facts: InstanceFacts, _ span: TimeSpan) {
    findings.append(
      Finding(
        "absurd-life", .warning, subject: facts.id,
        message: "ran from \(span.start) to \(span.end), which is not plausible: not in these numbers"))
  }

  mutating func absurdCost(_ entry: ResourceEntry) {
    note(
      "absurd-cost", .warning, entry,
      "would have cost more than $\(Money(nanodollars: Plausible.cost.upperBound)), which is not plausible: a price or a time is "
        + "wrong, so it is unpriced")
  }

  mutating func noLife(_ facts: InstanceFacts) {
    findings.append(
      Finding(
        "life-unknown", .warning, subject: facts.id,
        message: "named by an attempt that never started; when it ran is unknown: not in these numbers"))
  }

  /// - Parameter milliseconds: how much of its life is on the bill.
  mutating func partlyBilled(_ entry: ResourceEntry, milliseconds: Int64) {
    note(
      "partly-billed", .note, entry, "the bill has only part of its life: the rest is estimated",
      milliseconds: entry.span.milliseconds - milliseconds)
  }

  mutating func billLeftOut(_ entry: ResourceEntry) {
    note(
      "bill-left-out", .note, entry,
      "the bill does not cover all of it, or takes back more than an hour cost: it stays estimated")
  }

  mutating func free(_ entry: ResourceEntry) {
    note(
      "free-interruption", .note, entry, "reclaimed by EC2 in its first hour: not charged",
      milliseconds: entry.span.milliseconds)
  }

  mutating func noTrainingJob(_ entry: ResourceEntry) {
    note(
      "training-job-unknown", .note, entry,
      "SageMaker's DescribeTrainingJob was not collected; charged by Batch's times and the requested instances")
  }

  mutating func unwatched(_ entry: ResourceEntry) {
    note(
      "reservation-unknown", .note, entry,
      "was over when it was first described: its idle time is unknown and not in these numbers")
  }

  mutating func strangers(_ entry: ResourceEntry, most: Int64) {
    note(
      "reservation-shared", .note, entry,
      "up to \(most) unknown instance\(most == 1 ? "" : "s") ran in it: counted as running from "
        + "one collection to the next")
  }

  mutating func noPull(_ entry: ResourceEntry) {
    note("fargate-no-pull", .note, entry, "start of image pull unknown: charged from startedAt")
  }

  mutating func unknownType(_ entry: ResourceEntry) {
    note(
      "unknown-type", .warning, entry,
      "capacity of \(entry.instanceType ?? "its instance type") unknown: each attempt bears its share of what attempts reserve"
    )
  }

  mutating func unknownOption(_ entry: ResourceEntry) {
    note("unknown-purchase-option", .warning, entry, "neither described nor in a known environment: unpriced")
  }

  mutating func unknownLifecycle(_ entry: ResourceEntry, _ name: String) {
    note(
      "unknown-purchase-option", .warning, entry, "its lifecycle is \(name), which batchcost does not know: unpriced")
  }

  mutating func onOutpost(_ entry: ResourceEntry) {
    note(
      "unknown-purchase-option", .warning, entry,
      "runs on an Outpost, which is paid for by contract and not by the hour: unpriced")
  }

  mutating func skew(_ entry: ResourceEntry, attempts: Int, milliseconds: Int64) {
    note(
      "clock-skew", .warning, entry,
      "ECS pulled the image of \(attempts) attempt\(attempts == 1 ? "" : "s") after Batch says that "
        + "\(attempts == 1 ? "it" : "they") started: charged from the start", milliseconds: milliseconds)
  }

  /// Attempts that ran when their instance did not: only the part within its life is charged.
  mutating func outside(_ entry: ResourceEntry, _ residences: [Residence]) {
    var milliseconds: Int64 = 0
    for residence in residences {
      milliseconds += max(0, min(residence.stopped, entry.span.start).milliseconds - residence.started.milliseconds)
      milliseconds += max(0, residence.stopped.milliseconds - max(residence.started, entry.span.end).milliseconds)
    }
    // Batch learns some minutes after EC2 took a host back that it is gone: that is not a fault in the data.
    if milliseconds > 600_000 {
      note(
        "attempt-outside-instance", .note, entry, "attempts ran while it did not: that time is not charged to them",
        milliseconds: milliseconds)
    }
  }

  /// Reservations above the nominal capacity, which cannot have existed at the same time.
  ///
  /// - Parameter lacksGPUs: they reserved GPUs, and the instance type has none.
  mutating func crowded(_ entry: ResourceEntry, milliseconds: Int64, lacksGPUs: Bool) {
    let type = entry.instanceType ?? "the instance type"
    note(
      "over-capacity", .warning, entry,
      lacksGPUs
        ? "attempts reserved GPUs, and \(type) has none as described: their shares are by vCPUs and memory alone"
        : "attempts reserved more than \(type) has; their shares were scaled down",
      milliseconds: milliseconds)
  }
}
