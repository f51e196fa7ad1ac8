import Accounting
import Store
import Testing

@Suite struct ShortJobIDTests {
  @Test(
    "The first characters of a job id are enough, also for a child; all children come with their parent",
    arguments: [
      ("bdc4cf15", ["bdc4cf15-0001"]), ("bdc4cf15-0001", ["bdc4cf15-0001"]),
      ("bdc4cf", ["bdc4cf15-0001", "bdc4cff0-0002"]),
      ("bdc4cf15-0001:3", ["bdc4cf15-0001:3"]), ("bdc4cf15:3", ["bdc4cf15-0001:3"]),
      ("bdc4cf:3", ["bdc4cf15-0001:3", "bdc4cff0-0002:3"]), ("ffffff", []), ("ffffff:3", []), ("0d11", ["0d11"]),
    ])
  func found(start: String, jobs: [String]) throws {
    let database = try Database(path: ":memory:")
    try database.write { connection in
      for (id, job) in ["bdc4cf15-0001", "bdc4cf15-0001:3", "bdc4cff0-0002", "0d11", "0d11a9"].enumerated() {
        try connection.execute(
          """
          INSERT INTO job (id, job_id, account_region, name, kind, job_queue, job_definition, status, created_at_ms,
            platform, progress, digest) VALUES (\(id + 1), '\(job)', 1, 'align', 0, 1, 1, 'SUCCEEDED', 0, 0, 0, 0)
          """)
      }
    }
    #expect(try database.read { try Ledger.jobs(beginningWith: start, $0) } == jobs)
  }
}
