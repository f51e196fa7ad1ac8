import Domain
import Store

/// When attempts began, and how long jobs waited for their first attempt: rollups by day and queue.
struct Starts {
  struct Key: PackedKey, Comparable {
    var day: Int32
    var queue: Int32

    var word: UInt64 { UInt64(UInt32(bitPattern: day)) << 32 | UInt64(UInt32(bitPattern: queue)) }

    static func < (a: Key, b: Key) -> Bool { (a.day, a.queue) < (b.day, b.queue) }
  }

  struct Wait: PackedKey, Comparable {
    var key: Key
    /// Whole seconds from creation to first start.
    var seconds: Int64

    var word: UInt64 { key.word ^ UInt64(bitPattern: seconds) << 16 }

    static func < (a: Wait, b: Wait) -> Bool { (a.key, a.seconds) < (b.key, b.seconds) }
  }

  private(set) var begun = PackedSums<Key, (attempts: Int64, jobs: Int64)>()
  /// Jobs by how long they waited.
  private(set) var waits = PackedSums<Wait, Int64>()

  /// - Complexity: O(n) in the number of attempts.
  init(_ attempts: AttemptTable, _ scope: InsightScope) {
    var lastJob: Int64 = -1
    for position in 0..<attempts.count where attempts[position].started >= 0 {
      let attempt = attempts[position]
      let key = Key(day: Instant(milliseconds: attempt.started).day.number, queue: attempt.queue)
      // Among those that started: an earlier attempt may have failed to start.
      let isFirst = attempt.job != lastJob
      lastJob = attempt.job
      guard scope.has(day: key.day) else { continue }
      let counts = isFirst && !attempt.isFurtherNode
      begun.update(key, from: (0, 0)) {
        $0.attempts += 1
        if counts { $0.jobs += 1 }
      }
      guard counts, attempt.created >= 0 else { continue }
      let seconds = max(0, attempt.started - attempt.created + 999) / 1000
      waits.update(Wait(key: key, seconds: seconds), from: 0) { $0 += 1 }
    }
  }
}

private struct StartDays: BlockSums {
  private let view: LedgerView
  private let connection: Connection
  private var begun = PackedSums<Starts.Key, (attempts: Int64, jobs: Int64)>()
  private var waits = DaySpool<(wait: Starts.Wait, jobs: Int64)>()

  init(_ view: LedgerView, _ connection: Connection) { (self.view, self.connection) = (view, connection) }

  mutating func add(_ block: JobBlock) throws {
    let starts = Starts(block.attempts, view.scope)
    for (key, count) in starts.begun.unsorted {
      begun.update(key, from: (0, 0)) { $0 = ($0.attempts + count.attempts, $0.jobs + count.jobs) }
    }
    for (wait, jobs) in starts.waits.unsorted { try waits.append((wait, jobs), to: wait.key.day) }
  }

  func finish() throws {
    let days = try RowWriter(connection, "start_day", columns: 4)
    for (key, count) in begun.sorted() {
      try days.write(
        .integer(Int64(key.day)), .integer(Int64(key.queue)), .integer(count.attempts), .integer(count.jobs))
    }
    let rows = try RowFeed(connection, into: "start_wait", columns: 4)
    try waits.drain { _, records in
      var sums = PackedSums<Starts.Wait, Int64>()
      for (wait, jobs) in records { sums.update(wait, from: 0) { $0 += jobs } }
      return sums.sorted()
    } write: { _, sums in
      for (wait, jobs) in sums {
        rows.append(Int64(wait.key.day))
        rows.append(Int64(wait.key.queue))
        rows.append(wait.seconds)
        rows.append(jobs)
        try rows.endRow()
      }
    }
    try rows.flush()
  }
}

extension Insight {
  static let starts = Insight.ofJobs("starts", tables: ["start_day", "start_wait"], by: .day, StartDays.self)
}
