import Domain
import Testing

@testable import Store

/// Numbers that stand for words are the same in the program and in the database.
@Suite struct VocabularyTests {
  private func rows(_ sql: String) throws -> [String] {
    try Database(path: ":memory:").read { connection in
      let rows = try connection.prepare(sql)
      var lines: [String] = []
      while try rows.step() { lines.append("\(rows.text(0)) \(rows.text(1))") }
      return lines
    }
  }

  @Test func kindsOfJobs() throws {
    let names = ["single", "array parent", "array child", "multi-node parent", "node", "service job"]
    let kinds: [JobKind] = [.single, .arrayParent, .arrayChild, .multiNodeParent, .node, .service]
    #expect(try rows("SELECT id, name FROM job_kind ORDER BY id") == zip(kinds, names).map { "\($0.rawValue) \($1)" })
    #expect(kinds == JobKind.allCases)
    #expect(try rows("SELECT name, id FROM job_kind WHERE runs = 0") == ["array parent 1", "multi-node parent 3"])
    #expect(JobKind.thatRun == [.single, .arrayChild, .node, .service])
  }

  @Test func platforms() throws {
    #expect(
      try rows("SELECT id, name FROM job_platform ORDER BY id")
        == JobPlatform.allCases.map { "\($0.rawValue) \($0.name)" })
    #expect(try rows("SELECT name, id FROM job_platform WHERE has_tasks = 1") == ["Fargate 1", "SageMaker 3"])
    #expect(JobPlatform.hasTasks("x") == "x IN (1, 3)")
  }

  @Test func kindsAndChargesOfBills() throws {
    let kinds: [(BillKind, String)] = [
      (.instance, "instance"), (.fargate, "fargate"), (.ebs, "ebs"), (.ipv4, "ipv4"), (.cpuCredits, "cpu-credits"),
      (.ebsOptimized, "ebs-optimized"), (.dataTransfer, "data-transfer"),
      (.capacityReservation, "capacity-reservation"), (.account, "account"), (.other, "other"),
      (.trainingJob, "training-job"),
    ]
    #expect(try rows("SELECT id, name FROM bill_kind ORDER BY id") == kinds.map { "\($0.0.rawValue) \($0.1)" })
    let charges: [(BillCharge, String)] = [
      (.usage, "Usage"), (.covered, "SavingsPlanCoveredUsage"), (.discounted, "DiscountedUsage"),
      (.negation, "SavingsPlanNegation"), (.fee, "Fee"), (.credit, "Credit"), (.refund, "Refund"), (.tax, "Tax"),
      (.discount, "Discount"), (.other, "Other"),
    ]
    #expect(try rows("SELECT id, name FROM bill_charge ORDER BY id") == charges.map { "\($0.0.rawValue) \($0.1)" })
    #expect(BillCharge.ofUsage.numbers == "0, 1, 2")
    #expect([BillKind.instance, .fargate, .trainingJob].numbers == "0, 1, 10")
  }

  @Test func kindsAroundJobs() throws {
    let names = ["logs", "nat", "cross-zone", "data-transfer", "s3", "efs", "fsx"]
    let kinds: [AroundKind] = [.logs, .nat, .crossZone, .dataTransfer, .s3, .efs, .fsx]
    #expect(
      try rows("SELECT id, name FROM around_kind ORDER BY id") == zip(kinds, names).map { "\($0.rawValue) \($1)" })
    #expect(kinds == AroundKind.allCases)
  }

  @Test("Only the first node of a multi-node job counts; each child of an array counts")
  func countedJobs() throws {
    let database = try Database(path: ":memory:")
    try database.write { connection in
      for (id, kind, index) in [
        (1, 0, "NULL"), (2, 2, "0"), (3, 2, "1"), (4, 4, "0"), (5, 4, "1"), (6, 4, "2"), (7, 5, "NULL"),
      ] {
        try connection.execute(
          """
          INSERT INTO job (id, job_id, account_region, job_queue, job_definition, name, kind, child_index, platform, status,
            created_at_ms, cancelled, terminated, attempts, progress, digest)
          VALUES (\(id), 'job-\(id)', 1, 1, 1, 'a', \(kind), \(index), 0, 'SUCCEEDED', 0, 0, 0, 0, 0, 0)
          """)
      }
    }
    try database.read { connection in
      let rows = try connection.prepare("SELECT job, jobs FROM counted_job ORDER BY job")
      var counted: [Int64] = []
      while try rows.step() { counted.append(rows.integer(1)) }
      #expect(counted == [1, 1, 1, 1, 0, 0, 1])
    }
  }
}
