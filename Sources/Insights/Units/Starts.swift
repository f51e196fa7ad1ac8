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
  init(_ attempts: AttemptTable, _ table: JobTable, _ scope: InsightScope) {
    var lastJob: Int64 = -1
    for position in 0..<attempts.count where attempts[position].started >= 0 {
      let started = attempts[position].started
      let key = Key(day: Instant(milliseconds: started).day.number, queue: attempts[position].queue)
      let job = AttemptID.job(of: attempts[position].id)
      // Among those that started: an earlier attempt may have failed to start.
      let isFirst = job != lastJob
      lastJob = job
      guard scope.has(day: key.day) else { continue }
      let isCounted = attempts.isCounted(job)
      begun.update(key, from: (0, 0)) {
        $0.attempts += 1
        if isFirst, isCounted { $0.jobs += 1 }
      }
      guard isFirst, isCounted else { continue }
      let created = table.created(job)
      guard created >= 0 else { continue }
      let seconds = max(0, started - created + 999) / 1000
      waits.update(Wait(key: key, seconds: seconds), from: 0) { $0 += 1 }
    }
  }
}

extension Insight {
  static let starts = Insight("starts", tables: ["start_day", "start_wait"], by: .day) { view, connection in
    let starts = Starts(view.attempts, view.jobs, view.scope)
    let days = try RowWriter(connection, "start_day", columns: 4)
    for (key, count) in starts.begun.sorted() {
      try days.write(
        .integer(Int64(key.day)), .integer(Int64(key.queue)), .integer(count.attempts), .integer(count.jobs))
    }
    let waits = try RowFeed(connection, into: "start_wait", columns: 4)
    for (wait, jobs) in starts.waits.sorted() {
      waits.append(Int64(wait.key.day))
      waits.append(Int64(wait.key.queue))
      waits.append(wait.seconds)
      waits.append(jobs)
      try waits.endRow()
    }
    try waits.flush()
  }
}
