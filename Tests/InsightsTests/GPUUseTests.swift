import Domain
import Foundation
import Store
import Testing

@testable import Insights

/// What GPUs did while attempts held them, and what the idle ones cost.
@Suite struct GPUUseTests {
  private static let start = ms("2026-10-26T10:00:00Z")

  /// Two GPUs, 20 vCPUs and 40 GiB at $4 an hour. By the weights of split cost 9 · 2 + 0.9 · 20 + 0.1 · 40 = 40 parts, so
  /// that the GPUs are 18 of 40, $0.90 each an hour.
  ///
  ///     10:00–11:00  one attempt with all of it         $4.00, $1.80 of it for GPUs
  ///     11:00–12:00  two attempts with a half each      $2.00, $0.90 of it for the GPU
  private static func account(path: String = ":memory:") throws -> FactBase {
    var facts = try FactBase(in: Database(path: path))
    try facts.execute(
      """
      INSERT INTO instance_type (name, milli_vcpus, memory_mib, gpus) VALUES ('g.two', 20000, 40960, 2);
      INSERT INTO list_price VALUES
        ('eu-west-1', 'AmazonEC2', 'g.two', 'Linux', 'Shared', 0, 4000000000, 'Hrs', 'price-list');
      """)
    try facts.instance(1, spot: false, type: "g.two", "2026-10-26T10:00:00Z", "2026-10-26T12:00:00Z")
    try facts.job(
      queue: FactBase.onDemandQueue, milliVCPUs: 20_000, memoryMiB: 40_960,
      [.init(on: 1, "2026-10-26T10:00:00Z", "2026-10-26T11:00:00Z")])
    for number in 2...3 {
      try facts.job(
        queue: FactBase.onDemandQueue, definition: 2, name: "b\(number)", milliVCPUs: 10_000, memoryMiB: 20_480,
        [.init(on: 1, "2026-10-26T11:00:00Z", "2026-10-26T12:00:00Z")])
    }
    try facts.execute("UPDATE attempt SET gpus = CASE job WHEN 1 THEN 2 ELSE 1 END, task_id = 't' || job")
    try facts.collected(at: "2026-10-27T00:00:00Z")
    return facts
  }

  private static func measure(
    _ facts: FactBase, _ gpu: String, minutes: Range<Int64>, duty: Int64, memory: Int64
  ) throws {
    for minute in minutes {
      try facts.execute(
        "INSERT INTO gpu_usage VALUES ('i-1', '\(gpu)', \(start + minute * 60_000), \(duty), \(memory), 16384, 1, 0)")
    }
  }

  private static let columns = """
    SELECT (attempt >> 10) || ' ' || gpus || ' ' || held_ms || ' ' || measured_ms || ' ' || busy_ms || ' ' || idle_ms || ' '
      || told_apart || ' ' || COALESCE(working_gpus, '-') || ' ' || COALESCE(memory_mib, '-') || ' ' || COALESCE(cost, '-') || ' ' || COALESCE(idle_cost, '-')
    FROM gpu_use_day ORDER BY attempt, day
    """

  private func rows(_ facts: FactBase) throws -> [String] {
    try facts.database.read { connection in
      let rows = try connection.prepare(Self.columns)
      var texts: [String] = []
      while try rows.step() { texts.append(rows.text(0)) }
      return texts
    }
  }

