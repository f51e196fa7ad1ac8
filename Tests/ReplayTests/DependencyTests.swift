import Domain
import Store
import Testing

@testable import Replay

@Suite struct DependencyTests {
  private func trace(_ sql: String) throws -> Trace {
    let account = try SmallAccount()
    try account.database.write { try $0.execute(sql) }
    let days = TinyWorld.monday..<(TinyWorld.monday + 1)
    return try account.recollection().trace(over: TimeSpan(days.lowerBound.start, days.upperBound.start))
  }

  /// The job on Spot ends at 2:40; the one on Fargate was created at 2:40:40 and placed at 3:00.
  @Test("A job waits for its dependency, and then as long as it really did: 20 minutes") func single() throws {
    let trace = try trace("INSERT INTO job_dependency VALUES ('job-3', 'job-1')")
    let fargate = try #require(trace.jobs.first { $0.queue == 0 })
    #expect(fargate.predecessors == 1)
    #expect(fargate.lag == 20 * 60_000)
    #expect(fargate.ready == TinyWorld.start + 160 * 60_000 + 40_000)
    #expect(trace.jobs.map(\.followers).reduce(0, +) == 1)
    #expect(trace.arrivals.count == 2)
  }

  @Test("A job waits for all children of an array; the array itself runs nothing") func array() throws {
    let trace = try trace(
      """
      INSERT INTO job_parent VALUES (1, 'array', NULL);
      INSERT INTO job (id, job_id, account_region, name, kind, parent, job_queue, job_definition, status, created_at_ms,
        platform, attempts, progress, digest) VALUES (4, 'array', 1, 'array', 1, 1, 1, 1, 'SUCCEEDED', 0, 0, 0, 0, 0);
      UPDATE job SET kind = 2, parent = 1 WHERE id IN (1, 2);
      INSERT INTO job_dependency VALUES ('job-3', 'array');
      """)
    let barrier = try #require(trace.jobs.first { $0.isBarrier })
    #expect(barrier.predecessors == 2)
    #expect(barrier.followers == 1)
    let fargate = try #require(trace.jobs.first { $0.queue == 0 && !$0.isBarrier })
    #expect(fargate.lag == 1_200_000)
    // Shorter children: their follower begins 20 minutes after the second, but not before it was created.
    var shorter = trace
    for index in shorter.runs.indices where shorter.runs[index].duration > 60 * 60_000 {
      shorter.runs[index].duration = 60 * 60_000
    }
    var simulation = Simulation(shorter, try SmallAccount().model(), seed: 1)
    simulation.run()
    let last = try #require(simulation.attempts.last)
    #expect(trace.jobs[Int(last.job)].queue == 0)
    #expect(last.placed == TinyWorld.start + 160 * 60_000 + 40_000)
  }
}
