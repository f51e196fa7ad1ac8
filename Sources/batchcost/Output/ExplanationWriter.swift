import Accounting
import Domain
import Store

/// The derivation of an instance's cost as a page of text.
struct ExplanationWriter {
  let explanation: InstanceExplanation

  var text: String {
    [heading, life, hours, ExplanationText.bill(explanation.bill), weights, postings].compactMap { $0 }
      .joined(separator: "\n")
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
      "  \(ExplanationText.seconds(span.span.milliseconds)) s, "
        + "billed \(ExplanationText.seconds(explanation.billedMilliseconds)) s"
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
        hour.rate.map { .text(Money(nanodollars: $0.nanodollarsPerHour).description) } ?? .text("none"),
        hour.rateSince.map { .instant($0) } ?? .null, ExplanationText.exact(hour.charge.cost),
        ExplanationText.exact(hour.charge.onDemand),
      ]
    }
    let charges = explanation.hours.map(\.charge)
    let sums = [ExplanationText.sum(charges.map(\.cost)), ExplanationText.sum(charges.map(\.onDemand))]
    let total: [Cell] = [.text("sum"), .null, .null, .null] + sums
    let table = QueryResult(
      columns: ["instance-hour", "billed_s", "usd_per_hour", "price since", "cost_usd", "on_demand_usd"],
      rows: rows + [total])
    return "Charges: one an instance-hour, \(rule)\n" + ExplanationText.indented(TableWriter.write(table))
  }

  private var weights: String {
    guard let capacity = explanation.capacity else { return "Capacity unknown\n" }
    let gib = decimalString(capacity.memoryMiB * 1000 / 1024, places: 3)
    return "Capacity \(decimalString(capacity.milliVCPUs, places: 3)) vCPU, \(gib) GiB"
      + (capacity.gpus > 0 ? ", \(capacity.gpus) GPU" : "") + "; weights \(explanation.weights)\n"
  }

  private var postings: String { ExplanationText.postings(explanation.rows) }
}
