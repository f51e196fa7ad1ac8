/// The accounts that a charge is posted to. Raw values are those of the table `ledger_account`.
package enum Account: Int, CaseIterable, Sendable {
  /// The share that an attempt reserved while it ran.
  case attempt = 0
  /// The same share from the start of image pull to the attempt's start.
  case startup = 1
  /// From launch to the first placement.
  case boot = 2
  /// Free capacity while at least one attempt runs.
  case packing = 3
  /// The whole instance between attempts.
  case gap = 4
  /// The whole instance from its last attempt to its end, and the billing minimum's extension.
  case tail = 5
  /// The whole life of an instance on which nothing ever ran.
  case idle = 6

  package var isUnused: Bool { rawValue >= Account.boot.rawValue }

  /// All that are unused, in order.
  package static let unused: [Account] = [.boot, .packing, .gap, .tail, .idle]

  package var name: String {
    switch self {
    case .attempt: "attempt"
    case .startup: "startup"
    case .boot: "unused.boot"
    case .packing: "unused.packing"
    case .gap: "unused.gap"
    case .tail: "unused.tail"
    case .idle: "unused.idle"
    }
  }
}

/// How capacity is bought. Raw values are those of the table `purchase_option`.
package enum PurchaseOption: Int, CaseIterable, Sendable {
  case onDemand = 0
  case spot, fargate, fargateSpot, savingsPlan, reserved
}

/// Where a price comes from. Raw values are those of the table `price_source`.
package enum PriceSource: Int, CaseIterable, Sendable {
  /// Unpriced.
  case none = 0
  case priceList, spotHistory, bill, bundled, manual
}

/// Which Spot price an instance-hour pays (method page, §2.4).
package enum SpotPriceRule: String, CaseIterable, Sendable {
  /// The price in force at the start of each instance-hour holds for it: what AWS bills.
  case instanceHour = "instance-hour"
  /// The price history integrated over time: a cross-check.
  case continuous
}
