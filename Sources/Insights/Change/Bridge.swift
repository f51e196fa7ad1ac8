import Domain
import Store

/// Why seven days cost more or less than the seven before, exactly.
///
/// With jobs N, resource-time V of work that counted (reserved vCPU-time), its cost W, retries R, unused U and total
/// cost C = W + R + U, of last week (0) and this (1), the running totals are
///
///     0  C0                                          last week
///     1  C0 · N1 ÷ N0                                volume: jobs
///     2  C0 · V1 ÷ V0                                size: resource-time a job
///     3  P  · V1 ÷ V0                                price: last week's instance-time at this week's rates
///     4  P  · Wo ÷ W0                                purchase option: last week's cost a vCPU-hour of each option
///     5  C0 · W1 ÷ W0                                mix: instance types, queues, memory and GPUs beside vCPUs
///     6  W1 + U1 + R0 · W1 ÷ W0                      unused
///     7  C1                                          retries and failures
///
/// where P is C0 with every pool (type, zone and option) that ran in both weeks repriced at this week's average rate,
/// and Wo = Σ over options of V1 · W0 ÷ V0; an option that is new takes W1 · C0 ÷ P, what it costs this week without the
/// change of prices. Each step holds the later
/// factors at last week's level, so unused cost and retries grow with the work until their own step. Each total is
/// rounded half to even, once; steps are differences of totals, so they add up to C1 − C0 to the nanodollar.
///
/// A ratio without a base makes its step 0. The volume step is also 0 if no job began but work continued. Without work
/// last week, the first step takes all of this week's cost.
struct Bridge: Equatable {
  /// In this order.
  enum Factor: String, CaseIterable {
    case volume, size, price
    case purchaseOption = "purchase option"
    case mix, unused, retries
  }

  var last: BridgeWeek
  var this: BridgeWeek

  /// Last week's cost with the pools of both weeks at this week's average rates.
  var repriced: Int64 {
    var sum = Int128(last.cost)
    for (pool, before) in last.pools {
      guard let now = this.pools[pool], now.billed > 0, before.billed > 0 else { continue }
      sum += Int128(scaled(before.billed, now.cost, now.billed)) - Int128(before.cost)
    }
    return Int64(clamping: max(0, sum))
  }

  /// This week's resource-time at last week's cost of each purchase option, or at what a new one costs.
  var workByOption: Int64 {
    let sum = this.work.reduce(Int128(0)) { sum, entry in
      guard let before = last.work[entry.key], before.resourceTime > 0 else {
        return sum + Int128(scaled(entry.value.cost, last.cost, repriced))
      }
      return sum + Int128(scaled(entry.value.resourceTime, before.cost, before.resourceTime))
    }
    return Int64(clamping: sum)
  }

  /// Running totals: last week's cost, then one after each factor; the last is this week's cost.
  var totals: [Int64] {
    let (base, work) = (last.cost, last.workCost)
    guard work > 0 else {
      let grown = base + this.workCost
      let unused = this.workCost + this.unused + last.retried
      return [base, grown, grown, grown, grown, grown, unused, this.cost]
    }
    let hasSize = last.resourceTime > 0
    // If no job began, the step takes everything, unless earlier jobs ran on.
    let hasVolume = last.jobs > 0 && (this.jobs > 0 || this.resourceTime == 0)
    let volume = hasVolume ? scaled(base, this.jobs, last.jobs) : base
    let size = hasSize ? scaled(base, this.resourceTime, last.resourceTime) : volume
    let price = hasSize ? scaled(repriced, this.resourceTime, last.resourceTime) : volume
    let option = hasSize ? scaled(repriced, workByOption, work) : volume
    let mix = scaled(base, this.workCost, work)
    let unused = this.workCost + this.unused + scaled(last.retried, this.workCost, work)
    return [base, volume, size, price, option, mix, unused, this.cost]
  }

  /// `amount × numerator ÷ denominator`, rounded half to even.
  private func scaled(_ amount: Int64, _ numerator: Int64, _ denominator: Int64) -> Int64 {
    guard denominator > 0 else { return 0 }
    return Int64(clamping: dividedHalfToEven(Int128(amount) * Int128(numerator), by: Int128(denominator)))
  }
}

private enum BridgeColumn: Int32, TableColumns {
  case firstDay, place, factor, now, before, fromCost, toCost
  static let table = "bridge"
}

extension Insight {
  /// Any seven days compared with the seven before, if all are within the ledger and had ended at the time of
  /// collection, and the cost of both sevens is known.
  static let bridge = Insight.ofRollups("bridge", tables: ["bridge"]) { rollups, connection in
    let days = try BridgeWeek.days(connection, rollups.daily)
    guard let first = days.keys.min() else { return }
    // A day that ended is over, whether or not anything ran on it.
    let end = rollups.asOf.day.number
    let rows = try TableWriter<BridgeColumn>(connection)
    // Each seven days are compared with those before and with those after them.
    var weeks: [Int32: BridgeWeek] = [:]
    for start in stride(from: first, through: end - 7, by: 1) {
      var week = BridgeWeek()
      for day in start..<(start + 7) { if let day = days[day] { week += day } }
      weeks[start] = week
      guard let last = weeks.removeValue(forKey: start - 7) else { continue }
      let bridge = Bridge(last: last, this: week)
      // What half of the time cost is no cost to explain.
      guard bridge.last.time.isPriced, bridge.this.time.isPriced else { continue }
      let totals = bridge.totals
      for (place, factor) in Bridge.Factor.allCases.enumerated() {
        let (now, before) = bridge.figures(factor)
        rows.put(.firstDay, start)
        rows.put(.place, place + 1)
        rows.put(.factor, factor.rawValue)
        rows.put(.now, now)
        rows.put(.before, before)
        rows.put(.fromCost, totals[place])
        rows.put(.toCost, totals[place + 1])
        try rows.write()
      }
    }
  }
}
