import Accounting
import Domain
import Insights
import Store
import Testing

@testable import Replay

/// What a replay takes over from history, against figures worked out by hand.
@Suite struct RecollectionTests {
  /// An attempt of 2 vCPUs, with times in seconds; nil if its pull is unknown.
  private static func attempt(
    _ job: Int64, _ ordinal: Int64 = 1, created: Int64 = 0, pull: Int64?, started: Int64, stopped: Int64,
    life: Int32 = 0,
    isLost: Bool = false, allowed: Int32 = 3
  ) -> History.Attempt {
    History.Attempt(
      id: job * 1024 + ordinal, job: job, placed: (pull ?? started) * 1000, started: started * 1000,
      stopped: stopped * 1000, isOpen: false, knowsPull: pull != nil, need: Need(milliVCPUs: 2000, memoryMiB: 4096),
      queue: 0, definition: 1, created: created * 1000, retryAttempts: allowed, kind: 0, isARM: false, ephemeralGiB: 20,
      isLost: isLost, isLostForGood: false, life: life)
  }

  /// One Spot environment, with instances that live between the given seconds.
  private static func history(_ lives: [(Int64, Int64)], _ attempts: [History.Attempt]) -> History {
    var history = History()
    history.shapes = TinyWorld(.spot).model.shapes
    history.environments = [Environment(id: 1, name: "spot", kind: .spot, types: [0, 1, 2, 3])]
    history.queues = [Model.Queue(id: 1, name: "jobs", environments: [0])]
    history.days = Day(number: 0)..<Day(number: 1)
    history.asOf = Day(number: 1).start
    history.attempts = ContiguousArray(attempts)
    history.lives = lives.map { start, end in
      History.Life(
        environment: 0, type: 3, zone: -1, started: start * 1000, stopped: end * 1000, isOpen: false,
        isReclaimed: false, knowsStart: true, knowsEnd: true)
    }
    for (index, attempt) in attempts.enumerated() { history.lives[Int(attempt.life)].attempts.append(Int32(index)) }
    for index in history.lives.indices { history.sortAttempts(ofLife: index) }
    return history
  }

  private static func tries(_ history: History) -> [Trace.Try] {
    Array(Recollection(history).trace(over: TimeSpan(Day(number: 0).start, Day(number: 1).start)).tries)
  }

  @Test("A job that was tried twice could be, whatever its retry strategy is said to be", arguments: [1, 2, 5])
  func triesThatWere(allowed: Int32) throws {
    let history = Self.history(
      [(0, 900), (1000, 1900)],
      [
        Self.attempt(1, pull: 100, started: 140, stopped: 800, isLost: true, allowed: allowed),
        Self.attempt(1, 2, pull: 1100, started: 1140, stopped: 1800, life: 1, allowed: allowed),
      ])
    let trace = Recollection(history).trace(over: TimeSpan(Day(number: 0).start, Day(number: 1).start))
    let job = try #require(trace.jobs.first)
    #expect(trace.jobs.count == 1 && job.runs == 1)
    #expect(job.spareAttempts == max(1, allowed - 1))
  }

  @Test("An unknown pull takes as long as the others there: 40 s for an instance's first, 10 s for a later one")
  func unknownPulls() {
    var history = Self.history(
      [(0, 900), (0, 900), (1000, 1900)],
      [
        Self.attempt(1, pull: 100, started: 140, stopped: 800), Self.attempt(2, pull: 200, started: 210, stopped: 800),
        Self.attempt(3, pull: nil, started: 195, stopped: 800, life: 1),
        Self.attempt(4, pull: nil, started: 300, stopped: 800, life: 1),
        Self.attempt(5, pull: nil, started: 1020, stopped: 1800, life: 2),
      ])
    history.assumePulls()
    // The last, in its instance's first 20 s, was not placed before the instance existed.
    #expect(history.attempts.map(\.placed) == [100_000, 200_000, 155_000, 290_000, 1_000_000])
    #expect(history.attempts.map(\.charged) == [100_000, 200_000, 195_000, 300_000, 1_020_000])
    #expect(history.attempts.map(\.knowsPull) == [true, true, false, false, false])
  }

