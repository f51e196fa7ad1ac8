import Accounting
import Domain

extension Bridge {
  /// The figure behind a step, for these days and for those before; nil if the divisor is 0.
  ///
  /// - volume: jobs
  /// - size: vCPU-hours per job
  /// - price: dollars of the days before, at these days' rates and at their own
  /// - purchase option: the share of vCPU-hours that ran On-Demand
  /// - mix: dollars per vCPU-hour of work that counted, and the same by the steps before it
  /// - unused, retries: dollars per dollar of work that counted
  func figures(_ factor: Factor) -> (now: Double?, before: Double?) {
    func both(_ figure: (BridgeWeek) -> Double?) -> (Double?, Double?) { (figure(this), figure(last)) }
    return switch factor {
    case .volume: both { Double($0.jobs) }
    case .size: both { ratio($0.resourceTime, $0.jobs, unit: millisecondsPerMilliVCPUHour) }
    case .price: last.cost > 0 ? (Double(repriced) / 1e9, Double(last.cost) / 1e9) : (nil, nil)
    case .purchaseOption: both { week in ratio(spotTime(week), week.resourceTime).map { 1 - $0 } }
    case .mix: (workRate(this.workCost), workRate(workOfEarlierSteps))
    case .unused: both { ratio($0.unused, $0.workCost) }
    case .retries: both { ratio($0.retried, $0.workCost) }
    }
  }

  /// Dollars per vCPU-hour of this week.
  private func workRate(_ cost: Int64?) -> Double? {
    cost.flatMap { ratio($0, this.resourceTime, unit: 1e9 / millisecondsPerMilliVCPUHour) }
  }

  /// What this week's work would have cost by volume, size, price and purchase option alone.
  private var workOfEarlierSteps: Int64? {
    guard last.cost > 0, last.resourceTime > 0 else { return nil }
    return Int64(clamping: dividedHalfToEven(Int128(repriced) * Int128(workByOption), by: Int128(last.cost)))
  }

  private var millisecondsPerMilliVCPUHour: Double { 3.6e9 }

  private func spotTime(_ week: BridgeWeek) -> Int64 {
    [PurchaseOption.spot, .fargateSpot].reduce(0) { $0 + (week.work[$1.rawValue]?.resourceTime ?? 0) }
  }

  /// `a ÷ b ÷ unit`
  private func ratio(_ a: Int64, _ b: Int64, unit: Double = 1) -> Double? {
    b == 0 ? nil : Double(a) / Double(b) / unit
  }
}
