import Domain
import Store

/// The whole derivation of what one Fargate task cost: its times, its rates and its postings.
package struct FargateExplanation: Sendable {
  package struct Item: Equatable, Sendable {
    package var item: FargateTerms.Item
    /// The rate that held, and since when; nil where unpriced.
    package var rate: Rate?
    package var rateSince: Instant?
  }

  package var name: String
  package var zone: String?
  package var environment: String?
  package var terms: FargateTerms
  package var span: TimeSpan
  /// The start is that of the image pull, not Batch's.
  package var knowsPull: Bool
  package var isOpen: Bool
  package var items: [Item]
  /// By the price list.
  package var estimate: Charge
  package var bill: BillExplanation
  package var rows: [ExplainedPosting]
}

extension Ledger {
  /// - Returns: nil where the ledger has no such task.
  static func explain(
    fargateTask name: String, _ world: World, _ connection: Connection
  ) throws -> FargateExplanation? {
    guard let (index, facts) = world.fargate.first(where: { $0.value.name == name }) else { return nil }
    let start = Instant(milliseconds: world.attempts[index].placed)
    let span = TimeSpan(start, max(start, Instant(milliseconds: world.attempts[index].stopped)))
    let items = facts.terms.items(isSpot: facts.terms.isSpot).map { item in
      let step = world.prices.fargate(region: facts.terms.region, item.name)?.step(at: start)
      return FargateExplanation.Item(item: item, rate: step?.rate, rateSince: step?.at)
    }
    return FargateExplanation(
      name: name, zone: facts.zone, environment: facts.computeEnvironment.flatMap { world.environments[$0]?.name },
      terms: facts.terms, span: span, knowsPull: facts.knowsPull,
      isOpen: world.attempts[index].flags.contains(.open), items: items,
      estimate: facts.terms.charge(over: span, prices: world.prices),
      bill: try BillExplanation(of: name, connection), rows: try postings(of: name, connection))
  }
}
