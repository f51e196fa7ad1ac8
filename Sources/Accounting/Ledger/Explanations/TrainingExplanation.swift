import Domain
import Store

/// The whole derivation of a training job's cost: its times, its rates and its postings.
package struct TrainingExplanation: Sendable {
  /// Instances of one type, with their rate.
  package struct Item: Equatable, Sendable {
    package var group: TrainingTerms.Group
    /// The rate in force; nil if unpriced.
    package var rate: Rate?
    /// When that price began.
    package var rateSince: Instant?
  }

  /// As in the ledger: the name of SageMaker's training job.
  package var name: String
  package var terms: TrainingTerms
  /// From start to end, as SageMaker has it; else as Batch has it.
  package var run: TimeSpan
  /// The times are SageMaker's, not Batch's.
  package var isDescribed: Bool
  /// It had not ended at the time of collection.
  package var isOpen: Bool
  package var items: [Item]
  /// At list prices: the job, and the warm pool that was kept after it.
  package var estimate: [Charge]
  /// What bills say of it, and what they replaced.
  package var bill: BillExplanation
  /// The ledger's rows, in its order.
  package var rows: [ExplainedPosting]
}

extension Ledger {
  static func explain(_ facts: TrainingFacts, _ world: World, _ connection: Connection) throws -> TrainingExplanation {
    let items = facts.terms.groups.map { group in
      let step = world.prices.training(region: facts.terms.region, group.item)?.step(at: facts.run.start)
      return TrainingExplanation.Item(group: group, rate: step?.rate, rateSince: step?.at)
    }
    return TrainingExplanation(
      name: facts.name, terms: facts.terms, run: facts.run, isDescribed: facts.isDescribed, isOpen: facts.isOpen,
      items: items, estimate: facts.charges(world.prices), bill: try BillExplanation(of: facts.name, connection),
      rows: try postings(of: facts.name, connection))
  }
}
