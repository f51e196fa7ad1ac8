import Domain
import Store

/// Days on which a job began or ended without a cost, so that it has no posting on that day.
struct QuietJobs {
  struct Row: Hashable, Comparable {
    var job: Int64
    var day: Int32

    static func < (a: Row, b: Row) -> Bool { (a.job, a.day) < (b.job, b.day) }
  }

  private(set) var rows: Set<Row> = []

  /// - Complexity: O(n) in the number of attempts.
  init(_ view: LedgerView) {
    let (attempts, costs) = (view.attempts, view.postings.costs)
    var further: [Int: Set<Int32>] = [:]
    for day in costs.further { further[day.position, default: []].insert(day.day) }
    func hasCost(_ job: Int64, on day: Int32) -> Bool {
      attempts.positions(ofJob: job).contains { costs.firstDay($0) == day || further[$0]?.contains(day) == true }
    }
    func note(_ job: Int64, at time: Int64) {
      let day = Instant(milliseconds: time).day.number
      if !hasCost(job, on: day) { rows.insert(Row(job: job, day: day)) }
    }
    for position in 0..<attempts.count where attempts[position].started >= 0 {
      note(AttemptID.job(of: attempts[position].id), at: attempts[position].started)
    }
    for job in view.jobs.ended where view.runJobs[Int64(job.id)] == nil { note(Int64(job.id), at: job.stopped) }
  }
}

extension Insight {
  static let quietJobs = Insight("quiet jobs", tables: ["quiet_job"], by: .job) { view, connection in
    let rows = try RowFeed(connection, into: "quiet_job", columns: 2)
    for row in QuietJobs(view).rows.sorted() {
      rows.append(row.job)
      rows.append(Int64(row.day))
      try rows.endRow()
    }
    try rows.flush()
  }
}
