import Domain

/// What a period cost, in Prometheus' text format: one gauge per number, for node_exporter's textfile collector or a
/// push gateway.
///
/// Numbers belong to a period, and a later collection may lower them, so none is a counter.
struct PrometheusWriter {
  /// The most series of one metric, however many queues and environments there are. The rest get the label `others`.
  static let mostSeries = 500

  let costs: DataTable
  let totals: DataTable
  let period: Period
  let collected: Instant?
  var currency = Currency.usd

  var text: String {
    var lines: [String] = []
    func metric(_ name: String, _ help: String, _ samples: [(labels: String, value: String)]) {
      guard !samples.isEmpty else { return }
      lines += ["# HELP batchcost_\(name) \(help)", "# TYPE batchcost_\(name) gauge"]
      lines += samples.map { "batchcost_\(name)\($0.labels) \($0.value)" }
    }
    metric(
      currency.column("cost_usd"), "Cost of the period in \(currency.rawValue), without what has no price.",
      samples("cost_usd"))
    metric(
      currency.column("on_demand_usd"),
      "The same at On-Demand rates, where both prices are known, in \(currency.rawValue).", samples("on_demand_usd"))
    metric("billed_seconds", "Billed time, divided like its cost.", samples("seconds"))
    metric("unpriced_seconds", "Billed time that has no price.", samples("unpriced_seconds"))
    for (column, help) in [
      ("attempts", "Attempts that began in the period."), ("jobs", "Jobs whose first attempt began in the period."),
      ("instances", "EC2 instances that ran in the period."),
      ("unplaced_seconds", "Time of attempts whose instance is unknown: their cost is missing."),
    ] {
      metric(column, help, totals[0, column].flatMap(Self.number).map { [("", $0)] } ?? [])
    }
    metric("period_start_timestamp_seconds", "The first day of the period.", [("", Self.seconds(period.from))])
    metric("period_end_timestamp_seconds", "The end of the period's last day.", [("", Self.seconds(period.to))])
    if let collected {
      metric(
        "collected_timestamp_seconds", "When the data behind these numbers was collected.",
        [("", "\(collected.milliseconds / 1000)")])
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func seconds(_ day: Day) -> String { "\(Int64(day.number) * 86_400)" }

  private static func number(_ cell: Cell) -> String? { cell.isNumber ? cell.plain : nil }

  /// The column's values with their labels; beyond the limit, the cheapest series are added up.
  private func samples(_ column: String) -> [(labels: String, value: String)] {
    let rows = (costs[column] ?? []).enumerated().filter { $0.element.isNumber }
    let samples = rows.prefix(Self.mostSeries).map { row, cell in (labels: labels(row), value: cell.plain) }
    var others: [String: Cell] = [:]
    for (row, cell) in rows.dropFirst(Self.mostSeries) {
      let labels = labels(row, isOther: true)
      others[labels] = others[labels].flatMap { $0.adding(cell) } ?? cell
    }
    return samples + others.sorted { $0.key < $1.key }.map { (labels: $0.key, value: $0.value.plain) }
  }

  private func labels(_ row: Int, isOther: Bool = false) -> String {
    let pairs = ["job_queue", "compute_environment", "purchase_option", "kind"].map { name in
      let isName = name == "job_queue" || name == "compute_environment"
      let value = isName && isOther ? "others" : costs[row, name]?.plain ?? ""
      return "\(name)=\"\(Self.escaped(value))\""
    }
    return "{\(pairs.joined(separator: ","))}"
  }

  /// Names are free text. Escapes only what would end a label, by scalars.
  private static func escaped(_ value: String) -> String {
    var text = ""
    for scalar in value.unicodeScalars {
      switch scalar {
      case "\\": text += "\\\\"
      case "\"": text += "\\\""
      case "\n": text += "\\n"
      default: text.unicodeScalars.append(scalar)
      }
    }
    return text
  }
}
