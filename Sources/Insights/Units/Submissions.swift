import Domain
import Store

/// What each submitted job cost by day: a rollup for queries on the most expensive jobs.
///
/// A period adds up days, and must count each job once. So days count the jobs that have a cost on that day only, and
/// the attempts of the others, a few in a hundred, are in a separate table.
struct Submissions {
  struct Key: PackedKey, Hashable, Comparable {
    var day: Int32
    /// A job's id, or the negative id of its parent.
    var submission: Int64

    var word: UInt64 { UInt64(bitPattern: submission) << 20 ^ UInt64(UInt32(bitPattern: day)) }

    static func < (a: Key, b: Key) -> Bool { (a.day, a.submission) < (b.day, b.submission) }
  }

  struct Sum: Equatable {
    var job: Int64 = 0
    var children: Int64 = 0
    var attempts: Int64 = 0
    var cost: Int64?
    var onDemand: Int64?
  }

  struct LongAttempt: Hashable {
    var key: Key
    var attempt: Int64
  }

  private(set) var days = PackedSums<Key, Sum>()
  private(set) var long: Set<LongAttempt> = []

  /// - Complexity: O(n) in the number of attempts.
  init(_ attempts: AttemptTable, _ costs: AttemptCosts) {
    var furtherDays: [Int: [AttemptCosts.Day]] = [:]
    for day in costs.further { furtherDays[day.position, default: []].append(day) }
    var start = 0
    while start < attempts.count {
      let positions = attempts.positions(ofJob: AttemptID.job(of: attempts[start].id))
      add(positions, attempts, costs, furtherDays)
      start = max(positions.upperBound, start + 1)
    }
  }

  /// Adds the attempts of one job.
  private mutating func add(
    _ positions: Range<Int>, _ attempts: AttemptTable, _ costs: AttemptCosts, _ further: [Int: [AttemptCosts.Day]]
  ) {
    let job = AttemptID.job(of: attempts[positions.lowerBound].id)
    let parent = attempts[positions.lowerBound].parent
    let submission = parent < 0 ? job : -Int64(parent)
    var only: Int32 = -1
    var isLong = false
    for position in positions where costs.firstDay(position) >= 0 {
      if only < 0 { only = costs.firstDay(position) }
      if costs.firstDay(position) != only || costs.isLong(position) { isLong = true }
    }
    var isCounted = false
    for position in positions where costs.firstDay(position) >= 0 {
      func add(_ day: AttemptCosts.Day) {
        let key = Key(day: day.day, submission: submission)
        if isLong { long.insert(LongAttempt(key: key, attempt: attempts[position].id)) }
        days.update(key, from: Sum()) {
          $0.add(day, job: job, children: isLong || isCounted ? 0 : 1, attempts: isLong ? 0 : 1)
        }
        isCounted = true
      }
      add(costs.first(position))
      if costs.isLong(position) { for day in further[position] ?? [] { add(day) } }
    }
  }
}

extension Submissions.Sum {
  fileprivate mutating func add(_ day: AttemptCosts.Day, job: Int64, children: Int64, attempts: Int64) {
    self.job = max(self.job, job)
    self.children += children
    self.attempts += attempts
    if let cost = day.cost { self.cost = (self.cost ?? 0) + cost }
    if let listed = day.onDemand { onDemand = (onDemand ?? 0) + listed }
  }
}

extension Insight {
  static let submissions = Insight("submissions", tables: ["submission_day", "long_attempt_day"], by: .day) {
    view, connection in
    let submissions = Submissions(view.attempts, view.postings.costs)
    let days = try RowFeed(connection, into: "submission_day", columns: 8)
    for (key, sum) in submissions.days.sorted() where view.scope.has(day: key.day) {
      days.append(Int64(key.day))
      days.append(key.submission)
      days.append(key.submission < 0 ? -key.submission : nil)
      days.append(sum.job)
      days.append(sum.children)
      days.append(sum.attempts)
      days.append(sum.cost)
      days.append(sum.onDemand)
      try days.endRow()
    }
    try days.flush()
    let long = try RowFeed(connection, into: "long_attempt_day", columns: 3)
    for row in submissions.long.sorted(by: { ($0.key, $0.attempt) < ($1.key, $1.attempt) })
    where view.scope.has(day: row.key.day) {
      long.append(Int64(row.key.day))
      long.append(row.key.submission)
      long.append(row.attempt)
      try long.endRow()
    }
    try long.flush()
  }
}