  @Test("An instance was launched for a job already waiting, not for the retry that reached it first") func launched() {
    let history = Self.history(
      [(0, 90), (100, 900)],
      [
        Self.attempt(1, pull: 30, started: 40, stopped: 150),
        Self.attempt(1, 2, pull: 200, started: 210, stopped: 800, life: 1),
        Self.attempt(2, created: 100, pull: 201, started: 212, stopped: 800, life: 1),
      ])
    let shadow = Shadow(history)
    #expect(shadow.choices.map(\.isLaunch) == [true, false, true])
    #expect(shadow.choices.map(\.assigned) == [0, 150_000, 100_000])
  }

  @Test("Without any known pull, boot lasts from launch to start") func bootsToStart() {
    let history = Self.history(
      [(0, 900), (1000, 1900)],
      [
        Self.attempt(1, pull: nil, started: 120, stopped: 800),
        Self.attempt(2, created: 1000, pull: nil, started: 1180, stopped: 1800, life: 1),
      ])
    let recollection = Recollection(history)
    let span = TimeSpan(Day(number: 0).start, Day(number: 1).start)
    #expect(recollection.fit(over: span).behaviours[0].boot.mean == 150_000)
    #expect(recollection.trace(over: span).courses.map(\.boot) == [120_000, 180_000])
  }

  /// The second environment has an instance with room when the queue's first job comes. Either history launched one in
  /// the first environment for it, or gave it that room.
  @Test("Whether a job takes room in a later environment is what most jobs did", arguments: [true, false])
  func passing(takesRoom: Bool) {
    var history = Self.history(
      [(0, 3000), (500, 3000)],
      [
        Self.attempt(1, pull: 60, started: 70, stopped: 2900),
        Self.attempt(2, created: 500, pull: 560, started: 570, stopped: 2900, life: takesRoom ? 0 : 1),
      ])
    history.environments.insert(Environment(id: 2, name: "first", kind: .onDemand, types: [3]), at: 0)
    history.queues = [
      Model.Queue(id: 1, name: "second", environments: [1]), Model.Queue(id: 2, name: "both", environments: [0, 1]),
    ]
    history.environments[1].kind = .onDemand
    history.prices = TinyWorld(.onDemand).model.prices
    history.lives[0].environment = 1
    if takesRoom { history.lives.removeLast() }
    history.attempts[1].queue = 1
    #expect(Shadow(history).passings.map(\.count) == [0, 1])
    #expect(Shadow(history).passings.map(\.takesRoomFirst) == [true, takesRoom])
    let recollection = Recollection(history)
    let span = TimeSpan(Day(number: 0).start, Day(number: 1).start)
    let model = recollection.model(recollection.fit(over: span), following: .strategy, market: span)
    var simulation = Simulation(recollection.trace(over: span), model, seed: 1)
    simulation.run()
    #expect(simulation.instances.map(\.environment) == (takesRoom ? [1] : [1, 0]))
  }

  /// Both lose their host at 0:10:00. The second is run again 50 s later and gets an instance, the first 20 s after
  /// that.
  @Test("After losing its host, a job is run again when it was") func pauses() {
    let history = Self.history(
      [(0, 600), (650, 3000)],
      [
        Self.attempt(1, pull: 60, started: 70, stopped: 600, isLost: true),
        Self.attempt(1, 2, pull: 672, started: 680, stopped: 2000, life: 1),
        Self.attempt(2, pull: 61, started: 70, stopped: 600, isLost: true),
        Self.attempt(2, 2, pull: 670, started: 680, stopped: 2000, life: 1),
      ])
    // Retries that came with the instance: one at its launch, the other a millisecond later.
    #expect(Self.tries(history).map(\.pause) == [50_001, -1, 50_000, -1])

    var world = TinyWorld(.spot, .spotPriceCapacityOptimized, types: [0])
    world.job(minutes: 120)
    world.environments[0].following = .market
    world.environments[0].behaviour.retry = Delay(constant: 1_000_000)
    world.tries[0] = Trace.Try(
      firstEnvironment: 0, type: 0, zone: 0, fate: Trace.Fate(until: TinyWorld.start + 1_800_000, isReclaimed: true))
    world.tries[0].environment = 0
    world.tries[0].pause = 50_000
    var simulation = Simulation(world.trace, world.model, seed: 1)
    simulation.run()
    #expect(simulation.attempts.map { $0.placed - TinyWorld.start } == [0, 1_850_000])
  }

