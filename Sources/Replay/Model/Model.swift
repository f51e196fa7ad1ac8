import Accounting
import Domain

/// The replay's model of AWS Batch: queues, environments, types and prices.
package struct Model: Sendable {
  /// All instance types known, for any environment.
  package var shapes: [InstanceShape]
  package var environments: [Environment]
  package var queues: [Queue]
  /// Those of the time that is replayed.
  package var prices: PriceBook
  /// By which charges are divided among attempts.
  package var scheme: WeightScheme
  /// When a Spot price counts.
  package var spotRule: SpotPriceRule
  /// The type preferences of each environment.
  package var preferences: [TypePreference]
  /// How much longer jobs run on other families than on those where they ran.
  package var speeds = FamilySpeed()

  /// A job queue in the model.
  package struct Queue: Sendable {
    /// Row of `job_queue`.
    package var id: Int64
    package var name: String
    /// Queues with a larger number are served first.
    package var priority: Int
    /// Positions in `environments`, in the queue's order.
    package var environments: [Int]
    /// The share of retries that pass over the first environment although it has room.
    package var diversion = 0.0
    /// Whether a job takes room in a later environment before an instance is launched for it in an earlier one.
    package var takesRoomFirst = true
    /// Nil: first in, first out.
    package var fairShare: FairShare?

    package init(id: Int64, name: String, priority: Int = 1, environments: [Int]) {
      self.id = id
      self.name = name
      self.priority = priority
      self.environments = environments
    }
  }

  package init(
    shapes: [InstanceShape], environments: [Environment], queues: [Queue], prices: PriceBook,
    scheme: WeightScheme = .splitCost, spotRule: SpotPriceRule = .instanceHour,
    preferences: [TypePreference] = []
  ) {
    self.shapes = shapes
    self.environments = environments
    self.queues = queues
    self.prices = prices
    self.scheme = scheme
    self.spotRule = spotRule
    self.preferences = preferences.isEmpty ? environments.map { _ in TypePreference() } : preferences
  }

  /// A type's price at a time, in nanodollars an hour: for Spot in a zone, otherwise the list price; nil if there is
  /// none.
  static func rate(
    _ prices: PriceBook, _ environment: Environment, _ type: String, zone: String?, at time: Instant
  ) -> Double? {
    let history =
      environment.kind.isSpot
      ? prices.spotHistory(
        account: environment.account, zone: zone ?? "", instanceType: type, product: OperatingSystem.linux.spotProduct)
      : prices.onDemand(
        region: environment.region, zone: zone, instanceType: type, operatingSystem: .linux, tenancy: nil)
    return (history?.rate(at: time) ?? history?.first?.rate).map { Double($0.nanodollarsPerHour) }
  }

  /// How an instance of a type is charged in an environment and zone.
  func terms(_ environment: Environment, type: Int, zone: String?, interrupted: Bool) -> InstanceTerms {
    let name = shapes[type].name
    var listed = prices.onDemand(
      region: environment.region, zone: zone, instanceType: name, operatingSystem: .linux, tenancy: nil)
    var spot =
      environment.kind.isSpot
      ? prices.spotHistory(
        account: environment.account, zone: zone ?? "", instanceType: name,
        product: OperatingSystem.linux.spotProduct) : nil
    if environment.kind.isManaged {
      let fee = prices.managementFee(ofType: name, region: environment.region, zone: zone)
      listed = fee.flatMap { listed?.adding($0) }
      spot = fee.flatMap { spot?.adding($0) }
    }
    let market: InstanceTerms.Market = environment.kind.isSpot ? .spot(spot, spotRule) : .onDemand
    return InstanceTerms(market: market, onDemand: listed, interrupted: interrupted)
  }
}
