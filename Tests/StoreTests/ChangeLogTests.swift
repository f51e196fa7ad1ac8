import Foundation
import Testing

@testable import Store

/// What a transaction that writes facts records for the next build of the ledger.
@Suite struct ChangeLogTests {
  private func database(withLedger: Bool = true) throws -> Database {
    let database = try Database(path: ":memory:")
    try database.write { connection in
      try connection.execute("INSERT INTO account_region VALUES (1, '111122223333', 'eu-west-1')")
      try connection.execute(
        "INSERT INTO instance_type (name, milli_vcpus, memory_mib) VALUES ('c5.large', 2000, 4096)")
      if withLedger { try connection.record("", of: .ledger) }
    }
    return database
  }

  private func changed(_ database: Database) throws -> [String] {
    try database.read { connection in
      let rows = try connection.prepare(
        "SELECT kind || ' ' || name || coalesce(' since ' || since_ms, '') FROM changed ORDER BY 1")
      var lines: [String] = []
      while try rows.step() { lines.append(rows.text(0)) }
      return lines
    }
  }

  @Test func withoutALedgerNothingIsRecorded() throws {
    let database = try database(withLedger: false)
    try database.write { try $0.execute("UPDATE instance_type SET gpus = 1") }
    #expect(try changed(database).isEmpty)
  }

  @Test("Neither an update that changes nothing nor a failed transaction is recorded")
  func whatIsNoChange() throws {
    struct Stop: Error {}
    let database = try database()
    try database.write { try $0.execute("UPDATE instance_type SET gpus = gpus") }
    #expect(throws: Stop.self) {
      try database.write { connection in
        try connection.execute("UPDATE instance_type SET gpus = 8")
        throw Stop()
      }
    }
    #expect(try changed(database).isEmpty)
    try database.write { try $0.execute("UPDATE instance_type SET gpus = 4") }
    #expect(try changed(database) == ["type c5.large"])
  }

  @Test func aFailedFirstTransactionRemovesNoTriggers() throws {
    struct Stop: Error {}
    let database = try database()
    #expect(throws: Stop.self) { try database.write { _ in throw Stop() } }
    try database.write { try $0.execute("UPDATE instance_type SET gpus = 4") }
    #expect(try changed(database) == ["type c5.large"])
  }

  @Test("A process that opened the database before another built the ledger still records its changes")
  func twoProcesses() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("batchcost-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appendingPathComponent("batchcost.sqlite").path
    let (collecting, building) = (try Database(path: path), try Database(path: path))
    try collecting.write { connection in
      try connection.execute(
        "INSERT INTO instance_type (name, milli_vcpus, memory_mib) VALUES ('c5.large', 2000, 4096)")
    }
    #expect(try changed(building).isEmpty)
    try building.derive { try $0.record("", of: .ledger) }
    for (writer, gpus) in [(collecting, 1), (building, 2)] {
      try writer.write { try $0.execute("UPDATE instance_type SET gpus = \(gpus)") }
      #expect(try changed(building) == ["type c5.large"])
      try building.derive { try $0.execute("DELETE FROM changed") }
    }
  }

  @Test("A pool's first price always counts; of later ones the earliest does, within a transaction or across several")
  func prices() throws {
    let database = try database()
    func add(_ time: Int, _ type: String) throws {
      try database.write {
        try $0.execute("INSERT INTO spot_price VALUES (1, 'eu-west-1a', '\(type)', 'Linux/UNIX', \(time), 1)")
      }
    }
    for type in ["c5.large", "m5.large"] { try add(9000, type) }
    #expect(try changed(database) == ["pool c5.large eu-west-1a", "pool m5.large eu-west-1a"])
    try database.derive { try $0.execute("DELETE FROM changed") }
    for time in [3000, 1000, 2000] { try add(time, "c5.large") }
    try add(5000, "m5.large")
    #expect(
      try changed(database) == ["pool c5.large eu-west-1a since 1000", "pool m5.large eu-west-1a since 5000"])
  }

  @Test("A replaced attempt records where it was; recording does not count as a changed row")
  func attempts() throws {
    let database = try database()
    try database.write { connection in
      let before = try connection.integer("SELECT total_changes()")
      try connection.execute(
        """
        INSERT INTO job (id, job_id, account_region, name, kind, job_queue, job_definition, status, created_at_ms, platform,
          progress, digest) VALUES (7, 'job-7', 1, 'align', 0, 1, 1, 'RUNNING', 0, 0, 0, 0);
        INSERT INTO attempt (id, job, ordinal, milli_vcpus, memory_mib, gpus, container_instance, job_queue, job_definition,
          kind, platform, task_id, instance_id) VALUES (7169, 7, 1, 1000, 1024, 0, 5, 1, 1, 0, 0, 'task-7', 'i-7')
        """)
      #expect(try connection.integer("SELECT total_changes()") - before == 2)
    }
    #expect(try changed(database) == ["job 7"])
    try database.write { try $0.execute("DELETE FROM attempt WHERE id = 7169") }
    #expect(try changed(database) == ["former-task task-7", "instance i-7", "job 7", "registration 5"])
  }
}
