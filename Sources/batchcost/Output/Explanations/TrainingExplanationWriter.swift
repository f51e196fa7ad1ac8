import Accounting
import Domain
import Store

/// The derivation of a training job's cost as text.
struct TrainingExplanationWriter {
  let explanation: TrainingExplanation
  let currency: Currency

  var text: String {
    [
      heading, life, charge, ExplanationText.bill(explanation.bill, in: currency),
      ExplanationText.postings(explanation.rows, in: currency),
    ]
    .compactMap { $0 }.joined(separator: "\n")
  }

  /// How it is paid for.
  static func name(of payment: TrainingPayment?) -> String {
    switch payment {
    case .managedSpot: "SageMaker Managed Spot Training"
    case .trainingPlan: "SageMaker training plan"
    case .serverless: "SageMaker serverless training"
    case .onDemand, nil: "SageMaker training"
    }
  }

  private var heading: String {
    let terms = explanation.terms
    let instances = terms.groups.isEmpty ? "on unknown instances" : terms.description
    return "\(explanation.name)  \(Self.name(of: terms.payment)), \(instances)\n"
  }

  private var life: String {
    let run = explanation.run
    let source = explanation.isDescribed ? "SageMaker" : "Batch, because DescribeTrainingJob was not collected"
    let end = explanation.isOpen ? "still running, or kept warm: the time of collection" : source
    return """
      Billed span
        from \(run.start) (\(source))
        to \(run.end) (\(end))
        \(ExplanationText.seconds(run.milliseconds)) s, billed \
      \(ExplanationText.seconds(explanation.estimate[0].billedMilliseconds)) s per instance

      """
  }

  private var charge: String {
    let rows = explanation.items.map { item -> [Cell] in
      [
        .text(item.group.item), .integer(item.group.count),
        item.rate.map { .text(Money(nanodollars: $0.nanodollarsPerHour).description) } ?? .text("none"),
        item.rateSince.map { .instant($0) } ?? .null,
      ]
    }
    let table = DataTable(["item", "instances", "usd_per_hour", "price since"], rows: rows)
    let sums = zip(["the job", "its warm pool"], explanation.estimate).map { name, charge -> [Cell] in
      [
        .text(name), .text(ExplanationText.seconds(charge.billedMilliseconds)), ExplanationText.exact(charge.cost),
        ExplanationText.exact(charge.onDemand),
      ]
    }
    let total = DataTable(["charge", "seconds", "cost_usd", "on_demand_usd"], rows: sums)
    return "Charge: instances × rate × billed time, rounded once, list price at its start\n"
      + ExplanationText.indented(TableWriter.write(table.named(in: currency)))
      + ExplanationText.indented(TableWriter.write(total.named(in: currency)))
  }
}
