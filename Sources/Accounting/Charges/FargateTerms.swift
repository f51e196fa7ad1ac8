import Domain

/// What a Fargate task pays: vCPU, GB and ephemeral storage above 20 GB, each at its rate × the billed seconds, as one
/// charge that is rounded once (method page, §2.6 and §7.11).
package struct FargateTerms: Sendable {
  /// Raw values are what follows `Fargate-` in usage types. Windows has a licence fee as well.
  package enum Architecture: String, Sendable {
    case x86 = ""
    case arm = "ARM-"
    case windows = "Windows-"
  }

  /// What the task is billed for, without GPUs: Fargate's size, at least what its containers ask for.
  package var resources: Resources
  /// All of it: the first 20 are free.
  package var ephemeralGiB: Int64
  package var architecture: Architecture
  /// Fargate Spot has rates of its own for vCPU and memory, none for storage.
  package var isSpot: Bool
  /// Whose prices hold: Fargate has none by zone.
  package var region: String

  package init(
    resources: Resources, ephemeralGiB: Int64 = 20, architecture: Architecture = .x86, isSpot: Bool, region: String
  ) {
    self.resources = resources
    self.ephemeralGiB = ephemeralGiB
    self.architecture = architecture
    self.isSpot = isSpot
    self.region = region
  }

  /// Seconds rounded up, at least 60; at least five minutes on Windows.
  package func billedMilliseconds(_ span: TimeSpan) -> Int64 {
    max(architecture == .windows ? 300 : 60, (span.milliseconds + 999) / 1000) * 1000
  }

  /// At the prices in force when the span starts. One price that is missing leaves the charge unpriced.
  ///
  /// - Parameter span: from image pull to stop.
  package func charge(over span: TimeSpan, prices: PriceBook) -> Charge {
    let billed = billedMilliseconds(span)
    let onDemand = cost(isSpot: false, at: span.start, billed, prices)
    let cost = isSpot ? cost(isSpot: true, at: span.start, billed, prices) : onDemand
    return Charge(
      span: span, billedMilliseconds: billed, cost: cost, onDemand: onDemand,
      source: cost == nil ? .none : .priceList)
  }

  /// The time from which its prices are known.
  package func listedSince(_ prices: PriceBook) -> Instant? {
    items(isSpot: isSpot).compactMap { prices.fargate(region: region, $0.name)?.first?.at }.max()
  }

  /// An item that a task pays for by the second.
  package struct Item: Equatable, Sendable {
    /// The usage type without its region prefix.
    package var name: String
    /// vCPU or GB, × 1,024,000: vCPUs come in thousandths, memory in 1024ths of a GB.
    package var amount: Int128
  }

  /// - Parameter isSpot: at the rates of Fargate Spot, which has none for storage.
  package func items(isSpot: Bool) -> [Item] {
    let family = "\(isSpot ? "SpotUsage:" : "")Fargate-\(architecture.rawValue)"
    var items = [
      Item(name: family + "vCPU-Hours:perCPU", amount: Int128(resources.milliVCPUs) * 1024),
      Item(name: family + "GB-Hours", amount: Int128(resources.memoryMiB) * 1000),
    ]
    if ephemeralGiB > 20 {
      items.append(Item(name: "Fargate-EphemeralStorage-GB-Hours", amount: Int128(ephemeralGiB - 20) * 1_024_000))
    }
    if architecture == .windows {
      let licence = "\(isSpot ? "SpotUsage:" : "")Fargate-Windows-OS-Hours:perCPU"
      items.append(Item(name: licence, amount: Int128(resources.milliVCPUs) * 1024))
    }
    return items
  }

  /// Nil if the price of an item is unknown.
  private func cost(isSpot: Bool, at time: Instant, _ billed: Int64, _ prices: PriceBook) -> Money? {
    product(isSpot: isSpot, at: time, billed, prices).map {
      Money(nanodollars: Int64(clamping: dividedHalfToEven($0, by: Int128(millisecondsPerHour) * 1_024_000)))
    }
  }

  /// Nanodollars an hour × amount × milliseconds; nil if the price of an item is unknown.
  private func product(isSpot: Bool, at time: Instant, _ milliseconds: Int64, _ prices: PriceBook) -> Int128? {
    var sum: Int128 = 0
    for item in items(isSpot: isSpot) {
      guard let rate = prices.fargate(region: region, item.name)?.rate(at: time) else { return nil }
      sum += rate.cost(milliseconds: milliseconds) * item.amount
    }
    return sum
  }

  /// What a part of the task would have cost on Fargate Spot, by the rates of both when the task began.
  ///
  /// - Parameter equivalent: the part's cost at On-Demand rates, in nanodollars like what is returned; nil if a rate is
  ///   unknown.
  package func spotCost(insteadOf equivalent: Int64, at time: Instant, prices: PriceBook) -> Int64? {
    guard let spot = product(isSpot: true, at: time, 1, prices),
      let listed = product(isSpot: false, at: time, 1, prices), listed > 0
    else { return nil }
    return Int64(clamping: dividedHalfToEven(Int128(equivalent) * spot, by: listed))
  }
}
