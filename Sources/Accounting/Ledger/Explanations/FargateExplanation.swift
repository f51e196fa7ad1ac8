import Domain
import Store

/// The whole derivation of a Fargate task's cost: its times, its rates and its postings.
package struct FargateExplanation: Sendable {
  /// What the task pays for by the second, with its rate.
  package struct Item: Equatable, Sendable {
    package var item: FargateTerms.Item
    /// The rate in force; nil if unpriced.
    package var rate: Rate?
    /// When that price began.
    package var rateSince: Instant?
  }

  /// The task's id.
  package var name: String
  package var zone: String?
  /// The compute environment's name; nil if unknown.
  package var environment: String?
  package var terms: FargateTerms
  /// From image pull, else Batch's start, to stop.
  package var span: TimeSpan
  /// The start is the image pull's, not Batch's.
  package var knowsPull: Bool
  /// It was running at the time of collection.
  package var isOpen: Bool
  package var items: [Item]
  /// At list prices.
  package var estimate: Charge
  /// What bills say of it, and what they replaced.
  package var bill: BillExplanation
  /// The ledger's rows, in its order.
  package var rows: [ExplainedPosting]
}

extension Ledger {
  static func explain(
    _ facts: World.FargateFacts, _ world: World, _ connection: Connection
  ) throws -> FargateExplanation {
    let start = Instant(milliseconds: facts.attempt.placed)
    let span = TimeSpan(start, max(start, Instant(milliseconds: facts.attempt.stopped)))
    let items = facts.terms.items(isSpot: facts.terms.isSpot).map { item in
      let step = world.prices.fargate(region: facts.terms.region, item.name)?.step(at: start)
      return FargateExplanation.Item(item: item, rate: step?.rate, rateSince: step?.at)
    }
    return FargateExplanation(
      name: facts.name, zone: facts.zone,
      environment: facts.computeEnvironment.flatMap { world.environments[$0]?.name },
      terms: facts.terms, span: span, knowsPull: facts.knowsPull,
      isOpen: facts.attempt.flags.contains(.open), items: items,
      estimate: facts.terms.charge(over: span, prices: world.prices),
      bill: try BillExplanation(of: facts.name, connection), rows: try postings(of: facts.name, connection))
  }
}
