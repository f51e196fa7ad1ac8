/// What each attempt cost by day. Nearly all have a cost on one day only, which is stored by position; other days are
/// stored separately.
struct AttemptCosts: Sendable {
  struct Day: Sendable {
    var position: Int
    var day: Int32
    /// Nil if none of it is priced.
    var cost: Int64?
    /// For postings with a cost: unpriced postings would be compared with nothing.
    var onDemand: Int64?
  }

  /// For an attempt's first day with a cost, in the order of postings. Without optionals, because there are a million
  /// of them.
  private struct First {
    static let none = Int64.min

    /// −1 if it has no cost yet.
    var day: Int32 = -1
    /// It has costs on further days.
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

  /// The first day on which an attempt had a cost; −1 if there is none.
  func firstDay(_ position: Int) -> Int32 { firsts[position].day }

  /// Whether an attempt had a cost on more than one day.
  func isLong(_ position: Int) -> Bool { firsts[position].isLong }

  /// Whether any of an attempt has a price.
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

  /// All days together, by position; unpriced parts count as 0.
  var totals: ContiguousArray<Int64> {
    var totals = ContiguousArray(firsts.lazy.map { $0.cost == First.none ? 0 : $0.cost })
    for day in further { totals[day.position] += day.cost ?? 0 }
    return totals
  }
}
