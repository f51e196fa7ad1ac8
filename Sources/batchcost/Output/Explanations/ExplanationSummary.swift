import Accounting
import Domain
import Store

/// The cost of a job that ran on several instances or tasks, before the derivation of each.
struct ExplanationSummary {
  /// For more hosts than this, only the sums are printed, unless all are asked for.
  static let few = 3

  let job: String
  let explanations: [Explanation]
  let currency: Currency

  var text: String {
    let parts = explanations.map(Self.part)
    let costs = parts.flatMap(\.costs)
    let unpriced = costs.count { $0 == nil }
    let left = unpriced == 0 ? "" : "; \(unpriced) posting\(unpriced == 1 ? " has" : "s have") no price"
    let known = costs.compactMap { $0 }.reduce(Money.zero, +)
    let rows = parts.map { part -> [Cell] in
      [
        .text(part.name), .text(part.type), .text(ExplanationText.seconds(part.milliseconds)),
        ExplanationText.sum(part.costs),
      ]
    }
    let table = DataTable(["instance or task", "type", "seconds", "cost_usd"], rows: rows)
    return "\(job)  \(currency.symbol)\(known) on \(parts.count) instances or tasks\(left)\n"
      + ExplanationText.indented(OutputFormat.table.write(table.named(in: currency)))
  }

  private static func part(
    _ explanation: Explanation
  ) -> (name: String, type: String, milliseconds: Int64, costs: [Money?]) {
    let (name, type, rows) =
      switch explanation {
      case .instance(let instance): (instance.name, instance.instanceType ?? "", instance.ownRows)
      case .fargateTask(let task): (task.name, task.terms.isSpot ? "Fargate Spot" : "Fargate", task.rows)
      case .reservation(let facts): (facts.name, facts.instanceType ?? "", facts.rows)
      case .trainingJob(let job): (job.name, TrainingExplanationWriter.name(of: job.terms.payment), job.rows)
      }
    return (name, type, rows.reduce(0) { $0 + $1.milliseconds }, rows.map(\.cost))
  }
}
