import Accounting
import Domain
import Store

/// Spot pools that were more expensive than a sibling: the same instance type in another zone of the region at the same
/// time.
///
///     for each instance-hour of a Spot instance:  own price > cheapest sibling's price in force at the same moment
///     cost         = Σ own price × billed time                    over such hours
///     sibling_cost = Σ cheapest sibling's price × billed time
///
/// The difference is an upper bound: a cheaper pool may have had no capacity. Each hour is rounded and cut at midnight
/// like its charge. Instances that were reclaimed free of charge are left out. Money is in nanodollars.
struct DearPool: Equatable {
  struct Key: Hashable, Comparable {
    var day: Int32
    var instanceType: String
    var zone: String

    static func < (a: Key, b: Key) -> Bool {
      (a.day, a.instanceType, a.zone) < (b.day, b.instanceType, b.zone)
    }
  }

  var milliseconds: Int64 = 0
  var cost: Int64 = 0
  var siblingCost: Int64 = 0
  /// Time by the cheapest zone.
  var cheapest: [String: Int64] = [:]

  var sibling: String { cheapest.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key ?? "" }

  /// Adds the instance-hours of one instance to `rows`.
  ///
  /// - Complexity: O(hours × zones × log n) in the number n of price changes.
  static func add(
    _ instance: ResourceRow, own: PriceHistory, siblings: [(zone: String, prices: PriceHistory)],
    to rows: inout [Key: DearPool]
  ) {
    guard let type = instance.instanceType, let zone = instance.zone, !instance.isFree else { return }
    var left = instance.billed
    var start = instance.span.start
    while left > 0 {
      let billed = min(left, millisecondsPerHour)
      let end = min(Instant(milliseconds: start.milliseconds + millisecondsPerHour), instance.span.end)
      if let price = own.rate(at: start), let best = cheapest(siblings, at: start), best.rate < price {
        let hour = Charge(
          span: TimeSpan(min(start, end), end), billedMilliseconds: billed, cost: money(price, billed),
          onDemand: money(best.rate, billed), source: .spotHistory)
        for piece in hour.cutAtMidnight() {
          let key = Key(day: piece.span.start.day.number, instanceType: type, zone: zone)
          rows[key, default: DearPool()].add(piece, sibling: best.zone)
        }
      }
      left -= billed
      start = Instant(milliseconds: start.milliseconds + millisecondsPerHour)
    }
  }

  private mutating func add(_ piece: Charge, sibling: String) {
    milliseconds += piece.billedMilliseconds
    cost += piece.cost?.nanodollars ?? 0
    siblingCost += piece.onDemand?.nanodollars ?? 0
    cheapest[sibling, default: 0] += piece.billedMilliseconds
  }

  private static func cheapest(
    _ siblings: [(zone: String, prices: PriceHistory)], at time: Instant
  ) -> (zone: String, rate: Rate)? {
    var best: (zone: String, rate: Rate)?
    for sibling in siblings {
      if let rate = sibling.prices.rate(at: time), best.map({ rate < $0.rate }) ?? true { best = (sibling.zone, rate) }
    }
    return best
  }

  private static func money(_ rate: Rate, _ milliseconds: Int64) -> Money {
    Money(
      nanodollars: Int64(
        dividedHalfToEven(rate.cost(milliseconds: milliseconds), by: Int128(millisecondsPerHour))))
  }
}

private enum DearPoolColumn: Int32, TableColumns {
  case day, instanceType, zone, sibling, ms, cost, siblingCost
  static let table = "dear_pool"
}

extension Insight {
  static let dearPools = Insight.beside("dear pools", tables: ["dear_pool"], by: .pool) { view, _ in
    let spot = view.resources.rows.filter { $0.isInstance && $0.option == .spot && $0.cost != nil }
    var rows: [DearPool.Key: DearPool] = [:]
    for instance in spot {
      guard let own = view.prices.spotHistory(of: instance, zone: instance.zone) else { continue }
      let siblings = view.prices.siblings(of: instance).compactMap { zone in
        view.prices.spotHistory(of: instance, zone: zone).map { (zone: zone, prices: $0) }
      }
      DearPool.add(instance, own: own, siblings: siblings, to: &rows)
    }
    let sorted = rows.filter { view.scope.hasPool($0.key.instanceType, day: $0.key.day) }.sorted { $0.key < $1.key }
    return { connection in
      let writer = try TableWriter<DearPoolColumn>(connection)
      for (key, row) in sorted {
        writer.put(.day, key.day)
        writer.put(.instanceType, key.instanceType)
        writer.put(.zone, key.zone)
        writer.put(.sibling, row.sibling)
        writer.put(.ms, row.milliseconds)
        writer.put(.cost, row.cost)
        writer.put(.siblingCost, row.siblingCost)
        try writer.write()
      }
    }
  }
}
