/// How capacity is paid for. Raw values are those of the table `purchase_option`. Only a bill tells of a Savings Plan
/// or a reservation (`reserved`): without one, such usage is `onDemand`.
package enum PurchaseOption: Int, CaseIterable, Sendable {
  case onDemand = 0
  case spot, fargate, fargateSpot, savingsPlan, reserved
  /// In a Capacity Block: a fee at purchase, and no hourly rate.
  case capacityBlock
  /// In an On-Demand reservation that its owner lends out and may take back.
  case interruptibleReservation
  /// No source says how: never priced as On-Demand.
  case unknown
  /// SageMaker training jobs: On-Demand, or by a fee in advance.
  case sageMaker
  /// Managed Spot Training: the On-Demand rate, with less billed time.
  case sageMakerSpot

  /// Capacity that AWS may take back at any time, at a price of its own.
  package var isSpot: Bool { self == .spot || self == .fargateSpot }
}

/// Where a price comes from. Raw values are those of the table `price_source`.
package enum PriceSource: Int, CaseIterable, Sendable {
  /// Unpriced.
  case none = 0
  case priceList, spotHistory, bill, bundled, manual
}

/// The Spot price that an instance-hour pays (method page, §2.4).
package enum SpotPriceRule: String, CaseIterable, Sendable {
  /// The price in force at the start of each instance-hour, as AWS bills it.
  case instanceHour = "instance-hour"
  /// The price history integrated over time: a cross-check.
  case continuous
}
