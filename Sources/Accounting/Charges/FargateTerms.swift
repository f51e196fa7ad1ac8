import Domain

/// What a Fargate task pays: vCPU, GB and ephemeral storage above 20 GB, each its rate × the billed seconds, as one
/// charge that is rounded once (method page, §2.6 and §7.11).
package struct FargateTerms: Sendable {
  package enum Architecture: String, Sendable {
    case x86 = ""
    case arm = "ARM-"
    case windows = "Windows-"
  }

  package var resources: Resources
  package var ephemeralGiB: Int64
  package var architecture: Architecture
  package var isSpot: Bool
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

  /// Seconds rounded up, at least 60; five minutes on Windows.
  package func billedMilliseconds(_ span: TimeSpan) -> Int64 {
    max(architecture == .windows ? 300 : 60, (span.milliseconds + 999) / 1000) * 1000
  }

  package func charge(over span: TimeSpan, prices: PriceBook) -> Charge {
    let billed = billedMilliseconds(span)
    let onDemand = cost(prefix: "", at: span.start, billed, prices)
    let cost = isSpot ? cost(prefix: "SpotUsage:", at: span.start, billed, prices) : onDemand
    return Charge(
      span: span, billedMilliseconds: billed, cost: cost, onDemand: onDemand,
      source: cost == nil ? .none : .priceList)
  }

  /// From when on the price of its vCPUs is known.
  package func listedSince(_ prices: PriceBook) -> Instant? {
    let item = "\(isSpot ? "SpotUsage:" : "")Fargate-\(architecture.rawValue)vCPU-Hours:perCPU"
    return prices.fargate(region: region, item)?.first?.at
  }

  private func cost(prefix: String, at time: Instant, _ billed: Int64, _ prices: PriceBook) -> Money? {
    let family = "\(prefix)Fargate-\(architecture.rawValue)"
    guard let vcpu = prices.fargate(region: region, family + "vCPU-Hours:perCPU")?.rate(at: time),
      let gb = prices.fargate(region: region, family + "GB-Hours")?.rate(at: time)
    else { return nil }
    // Nanodollars × milli-vCPU (or MiB) × milliseconds an hour, on the common denominator 1000 × 1024.
    var sum = vcpu.cost(milliseconds: billed) * Int128(resources.milliVCPUs) * 1024
    sum += gb.cost(milliseconds: billed) * Int128(resources.memoryMiB) * 1000
    if ephemeralGiB > 20 {
      guard let disk = prices.fargate(region: region, "Fargate-EphemeralStorage-GB-Hours")?.rate(at: time) else {
        return nil
      }
      sum += disk.cost(milliseconds: billed) * Int128(ephemeralGiB - 20) * 1_024_000
    }
    if architecture == .windows {
      guard let licence = prices.fargate(region: region, prefix + "Fargate-Windows-OS-Hours:perCPU")?.rate(at: time)
      else { return nil }
      sum += licence.cost(milliseconds: billed) * Int128(resources.milliVCPUs) * 1024
    }
    return Money(
      nanodollars: Int64(clamping: dividedHalfToEven(sum, by: Int128(millisecondsPerHour) * 1_024_000)))
  }
}
