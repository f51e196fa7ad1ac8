/// What each attempt cost by day. Nearly all cost something on one day only: that is kept by position, the rest apart.
struct AttemptCosts: Sendable {
  struct Day: Sendable {
    var position: Int
    var day: Int32
    /// Nil: none of it is priced.
    var cost: Int64?
    /// Of postings that have a cost: what has no price would be listed against nothing.
    var onDemand: Int64?
  }

  /// Of the day on which an attempt cost something first, as postings come. Without optionals: a million are kept.
  private struct First {
    static let none = Int64.min

    /// −1 where it cost nothing yet.
    var day: Int32 = -1
    /// It cost something on further days.
    var isLong = false
    /// `none`: none of it is priced.
    var cost = none
    var onDemand = none

    mutating func add(cost posted: Int64?, onDemand listed: Int64?) {
      if let posted { cost = (cost == Self.none ? 0 : cost) + posted }
      if let listed { onDemand = (onDemand == Self.none ? 0 : onDemand) + listed }
    }
  }

  private var firsts: ContiguousArray<First>
  /// Postings of further days.
  private(set) var further: [Day] = []

  init(count: Int) { firsts = ContiguousArray(repeating: First(), count: count) }

  mutating func add(_ position: Int, day: Int32, cost: Int64?, onDemand listed: Int64?) {
    let onDemand = cost == nil ? nil : listed
    if firsts[position].day < 0 { firsts[position].day = day }
    if firsts[position].day == day {
      firsts[position].add(cost: cost, onDemand: onDemand)
    } else {
      firsts[position].isLong = true
      further.append(Day(position: position, day: day, cost: cost, onDemand: onDemand))
    }
  }

  /// The day on which an attempt cost something first; −1 where there is none.
  func firstDay(_ position: Int) -> Int32 { firsts[position].day }

  /// Whether an attempt cost something on more than one day.
  func isLong(_ position: Int) -> Bool { firsts[position].isLong }

  /// Whether anything of an attempt has a price.
  func isPriced(_ position: Int) -> Bool {
    firsts[position].cost != First.none
      || firsts[position].isLong && further.contains { $0.position == position && $0.cost != nil }
  }

  /// What an attempt cost on its first day.
  func first(_ position: Int) -> Day {
    let first = firsts[position]
    return Day(
      position: position, day: first.day, cost: first.cost == First.none ? nil : first.cost,
      onDemand: first.onDemand == First.none ? nil : first.onDemand)
  }

  /// All days together, by position; what is not priced counts as nothing.
  var totals: ContiguousArray<Int64> {
    var totals = ContiguousArray(firsts.lazy.map { $0.cost == First.none ? 0 : $0.cost })
    for day in further { totals[day.position] += day.cost ?? 0 }
    return totals
  }
}
