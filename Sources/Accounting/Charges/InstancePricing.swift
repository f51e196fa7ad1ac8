import Domain

/// How an instance was bought, and the prices that it is charged at, for the ledger and its explanations.
struct InstancePricing {
  var option: PurchaseOption
  var terms: InstanceTerms
  /// The list price where it ran; nil if there is none.
  var listed: PriceHistory?
  /// The price of its Spot pool; nil for other instances, and if there is none.
  var spot: PriceHistory?
  /// It is one of ECS Managed Instances, and its management fee is unknown: without the fee the price is incomplete.
  private(set) var lacksFee = false

  init(_ facts: InstanceFacts, in world: World, _ rule: SpotPriceRule) {
    let place = world.places[facts.accountRegion]
    let environment = facts.computeEnvironment.flatMap { world.environments[$0] }
    option = facts.lifecycle?.option ?? environment?.option ?? .unknown
    let type = facts.instanceType ?? ""
    listed = world.prices.onDemand(
      region: place?.region ?? "", zone: facts.zone, instanceType: type, operatingSystem: facts.operatingSystem,
      tenancy: facts.tenancy)
    if option == .spot {
      spot = world.prices.spotHistory(
        account: place?.account ?? "", zone: facts.zone ?? "", instanceType: type,
        product: facts.operatingSystem.spotProduct)
    }
    if facts.isManaged {
      let fee = world.prices.managementFee(ofType: type, region: place?.region ?? "", zone: facts.zone)
      lacksFee = fee == nil
      listed = Self.sum(listed, fee)
      spot = Self.sum(spot, fee)
    }
    let market: InstanceTerms.Market =
      switch option {
      case .onDemand: .onDemand
      case .spot: .spot(spot, rule)
      default: .unpriced
      }
    terms = InstanceTerms(
      market: market, onDemand: listed, wholeHours: facts.operatingSystem == .suse, interrupted: facts.interrupted)
  }

  private static func sum(_ price: PriceHistory?, _ fee: PriceHistory?) -> PriceHistory? {
    guard let price, let fee else { return nil }
    return price.adding(fee)
  }
}