  /// An environment of 5 vCPUs, a tenth of them reserved, has room for one job of 4. All are there at 0:00; in history
  /// they ran in the order of their creation: two of share a for 20 and 21 minutes, one of share b for 22.
  @Test("A queue's scheduling policy is read, and decides whose job is next", arguments: [true, false])
  func schedulingPolicy(isShared: Bool) throws {
    let account = try SmallAccount()
    let start = TinyWorld.start
    try account.database.write { connection in
      try connection.execute(
        """
        DELETE FROM attempt WHERE job = 2; DELETE FROM task WHERE task_id = 't-2'; DELETE FROM job WHERE id = 2;
        UPDATE compute_environment SET maximum_vcpus = 5, allocation_strategy = 'BEST_FIT' WHERE name = 'on-demand';
        INSERT INTO scheduling_policy (id, arn, name, account_region, share_decay_seconds, compute_reservation, weights)
          VALUES (1, 'arn:p/fair', 'fair', 1, 86400, 10, '{"a": 1, "b*": 0.5}');
        """)
      if isShared {
        try connection.execute("UPDATE job_queue SET scheduling_policy = 'arn:p/fair' WHERE name = 'on-demand'")
      }
      for (id, share, from, minutes) in [(10, "a", 5, 20), (11, "a", 26, 21), (12, "b1", 48, 22)] {
        let (started, stopped) = (start + Int64(from) * 60_000, start + Int64(from + minutes) * 60_000)
        try connection.execute(
          """
          INSERT INTO task (task_id, cluster, launch_type, milli_vcpus, memory_mib, pull_started_at_ms, progress, digest)
            VALUES ('t-\(id)', 2, 'EC2', 4000, 4096, \(started), 0, 0);
          INSERT INTO job (id, job_id, account_region, name, kind, job_queue, job_definition, status, created_at_ms,
            started_at_ms, stopped_at_ms, platform, attempts, progress, digest, share_identifier, scheduling_priority)
          VALUES (\(id), 'job-\(id)', 1, 'job', 0, 2, 1, 'SUCCEEDED', \(start + Int64(id)), \(started), \(stopped), 0, 1, 0, 0,
            '\(share)', 7);
          INSERT INTO attempt (id, job, ordinal, started_at_ms, stopped_at_ms, milli_vcpus, memory_mib, gpus,
            container_instance, job_queue, job_definition, kind, platform, exit_code, task_id)
          VALUES (\(id << 10 | 1), \(id), 1, \(started), \(stopped), 4000, 4096, 0, 2, 2, 1, 0, 0, 0, 't-\(id)');
          """)
      }
    }
    _ = try Ledger.build(account.database)
    try Insights.build(account.database)
    let model = try account.model()
    let queue = try #require(model.queues.first { $0.name == "on-demand" })
    #expect(
      queue.fairShare
        == (isShared ? FairShare(decay: 86_400_000, reservation: 0.1, weights: ["a": 1, "b*": 0.5]) : nil))
    let span = TimeSpan(TinyWorld.monday.start, (TinyWorld.monday + 1).start)
    let trace = try account.recollection().trace(over: span)
    var simulation = Simulation(trace, model, seed: 1)
    simulation.run()
    let own = simulation.attempts.filter { model.queues[Int(trace.jobs[Int($0.job)].queue)].name == "on-demand" }
    #expect(own.map { ($0.stopped - $0.started) / 60_000 } == (isShared ? [20, 22, 21] : [20, 21, 22]))
    #expect(
      own.map { trace.shares[Int(trace.jobs[Int($0.job)].share)] } == (isShared ? ["a", "b1", "a"] : ["", "", ""]))
    #expect(own.map { trace.jobs[Int($0.job)].priority } == (isShared ? [7, 7, 7] : [0, 0, 0]))
  }
}
