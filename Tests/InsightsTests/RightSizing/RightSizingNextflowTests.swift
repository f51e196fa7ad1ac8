import Accounting
import Domain
import Foundation
import Store
import TestSupport
import Testing

@testable import Collect
@testable import Insights

/// Real runs on AWS Batch with requested and measured CPU and memory, and their bill (Tests/Fixtures/nextflow).
enum NextflowRuns {
  static let folder = Repository.path("Tests/Fixtures/nextflow")
  static let types = Repository.fortnight + "/ec2/describe-instance-types.json.gz"

  static func collect() throws -> Database {
    let database = try Database(path: ":memory:")
    _ = try Collector().collect(paths: [folder, types], asOf: nil, database: database)
    return database
  }

  static func rows(_ name: String, _ body: (TraceRow) -> Void) throws {
    let input = try ByteInput(path: "\(folder)/\(name)")
    let bytes = UnsafeMutableRawBufferPointer.allocate(byteCount: 4 << 20, alignment: 16)
    defer { bytes.deallocate() }
    let count = input.read(into: bytes)
    var table = try #require(Delimited(UnsafeRawBufferPointer(rebasing: bytes[..<count]), having: ["run_id"]))
    while let cells = table.next() { body(TraceRow(cells, table.columns)) }
  }

  /// The runs with each task's split cost from the bill, on its machine's capacity.
  static func history() throws -> UsageHistory {
    var cost: [String: Int64] = [:]
    try rows("cur-split-cost-allocation.csv.gz") { row in
      let hash = (row["tag_task_hash"] ?? "").prefix(8)
      cost["\(row["run_id"] ?? "") \(hash)", default: 0] += row.decimal("split_line_item_split_cost", places: 9) ?? 0
    }
    var tasks: [String: (cost: Int64, machine: String)] = [:]
    try rows("tasks.csv.gz") { row in
      let hash = (row["task_hash"] ?? "").filter { $0 != "/" }
      let known =
        cost["\(row["run_id"] ?? "") \(hash.prefix(8))"]
        ?? cost.first { $0.key.hasPrefix("\(row["run_id"] ?? "") \(hash)") }?.value
      tasks[row["batch_job_id"] ?? ""] = (known ?? 0, row["machine_type"] ?? "")
    }
    return try collect().read { connection in
      var history = try RightSizing.history(connection)
      let shapes = try InstanceShapes(connection)
      history.weightings = shapes.types.map {
        .instance(capacity: Resources(milliVCPUs: $0.milliVCPUs, memoryMiB: $0.nominalMiB), scheme: .splitCost)
      }
      let ids = try connection.prepare("SELECT id, job_id FROM job")
      var jobs: [Int64: String] = [:]
      while try ids.step() { jobs[ids.integer(0)] = ids.text(1) }
      for (position, attempt) in history.attempts.enumerated() {
        guard let task = tasks[jobs[attempt.id >> 10] ?? ""], task.cost > 0,
          let type = shapes.types.firstIndex(where: { $0.name == task.machine })
        else { continue }
        history.postings.append(
          UsageHistory.Posting(
            attempt: Int32(position), day: Instant(milliseconds: attempt.started).day.number, weighting: Int32(type),
            cost: task.cost))
      }
      return history
    }
  }
}

@Suite struct NextflowTests {
  @Test func collectedAgainItChangesNothing() throws {
    let database = try NextflowRuns.collect()
    try Ledger.build(database)
    let ledger = try database.read { try Ledger.inputs($0) }
    _ = try Collector().collect(paths: [NextflowRuns.folder], asOf: nil, database: database)
    #expect(try database.read { try $0.integer("SELECT COUNT(*) FROM changed") } == 0)
    try Ledger.build(database)
    #expect(try database.read { try Ledger.inputs($0) } == ledger)
  }

