import Accounting
import Domain
import Foundation
import Store

/// The derivation of an instance's cost as text: all of it, or one job's part.
struct ExplanationWriter {
  let explanation: InstanceExplanation
  let currency: Currency

  var text: String {
    let parts =
      explanation.stays.isEmpty
      ? [heading, life, hours, ExplanationText.bill(explanation.bill, in: currency), weights, postings]
      : [heading, span, stays, sharedHours, ExplanationText.bill(ownBill, in: currency), weights, ownPostings]
    return parts.compactMap { $0 }.joined(separator: "\n")
  }

  private var heading: String {
    let what = [
      explanation.instanceType, explanation.zone, optionName, explanation.environment,
    ]
    return "\(explanation.name)  \(what.compactMap { $0 }.joined(separator: ", "))\n"
  }

  private var optionName: String {
    switch explanation.option {
    case .spot: "Spot"
    case .capacityBlock: "Capacity Block"
    case .interruptibleReservation: "interruptible reservation"
    case .unknown: "purchase option unknown"
    default: "On-Demand"
    }
  }

  private var life: String {
    let evidence = explanation.evidence
    let known: [(String, Instant?)] = [
      ("state-change event running", evidence.runningEvent), ("DescribeInstances LaunchTime", evidence.launchTime),
      ("CloudTrail RunInstances", evidence.runInstances), ("registration with the cluster", evidence.registered),
      ("first attempt placed", evidence.firstAttempt), ("last attempt stopped", evidence.lastAttemptStop),
      ("state-change event shutting-down", evidence.stoppingEvent),
      ("DescribeInstances StateTransitionReason", evidence.stateTransition),
      ("CloudTrail TerminateInstances or BidEvictedEvent", evidence.terminateCall),
      ("state-change event terminated", evidence.terminatedEvent),
      ("Spot request taken back by EC2", evidence.reclaimedRequest),
    ]
    var lines = ["Running span and its evidence"]
    for (source, time) in known {
      if let time { lines.append("  \(time)  \(source)") }
    }
    return (lines + spanLines).joined(separator: "\n") + "\n"
  }

  private var spanLines: [String] {
    let span = explanation.life
    return [
      "  from \(span.span.start) (\(span.startSource.rawValue)) to \(span.span.end) (\(span.endSource.rawValue))",
      "  \(ExplanationText.seconds(span.span.milliseconds)) s, "
        + "billed \(ExplanationText.seconds(explanation.billedMilliseconds)) s"
        + (explanation.interrupted ? "; EC2 took it back, with proof" : "")
        + (explanation.isFree ? ", in its first hour: not charged" : ""),
    ]
  }

  private var rule: String {
    explanation.option == .spot
      ? "Spot price in force \(explanation.spotRule == .instanceHour ? "at the start of the hour" : "at each moment")"
      : "list price"
  }

  private func cells(_ hour: InstanceExplanation.Hour) -> [Cell] {
    [
      .instant(hour.charge.span.start), .real(Double(hour.charge.billedMilliseconds) / 1000),
      hour.rate.map { .text(Money(nanodollars: $0.nanodollarsPerHour).description) } ?? .text("none"),
      hour.rateSince.map { .instant($0) } ?? .null, ExplanationText.exact(hour.charge.cost),
      ExplanationText.exact(hour.charge.onDemand),
    ]
  }

  private var hours: String {
    let rows = explanation.hours.map(cells)
    let charges = explanation.hours.map(\.charge)
    let sums = [ExplanationText.sum(charges.map(\.cost)), ExplanationText.sum(charges.map(\.onDemand))]
    let total: [Cell] = [.text("sum"), .null, .null, .null] + sums
    let table = DataTable(
      ["instance-hour", "billed_s", "usd_per_hour", "price since", "cost_usd", "on_demand_usd"],
      rows: rows + [total])
    return "Charges: one per instance-hour, \(rule)\n"
      + ExplanationText.indented(TableWriter.write(table.named(in: currency)))
  }

  private var weights: String {
    guard let capacity = explanation.capacity else { return "Capacity unknown\n" }
    let gib = decimalString(capacity.memoryMiB * 1000 / 1024, places: 3)
    return "Capacity \(decimalString(capacity.milliVCPUs, places: 3)) vCPU, \(gib) GiB"
      + (capacity.gpus > 0 ? ", \(capacity.gpus) GPU" : "")
      + "; weights \(explanation.weights): \(explanation.weightWords)\n"
  }

  private var postings: String { ExplanationText.postings(explanation.rows, in: currency) }
}

/// One job's part of an instance.
extension ExplanationWriter {
  fileprivate var span: String { (["Running span of the host"] + spanLines).joined(separator: "\n") + "\n" }

  fileprivate var stays: String {
    let rows = explanation.stays.map { stay -> [Cell] in
      [.text(stay.attempt), .instant(stay.span.start), .instant(stay.span.end), share(stay.share)]
    }
    let table = DataTable(["attempt", "placed", "stopped", "share of the host"], rows: rows)
    return "The job on this host\n" + ExplanationText.indented(TableWriter.write(table.named(in: currency)))
  }

  fileprivate var sharedHours: String {
    let own = explanation.sharedHours
    let rows = own.map { cells($0.hour) + [.text(ExplanationText.seconds($0.milliseconds)), share($0.share)] }
    let charges = own.map(\.hour.charge)
    let total: [Cell] =
      [.text("sum"), .null, .null, .null, ExplanationText.sum(charges.map(\.cost))]
      + [
        ExplanationText.sum(charges.map(\.onDemand)),
        .text(ExplanationText.seconds(own.reduce(0) { $0 + $1.milliseconds })),
      ]
      + [.null]
    let table = DataTable(
      [
        "instance-hour", "billed_s", "usd_per_hour", "price since", "cost_usd", "on_demand_usd", "job_s", "share",
      ], rows: rows + [total])
    return "Charges that it shares: the host's instance-hours in which it ran, \(rule)\n"
      + ExplanationText.indented(TableWriter.write(table.named(in: currency))) + "  \(others(own.count))\n"
  }

  /// What is left out, and where to find it.
  private func others(_ own: Int) -> String {
    let left = explanation.hours.count - own
    guard left > 0 else { return "the host had no other instance-hour" }
    return
      "the host had \(left) other instance-hour\(left == 1 ? "" : "s"): batchcost ledger explain \(explanation.name)"
  }

  /// The bill's lines for the hours in which the job was there.
  fileprivate var ownBill: BillExplanation {
    var bill = explanation.bill
    bill.lines.removeAll { line in
      let end = Instant(milliseconds: line.start.milliseconds + millisecondsPerHour)
      return !explanation.stays.contains { $0.span.start < end && line.start < $0.span.end }
    }
    return bill
  }

  fileprivate var ownPostings: String {
    let own = explanation.ownRows
    let left = explanation.rows.count - own.count
    return ExplanationText.postings(own, title: "Postings to the job", in: currency)
      + "  the host has \(left) other posting\(left == 1 ? "" : "s"), to other jobs and to unused cost\n"
  }

  private func share(_ share: Double?) -> Cell {
    share.map { .text(String(format: "%.2f%%", $0 * 100)) } ?? .text("unpriced")
  }
}
