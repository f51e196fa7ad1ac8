import Domain

/// What a SageMaker training job pays: each of its instances pays its type's rate for the billable time, as one charge
/// that is rounded once (method page, §7.34).
package struct TrainingTerms: Equatable, Sendable {
  /// Instances of one type.
  package struct Group: Equatable, Sendable {
    /// With its prefix: `ml.g5.xlarge`.
    package var type: String
    /// How many instances of the type the job has at once.
    package var count: Int64

    package init(type: String, count: Int64) { (self.type, self.count) = (type, count) }

    /// The usage type without its region prefix.
    package var item: String { "Train:\(type)" }
  }

  /// Empty if unknown.
  package var groups: [Group]
  /// Nil if unknown, which leaves the job unpriced.
  package var payment: TrainingPayment?
  /// Whose prices hold.
  package var region: String

  package init(groups: [Group], payment: TrainingPayment?, region: String) {
    (self.groups, self.payment, self.region) = (groups, payment, region)
  }

  /// The number of its instances.
  package var count: Int64 { groups.reduce(0) { $0 + $1.count } }

  /// `2 ml.g5.xlarge, 1 ml.m5.xlarge`; empty if unknown.
  package var description: String { groups.map { "\($0.count) \($0.type)" }.joined(separator: ", ") }

  /// `sageMaker` also where the payment is unknown, a plan, or serverless.
  package var option: PurchaseOption { payment == .managedSpot ? .sageMakerSpot : .sageMaker }

  /// - Parameters:
  ///   - billed: milliseconds of each instance; nil if unknown.
  ///   - trained: the same without the discount of Managed Spot Training.
  ///
  /// Prices are those in force when the span starts. An unknown price, billed time or payment leaves the charge
  /// unpriced; a billed time of 0 costs nothing.
  package func charge(
    over span: TimeSpan, billed: Int64?, trained: Int64? = nil, prices: PriceBook
  ) -> Charge {
    let time = billed ?? (span.milliseconds + 999) / 1000 * 1000
    let amount = billed.flatMap { cost($0, at: span.start, prices) }
    let listed = payment == .managedSpot ? trained.flatMap { cost($0, at: span.start, prices) } : amount
    return Charge(
      span: span, billedMilliseconds: time, cost: amount, onDemand: listed,
      source: amount == nil ? .none : .priceList)
  }

  /// Nil if the price of a type is unknown.
  private func cost(_ milliseconds: Int64, at time: Instant, _ prices: PriceBook) -> Money? {
    if milliseconds == 0 { return .zero }
    guard !groups.isEmpty, payment == .onDemand || payment == .managedSpot else { return nil }
    var sum: Int128 = 0
    for group in groups {
      guard let rate = prices.training(region: region, group.item)?.rate(at: time) else { return nil }
      sum += rate.cost(milliseconds: milliseconds) * Int128(group.count)
    }
    return Money(nanodollars: Int64(clamping: dividedHalfToEven(sum, by: Int128(millisecondsPerHour))))
  }

  /// The time from which its prices are known.
  func listedSince(_ prices: PriceBook) -> Instant? {
    groups.compactMap { prices.training(region: region, $0.item)?.first?.at }.max()
  }

  /// Why it has no price.
  ///
  /// - Parameter isBilled: whether the billed time is known.
  func reason(isBilled: Bool, prices: PriceBook) -> String {
    switch payment {
    case .trainingPlan: return "in a training plan, which is paid for in advance: only the bill has the cost"
    case .serverless: return "serverless, billed by tokens and not by time: only the bill has the cost"
    case .managedSpot where !isBilled:
      return "Managed Spot Training: BillableTimeInSeconds is not known (DescribeTrainingJob)"
    default: break
    }
    let missing = groups.first { prices.training(region: region, $0.item) == nil }
    guard let missing else { return "the instances it ran on are unknown (DescribeTrainingJob)" }
    return "no list price of AmazonSageMaker for \(missing.item) in \(region)"
  }
}
