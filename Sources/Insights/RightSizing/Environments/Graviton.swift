import Domain
import Store

/// What an environment's x86 instances of one type would have cost in one ISO week as the same size of a Graviton
/// family. Shown, but never counted as a saving, because no collected data say whether the jobs' images exist for
/// arm64.
package struct Graviton: Sendable, Equatable {
  package var week: String
  /// Row of `compute_environment`.
  package var environment: Int64
  package var type: String
  /// The Graviton type.
  package var sibling: String
  /// Bought on Spot, and compared with Spot.
  package var isSpot: Bool
  /// What they cost, unused cost included, in nanodollars.
  package var cost: Int64
  /// The same hours at the sibling's price: cost × its rate ÷ the type's rate, rounded half to even.
  package var siblingCost: Int64

  /// The types of an environment and week with a cheaper sibling; none if they save less than a dollar together.
  ///
  /// On-Demand at the list prices of the environment's region, Spot at the region's rates of the week.
  package static func siblings(_ environment: EnvironmentWeek, _ prices: PriceTable) -> [Graviton] {
    let rates = prices.rates(isSpot: environment.isSpot)
    let offered = prices.shapes.filter { $0.value.architecture == "arm64" && rates[$0.key] != nil }
    if offered.isEmpty { return [] }
    let found = environment.uses.compactMap { use -> Graviton? in
      guard use.cost > 0, let paid = rates[use.type],
        let sibling = cheapest(of: use.type, prices.shapes[use.type], offered, rates),
        sibling.rate < paid
      else { return nil }
      return Graviton(
        week: environment.week, environment: environment.id, type: use.type, sibling: sibling.type,
        isSpot: environment.isSpot, cost: use.cost,
        siblingCost: Int64(dividedHalfToEven(Int128(use.cost) * Int128(sibling.rate), by: Int128(paid))))
    }
    let saving = found.reduce(0 as Int64) { $0 + $1.cost - $1.siblingCost }
    return saving < EnvironmentAdvice.leastSaving ? [] : found.sorted { $0.type < $1.type }
  }

  /// The cheapest arm64 type with the same size, vCPUs and memory in a sibling family; if two cost the same, the newer.
  private static func cheapest(
    of type: String, _ shape: PriceTable.Shape?, _ offered: [String: PriceTable.Shape], _ rates: [String: Int64]
  ) -> (type: String, rate: Int64)? {
    guard let own = shape, own.architecture == "x86_64", own.capacity.gpus == 0 else { return nil }
    let offers = offered.compactMap { name, shape -> (type: String, rate: Int64, generation: Int)? in
      guard shape.capacity == own.capacity, let rate = rates[name],
        InstanceFamily.isGravitonSibling(name, ofType: type)
      else { return nil }
      return (name, rate, InstanceFamily.number(ofType: name))
    }
    return offers.min { ($0.rate, -$0.generation, $0.type) < ($1.rate, -$1.generation, $1.type) }
      .map { ($0.type, $0.rate) }
  }

  enum Column: Int32, TableColumns {
    case week, computeEnvironment, instanceType, sibling, purchase, cost, siblingCost, family, siblingFamily
    static let table = "graviton"
  }

  func write(_ rows: TableWriter<Column>) throws {
    rows.put(.week, week)
    rows.put(.computeEnvironment, environment)
    rows.put(.instanceType, type)
    rows.put(.sibling, sibling)
    rows.put(.purchase, isSpot ? "spot" : "on-demand")
    rows.put(.cost, cost)
    rows.put(.siblingCost, siblingCost)
    rows.put(.family, Self.family(type))
    rows.put(.siblingFamily, Self.family(sibling))
    try rows.write()
  }

  /// `c6g` for `c6g.xlarge`.
  private static func family(_ type: String) -> String {
    String(type.prefix { $0 != "." })
  }
}
