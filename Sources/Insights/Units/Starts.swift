import Domain
import Store

/// When attempts began, and how long jobs waited for their first: rollups by day and queue.
struct Starts {
  struct Key: Hashable, Comparable {
    var day: Int32
    var queue: Int32

    static func < (a: Key, b: Key) -> Bool { (a.day, a.queue) < (b.day, b.queue) }
  }

  private(set) var begun: [Key: (attempts: Int64, jobs: Int64)] = [:]
  /// Jobs by whole seconds from creation to first start.
  private(set) var waits: [Key: [Int64: Int64]] = [:]

  /// - Parameter created: when each job was created, by its id.
  /// - Complexity: O(n) in the number of attempts.
  init(_ attempts: AttemptTable, created: ContiguousArray<Int64>) {
    for position in 0..<attempts.count where attempts.started[position] >= 0 {
      let started = attempts.started[position]
      let key = Key(day: Instant(milliseconds: started).day.number, queue: attempts.queue[position])
      let isFirst = AttemptTable.ordinal(of: attempts.id[position]) == 1
      begun[key, default: (0, 0)].attempts += 1
      guard isFirst else { continue }
      begun[key]?.jobs += 1
      let job = Int(AttemptTable.job(of: attempts.id[position]))
      guard created.indices.contains(job), created[job] >= 0 else { continue }
      waits[key, default: [:]][max(0, started - created[job] + 999) / 1000, default: 0] += 1
    }
  }
}

extension Insight {
  static let starts = Insight("starts", tables: ["start_day", "start_wait"]) { view, connection in
    let starts = Starts(view.attempts, created: view.jobs.created)
    let days = try RowWriter(connection, "start_day", columns: 4)
    for (key, count) in starts.begun.sorted(by: { $0.key < $1.key }) {
      try days.write(
        .integer(Int64(key.day)), .integer(Int64(key.queue)), .integer(count.attempts), .integer(count.jobs))
    }
    let waits = try RowWriter(connection, "start_wait", columns: 4)
    for (key, jobs) in starts.waits.sorted(by: { $0.key < $1.key }) {
      for (seconds, count) in jobs.sorted(by: { $0.key < $1.key }) {
        try waits.write(.integer(Int64(key.day)), .integer(Int64(key.queue)), .integer(seconds), .integer(count))
      }
    }
  }
}
