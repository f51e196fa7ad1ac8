/// What each attempt cost by day. Nearly all cost something on one day only: that is kept by position, the rest apart.
struct AttemptCosts: Sendable {
  struct Day: Sendable {
    var position: Int
    var day: Int32
    /// Nil: none of it is priced.
    var cost: Int64?
    var onDemand: Int64?
  }

  private static let none = Int64.min

  /// The day on which an attempt cost something first, as postings come; −1 where it has none.
  private(set) var firstDay: ContiguousArray<Int32>
  private var cost: ContiguousArray<Int64>
  private var onDemand: ContiguousArray<Int64>
  /// Postings of further days.
  private(set) var further: [Day] = []

  init(count: Int) {
    firstDay = ContiguousArray(repeating: -1, count: count)
    cost = ContiguousArray(repeating: Self.none, count: count)
    onDemand = ContiguousArray(repeating: Self.none, count: count)
  }

  mutating func add(_ position: Int, day: Int32, cost posted: Int64?, onDemand listed: Int64?) {
    if firstDay[position] < 0 { firstDay[position] = day }
    guard firstDay[position] == day else {
      further.append(Day(position: position, day: day, cost: posted, onDemand: listed))
      return
    }
    if let posted { cost[position] = (cost[position] == Self.none ? 0 : cost[position]) + posted }
    if let listed { onDemand[position] = (onDemand[position] == Self.none ? 0 : onDemand[position]) + listed }
  }

  /// What an attempt cost on its first day.
  func first(_ position: Int) -> Day {
    Day(
      position: position, day: firstDay[position], cost: cost[position] == Self.none ? nil : cost[position],
      onDemand: onDemand[position] == Self.none ? nil : onDemand[position])
  }

  /// All days together, by position; what is not priced counts as nothing.
  var totals: ContiguousArray<Int64> {
    var totals = cost
    for index in totals.indices where totals[index] == Self.none { totals[index] = 0 }
    for day in further { totals[day.position] += day.cost ?? 0 }
    return totals
  }
}