  @Test func theTraceGivesJobsAndTheirUsage() throws {
    let database = try NextflowRuns.collect()
    try database.read { connection in
      // 648 tasks, of which four were cached and never ran.
      #expect(try connection.integer("SELECT COUNT(*) FROM job") == 644)
      #expect(try connection.integer("SELECT COUNT(*) FROM job WHERE status = 'FAILED'") == 20)
      #expect(try connection.integer("SELECT COUNT(*) FROM task_usage WHERE source = 'nextflow'") == 624)
      // CNVKIT_ANTITARGET of the first run: 54.5 % of a vCPU, 171,565,056 bytes.
      let row = try connection.prepare(
        "SELECT milli_vcpus_average, memory_maximum_mib FROM task_usage WHERE task_id = 'ca165fa4-900f-4ef0-b8d7-eb0451a8b10b'"
      )
      #expect(try row.step())
      #expect(row.integer(0) == 545)
      #expect(row.integer(1) == 164)
      row.reset()
    }
  }

  @Test func batchsOwnRecordOfAJobWinsInAnyOrder() throws {
    let id = "ca165fa4-900f-4ef0-b8d7-eb0451a8b10b"
    let job = """
      {"jobs": [{"jobId": "\(id)", "jobName": "real", "jobQueue": "arn:aws:batch:eu-west-1:123456789012:job-queue/q",
       "jobDefinition": "arn:aws:batch:eu-west-1:123456789012:job-definition/d:1", "status": "SUCCEEDED", "createdAt": 1757600795000,
       "startedAt": 1757601074000, "stoppedAt": 1757601104000, "container": {"vcpus": 2, "memory": 12288},
       "attempts": [{"startedAt": 1757601074000, "stoppedAt": 1757601104000, "container": {"exitCode": 0,
         "taskArn": "arn:aws:ecs:eu-west-1:123456789012:task/c/0876c705499e4a9798615ee63074203b"}}]}]}
      """
    let file = FileManager.default.temporaryDirectory.appendingPathComponent("job-\(UUID().uuidString).json")
    try job.write(to: file, atomically: true, encoding: .utf8)
    defer { try? FileManager.default.removeItem(at: file) }
    for paths in [[file.path, NextflowRuns.folder], [NextflowRuns.folder, file.path]] {
      let database = try Database(path: ":memory:")
      for path in paths { _ = try Collector().collect(paths: [path], asOf: nil, database: database) }
      try database.read { connection in
        let described = try connection.integer("SELECT COUNT(*) FROM job WHERE name = 'real'")
        let peak = try connection.integer(
          "SELECT memory_maximum_mib FROM task_usage WHERE task_id = '0876c705499e4a9798615ee63074203b'")
        let stale = try connection.integer("SELECT COUNT(*) FROM task_usage WHERE task_id = '\(id)'")
        #expect(described == 1 && peak == 164 && stale == 0)
      }
    }
  }

  @Test(
    "Sizes as Nextflow prints them",
    arguments: [
      ("2931", 2931), ("163.6 MB", 171_547_033), ("1 GB", 1_073_741_824), ("-", nil), ("x MB", nil), ("1 XB", nil),
    ] as [(String, Int64?)])
  func sizes(text: String, expected: Int64?) { #expect(NextflowTrace.bytes(text) == expected) }

  /// Costs are the tasks' split cost from the bill: $14.21 of tasks were replayed after fitting the earlier half.
  @Test(
    "The back-test on real runs, by memory margin",
    arguments: [
      (15, 4_774_721_455, 16, 793_476_593), (30, 5_332_669_770, 5, 87_545_737), (50, 5_228_493_932, 3, 71_342_609),
    ])
  func theBackTestOnRealRuns(margin: Int, saved: Int64, killed: Int, killedCost: Int64) throws {
    var settings = SizingSettings()
    settings.memoryMarginPercent = margin
    let test = Sizing(try NextflowRuns.history(), settings).backTest()
    #expect(test.fitted == 178)
    #expect(test.replay.attempts == 192)
    #expect(test.replay.cost == 14_205_853_130)
    #expect(test.replay.saved == saved)
    #expect(test.replay.killed == killed)
    #expect(test.replay.killedCost == killedCost)
  }
}
