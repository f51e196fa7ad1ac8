import Accounting
import Domain
import Store

/// The derivation of a Fargate task's cost as text.
struct FargateExplanationWriter {
  let explanation: FargateExplanation
  let currency: Currency

  var text: String {
    [
      heading, life, charge, ExplanationText.bill(explanation.bill, in: currency),
      ExplanationText.postings(explanation.rows, in: currency),
    ]
    .compactMap { $0 }.joined(separator: "\n")
  }

  private var heading: String {
    let terms = explanation.terms
    let gib = decimalString(terms.resources.memoryMiB * 1000 / 1024, places: 3)
    let size = "\(decimalString(terms.resources.milliVCPUs, places: 3)) vCPU, \(gib) GiB"
    let disk = terms.ephemeralGiB > 20 ? "\(terms.ephemeralGiB) GiB of storage, of which 20 are free" : nil
    let system =
      switch terms.architecture {
      case .x86: String?.none
      case .arm: "ARM"
      case .windows: "Windows"
      }
    let what = [
      terms.isSpot ? "Fargate Spot" : "Fargate", size, system, disk, explanation.zone, explanation.environment,
    ]
    return "\(explanation.name)  \(what.compactMap { $0 }.joined(separator: ", "))\n"
  }

  private var life: String {
    let span = explanation.span
    let start =
      explanation.knowsPull ? "ECS: start of image pull" : "Batch: startedAt, because the image pull is unknown"
    let end = explanation.isOpen ? "still running: the time of collection" : "Batch: stoppedAt"
    return """
      Billed span
        from \(span.start) (\(start))
        to \(span.end) (\(end))
        \(ExplanationText.seconds(span.milliseconds)) s, billed \
      \(ExplanationText.seconds(explanation.estimate.billedMilliseconds)) s

      """
  }

  private var charge: String {
    let rows = explanation.items.map { item -> [Cell] in
      [
        .text(item.item.name), .text(decimalString(Int64(clamping: item.item.amount / 1024), places: 3)),
        item.rate.map { .text(Money(nanodollars: $0.nanodollarsPerHour).description) } ?? .text("none"),
        item.rateSince.map { .instant($0) } ?? .null,
      ]
    }
    let table = DataTable(["item", "amount", "usd_per_hour", "price since"], rows: rows)
    let sum: [Cell] = [
      .text("sum of amount × rate × billed time"), ExplanationText.exact(explanation.estimate.cost),
      ExplanationText.exact(explanation.estimate.onDemand),
    ]
    let total = DataTable(["charge", "cost_usd", "on_demand_usd"], rows: [sum])
    return "Charge: one per task, rounded once, list price at its start\n"
      + ExplanationText.indented(TableWriter.write(table.named(in: currency)))
      + ExplanationText.indented(TableWriter.write(total.named(in: currency)))
  }
}