  @Test("By index: all GPUs of one attempt; for two attempts the least that must have been idle, half each")
  func byIndex() throws {
    let facts = try Self.account()
    // The first attempt: 80 % on both, then from 10:40 nothing on one of them.
    try Self.measure(facts, "0", minutes: 0..<60, duty: 8000, memory: 9000)
    try Self.measure(facts, "1", minutes: 0..<40, duty: 8000, memory: 8000)
    try Self.measure(facts, "1", minutes: 40..<60, duty: 0, memory: 8000)
    // The two others, for half an hour: one GPU half busy, one idle.
    try Self.measure(facts, "0", minutes: 60..<90, duty: 5000, memory: 3000)
    try Self.measure(facts, "1", minutes: 60..<90, duty: 499, memory: 0)
    try facts.build()
    // 120 GPU-minutes; busy 0.8 · 100; idle 20: $1.80 · 20 ÷ 120. Then 30 GPU-minutes each; busy (0.5 + 0.0499) ÷ 2 ·
    // 30 minutes; idle 15: $0.90 · 15 ÷ 60.
    #expect(
      try rows(facts) == [
        "1 2 7200000 7200000 4800000 1200000 1 2 9000 1800000000 300000000",
        "2 1 3600000 1800000 494910 900000 0 - 3000 900000000 225000000",
        "3 1 3600000 1800000 494910 900000 0 - 3000 900000000 225000000",
      ])
    let use = try facts.rows("gpu-use")
    #expect(use.rowCount == 2)
    #expect(use[0, "step"] == .text("two"))
    #expect(use[0, "idle_usd"] == usd("0.45"))
    #expect(use[0, "measured_share"] == .real(0.5))
    #expect(use[0, "told_apart_share"] == .real(0))
    #expect(use[1, "job_queue"] == .text("on-demand"))
    #expect(use[1, "idle_usd"] == usd("0.3"))
    #expect(use[1, "cost_usd"] == usd("1.8"))
    #expect(use[1, "duty"] == .real(2.0 / 3))
    #expect(use[1, "gpu_hours"] == .real(2))
  }

  @Test("By UUID, if ECS says which GPUs each task had: only its own, and indices beside them are not counted twice")
  func byName() throws {
    let facts = try Self.account()
    try facts.execute(
      "INSERT INTO task_gpu VALUES ('t1', 'GPU-a'), ('t1', 'GPU-b'), ('t2', 'GPU-a'), ('t3', 'GPU-b')")
    try Self.measure(facts, "GPU-a", minutes: 60..<90, duty: 10_000, memory: 3000)
    try Self.measure(facts, "GPU-b", minutes: 60..<90, duty: 0, memory: 100)
    try Self.measure(facts, "0", minutes: 60..<90, duty: 10_000, memory: 3000)
    try facts.build()
    // $0.90 · 30 ÷ 60 for the one that did nothing.
    #expect(
      try rows(facts) == [
        "2 1 3600000 1800000 1800000 0 1 1 3000 900000000 0",
        "3 1 3600000 1800000 0 1800000 1 0 100 900000000 450000000",
      ])
  }

  @Test("A part of the jobs has the same figures as among all")
  func narrowed() throws {
    let path = FileManager.default.temporaryDirectory.appending(path: "gpu-\(UUID().uuidString).sqlite").path
    defer { for suffix in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + suffix) } }
    let facts = try Self.account(path: path)
    try Self.measure(facts, "0", minutes: 60..<90, duty: 5000, memory: 3000)
    try Self.measure(facts, "1", minutes: 60..<90, duty: 0, memory: 0)
    try facts.build()
    let use = try Lens(["name=b2"]).open(path).read {
      try $0.rows(QueryLibrary().query("gpu-use"), parameters: ["from": "2026-01-01", "to": "2027-01-01"])
    }
    #expect(use.rowCount == 1)
    #expect(use[0, "idle_usd"] == usd("0.225"))
  }

  // MARK: One minute

  private static let minute = Self.start

  private func use(_ host: GPUHost, _ duties: [Int64]) -> [GPUHost.Minute] {
    host.uses(Self.minute, duties.enumerated().map { GPUHost.Reading(gpu: "\($0)", duty: $1) })
  }

  private static func holder(_ id: Int64, gpus: Int64, from: Int64 = 0, until: Int64 = 3600) -> GPUHost.Holder {
    GPUHost.Holder(attempt: id, span: minute + from * 1000..<minute + until * 1000, gpus: gpus)
  }

  @Test("Two of four GPUs held, three idle: at least one of the two was")
  func bound() {
    let host = GPUHost(gpus: 4, holders: [Self.holder(1, gpus: 2)])
    #expect(
      use(host, [0, 0, 0, 9000]) == [
        .init(attempt: 1, measured: 120_000, busy: 54_000, idle: 60_000, isToldApart: false, working: 1)
      ])
    #expect(use(host, [0, 0, 9000, 9000]).map(\.idle) == [0])
  }

  @Test("A minute the attempt did not fully run, or in which a GPU was not seen, does not count")
  func whole() {
    let late = GPUHost(gpus: 1, holders: [Self.holder(1, gpus: 1, from: 1)])
    #expect(use(late, [0]).isEmpty)
    let early = GPUHost(gpus: 1, holders: [Self.holder(1, gpus: 1, until: 59)])
    #expect(use(early, [0]).isEmpty)
    let changing = GPUHost(gpus: 2, holders: [Self.holder(1, gpus: 1), Self.holder(2, gpus: 1, from: 30)])
    #expect(use(changing, [0, 0]).isEmpty)
    let seen = GPUHost(gpus: 2, holders: [Self.holder(1, gpus: 2)])
    #expect(use(seen, [0]).isEmpty)
    #expect(use(seen, [0, 0]).map(\.idle) == [120_000])
  }
}
