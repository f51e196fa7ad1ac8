import Domain
import Store

/// Days on which a job began or ended without a cost, so that it has no posting on that day.
struct QuietJobs: JobGathering {
  private struct Row: Hashable, Comparable {
    var job: Int64
    var day: Int32

    static func < (a: Row, b: Row) -> Bool { (a.job, a.day) < (b.job, b.day) }
  }

  private let view: LedgerView
  private let writer: RowFeed

  init(_ view: LedgerView, _ connection: Connection) throws {
    self.view = view
    writer = try RowFeed(connection, into: "quiet_job", columns: 2)
  }

  /// - Complexity: O(n) in the number of attempts.
  func add(_ block: JobBlock) throws {
    let (attempts, costs) = (block.attempts, block.costs)
    var further: [Int: Set<Int32>] = [:]
    for day in costs.further { further[day.position, default: []].insert(day.day) }
    var rows: Set<Row> = []
    func note(_ job: Int64, at time: Int64) {
      let day = Instant(milliseconds: time).day.number
      let hasCost = attempts.positions(ofJob: job).contains {
        costs.firstDay($0) == day || further[$0]?.contains(day) == true
      }
      if !hasCost { rows.insert(Row(job: job, day: day)) }
    }
    for position in 0..<attempts.count where attempts[position].started >= 0 {
      note(attempts[position].job, at: attempts[position].started)
    }
    for job in block.ended where view.runJobs.stored(Int64(job.id)) == nil { note(Int64(job.id), at: job.stopped) }
    for row in rows.sorted() {
      writer.append(row.job)
      writer.append(Int64(row.day))
      try writer.endRow()
    }
  }

  func finish() throws { try writer.flush() }
}

extension Insight {
  static let quietJobs = Insight.ofJobs("quiet jobs", tables: ["quiet_job"], by: .job, QuietJobs.self)
}
