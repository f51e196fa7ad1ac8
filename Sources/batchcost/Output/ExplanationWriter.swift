import Accounting
import Domain
import Store

/// The derivation of an instance's cost as a page of text.
struct ExplanationWriter {
  let explanation: InstanceExplanation

  var text: String {
    [heading, life, hours, weights, postings].joined(separator: "\n")
  }

  private var heading: String {
    let what = [
      explanation.instanceType, explanation.zone, explanation.isSpot ? "Spot" : "On-Demand", explanation.environment,
    ]
    return "\(explanation.name)  \(what.compactMap { $0 }.joined(separator: ", "))\n"
  }

  private var life: String {
    let evidence = explanation.evidence
    let known: [(String, Instant?)] = [
      ("state-change event running", evidence.runningEvent), ("DescribeInstances LaunchTime", evidence.launchTime),
      ("CloudTrail RunInstances", evidence.runInstances), ("ECS registration", evidence.registered),
      ("first attempt placed", evidence.firstAttempt), ("last attempt stopped", evidence.lastAttemptStop),
      ("state-change event shutting-down", evidence.stoppingEvent),
      ("DescribeInstances StateTransitionReason", evidence.stateTransition),
      ("CloudTrail TerminateInstances or BidEvictedEvent", evidence.terminateCall),
      ("state-change event terminated", evidence.terminatedEvent),
    ]
    var lines = ["Running span, and what is known of it"]
    for (source, time) in known {
      if let time { lines.append("  \(time)  \(source)") }
    }
    let span = explanation.life
    lines.append(
      "  from \(span.span.start) (\(span.startSource.rawValue)) to \(span.span.end) (\(span.endSource.rawValue))")
    lines.append(
      "  \(seconds(span.span.milliseconds)) s, billed \(seconds(explanation.billedMilliseconds)) s"
        + (explanation.interrupted ? "; EC2 took it back, with proof" : "")
        + (explanation.isFree ? ", in its first hour: not charged" : ""))
    return lines.joined(separator: "\n") + "\n"
  }

  private var hours: String {
    let rule =
      explanation.isSpot
      ? "Spot price in force \(explanation.spotRule == .instanceHour ? "at the start of the hour" : "at each moment")"
      : "list price"
    let rows = explanation.hours.map { hour -> [Cell] in
      [
        .instant(hour.charge.span.start), .real(Double(hour.charge.billedMilliseconds) / 1000),
        hour.rate.map { .money(Money(nanodollars: $0.nanodollarsPerHour)) } ?? .text("none"),
        hour.rateSince.map { .instant($0) } ?? .null, exact(hour.charge.cost), exact(hour.charge.onDemand),
      ]
    }
    let costs = explanation.hours.compactMap(\.charge.cost).reduce(.zero, +)
    let listed = explanation.hours.compactMap(\.charge.onDemand).reduce(.zero, +)
    let total: [Cell] = [.text("sum"), .null, .null, .null, exact(costs), exact(listed)]
    let table = QueryResult(
      columns: ["instance-hour", "billed_s", "usd_per_hour", "price since", "cost_usd", "on_demand_usd"],
      rows: rows + [total])
    return "Charges: one an instance-hour, \(rule)\n" + indented(TableWriter.write(table))
  }

  private var weights: String {
    guard let capacity = explanation.capacity else { return "Capacity unknown\n" }
    let gib = decimalString(capacity.memoryMiB * 1000 / 1024, places: 3)
    return "Capacity \(decimalString(capacity.milliVCPUs, places: 3)) vCPU, \(gib) GiB"
      + (capacity.gpus > 0 ? ", \(capacity.gpus) GPU" : "") + "; weights \(explanation.weights)\n"
  }

  private var postings: String {
    let rows = explanation.rows.map { row -> [Cell] in
      [
        .text(row.day.description), .text(row.account.name), .text(row.attempt),
        .text(seconds(row.milliseconds)), exact(row.cost), exact(row.onDemand),
      ]
    }
    let costs = explanation.rows.compactMap(\.cost).reduce(.zero, +)
    let listed = explanation.rows.compactMap(\.onDemand).reduce(.zero, +)
    let total: [Cell] = [.text("sum"), .null, .null, .null, exact(costs), exact(listed)]
    let table = QueryResult(
      columns: ["day", "account", "attempt", "seconds", "cost_usd", "on_demand_usd"], rows: rows + [total])
    return "Postings: who bears it\n" + indented(TableWriter.write(table))
  }

  /// Money to the nanodollar: this is where people check.
  private func exact(_ money: Money?) -> Cell {
    guard let money else { return .text("unpriced") }
    let text = money.description
    let places = text.split(separator: ".").dropFirst().first?.count ?? 0
    return .text(text + (places == 0 ? "." : "") + String(repeating: "0", count: 9 - places))
  }

  private func seconds(_ milliseconds: Int64) -> String { decimalString(milliseconds, places: 3) }

  private func indented(_ text: String) -> String {
    text.split(separator: "\n").map { "  \($0)\n" }.joined()
  }
}
