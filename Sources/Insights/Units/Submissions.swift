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

  /// Counts, and nanodollars; nil: nothing is priced.
  struct Sum: Equatable {
    var job: Int64 = 0
    var children: Int64 = 0
    var attempts: Int64 = 0
    var cost: Int64?
    var onDemand: Int64?
  }

  /// An attempt of a job that has cost on several days.
  struct LongAttempt: Comparable {
    var key: Key
    var attempt: Int64

    static func < (a: LongAttempt, b: LongAttempt) -> Bool { (a.key, a.attempt) < (b.key, b.attempt) }
  }

  private var days = PackedSums<Key, Sum>()
  private(set) var long: [LongAttempt] = []

  /// The sums of a block, in no order.
  var sums: some Sequence<(Key, Sum)> { days.unsorted }

  /// - Complexity: O(n) in the number of attempts.
  init(_ attempts: AttemptTable, _ costs: AttemptCosts) {
    var furtherDays: [Int: [AttemptCosts.Day]] = [:]
    for day in costs.further { furtherDays[day.position, default: []].append(day) }
    var start = 0
    while start < attempts.count {
      let positions = attempts.positions(ofJob: attempts[start].job)
      add(positions, attempts, costs, furtherDays)
      start = max(positions.upperBound, start + 1)
    }
  }

  /// Adds the attempts of one job.
  private mutating func add(
    _ positions: Range<Int>, _ attempts: AttemptTable, _ costs: AttemptCosts, _ further: [Int: [AttemptCosts.Day]]
  ) {
    let (job, parent) = (attempts[positions.lowerBound].job, attempts[positions.lowerBound].parent)
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
        let attempt = LongAttempt(key: key, attempt: attempts[position].id)
        // A day's postings to an attempt are adjacent.
        if isLong, long.last != attempt { long.append(attempt) }
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
    add(
      Submissions.Sum(job: job, children: children, attempts: attempts, cost: day.cost, onDemand: day.onDemand))
  }

  fileprivate mutating func add(_ other: Submissions.Sum) {
    job = max(job, other.job)
    children += other.children
    attempts += other.attempts
    if let more = other.cost { cost = (cost ?? 0) + more }
    if let more = other.onDemand { onDemand = (onDemand ?? 0) + more }
  }
}

/// Sums of blocks wait by day: an array's children may be in several blocks.
private struct SubmissionDays: BlockSums {
  private let view: LedgerView
  private let connection: Connection
  private var days = DaySpool<(submission: Int64, sum: Submissions.Sum)>()
  private var long: [Submissions.LongAttempt] = []

  init(_ view: LedgerView, _ connection: Connection) { (self.view, self.connection) = (view, connection) }

  mutating func add(_ block: JobBlock) throws {
    let submissions = Submissions(block.attempts, block.costs)
    for (key, sum) in submissions.sums where view.scope.has(day: key.day) {
      try days.append((key.submission, sum), to: key.day)
    }
    long += submissions.long.filter { view.scope.has(day: $0.key.day) }
  }

  mutating func finish() throws {
    let rows = try RowFeed(connection, into: "submission_day", columns: 8)
    try days.drain { day, records in
      var sums = PackedSums<Submissions.Key, Submissions.Sum>()
      for (submission, sum) in records {
        sums.update(Submissions.Key(day: day, submission: submission), from: Submissions.Sum()) { $0.add(sum) }
      }
      return sums.sorted()
    } write: { day, sums in
      for (key, sum) in sums {
        rows.append(Int64(day))
        rows.append(key.submission)
        rows.append(key.submission < 0 ? -key.submission : nil)
        rows.append(sum.job)
        rows.append(sum.children)
        rows.append(sum.attempts)
        rows.append(sum.cost)
        rows.append(sum.onDemand)
        try rows.endRow()
      }
    }
    try rows.flush()
    try writeLong()
  }

  private mutating func writeLong() throws {
    let rows = try RowFeed(connection, into: "long_attempt_day", columns: 3)
    long.sort()
    for (position, row) in long.enumerated() where position == 0 || long[position - 1] != row {
      rows.append(Int64(row.key.day))
      rows.append(row.key.submission)
      rows.append(row.attempt)
      try rows.endRow()
    }
    try rows.flush()
  }
}

extension Insight {
  static let submissions = Insight.ofJobs(
    "submissions", tables: ["submission_day", "long_attempt_day"], by: .day, SubmissionDays.self)
}
