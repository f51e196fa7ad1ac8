import Accounting
import Collect
import Domain
import Foundation
import Insights
import Store
import TestSupport
import Testing

@testable import Replay

/// The sample account, read once. Its README gives its figures.
enum Sample {
  static let recollection = Swift.Result {
    let database = try Database(path: ":memory:")
    _ = try Collector().collect(
      paths: [Repository.fortnight], asOf: Instant(milliseconds: 1_793_596_800_000), database: database)
    _ = try Ledger.build(database)
    try Insights.build(database)
    return try database.read { try Recollection($0) }
  }
  /// 2026-W43 and W44.
  static let first = Day(number: 20745)..<Day(number: 20752)
  static let second = Day(number: 20752)..<Day(number: 20759)
}

/// A small account whose history and ledger figures are known.
struct SmallAccount {
  let database: Database

  /// On-Demand: runs 0:00:00 to 1:30:00, a job of 2 vCPUs and 4 GiB from 0:05:00 to 1:20:00, pull from 0:04:30. Spot:
  /// runs 0:10:00 to 2:40:00, then reclaimed with its job, which started at 0:12:00. Fargate: one task, pull at
  /// 3:00:00, started 3:00:40, stopped 3:50:00.
  init() throws {
    database = try Database(path: ":memory:")
    let start = TinyWorld.start
    func at(_ minutes: Double) -> Int64 { start + Int64(minutes * 60_000) }
    try database.write { connection in
      try connection.execute(
        """
        INSERT INTO account_region VALUES (1, '111122223333', 'eu-west-1');
        INSERT INTO compute_environment (id, arn, name, account_region, resource_type, maximum_vcpus, cluster_arn,
          instance_types) VALUES
          (1, 'arn:ce/spot', 'spot', 1, 'SPOT', 256, 'arn:cluster/spot', '["c5.xlarge"]'),
          (2, 'arn:ce/on-demand', 'on-demand', 1, 'EC2', 256, 'arn:cluster/on-demand', '["c5.xlarge"]'),
          (3, 'arn:ce/fargate', 'fargate', 1, 'FARGATE', 256, 'arn:cluster/fargate', NULL),
          (4, 'arn:ce/eks', 'kubernetes', 1, 'EC2', 256, NULL, NULL);
        UPDATE compute_environment SET orchestration = 'EKS' WHERE id = 4;
        INSERT INTO cluster VALUES (1, 1, 'spot'), (2, 1, 'on-demand'), (3, 1, 'fargate');
        INSERT INTO job_queue (id, arn, name, account_region, environments) VALUES
          (1, 'arn:q/spot', 'spot', 1, '["arn:ce/spot"]'), (2, 'arn:q/on-demand', 'on-demand', 1, '["arn:ce/on-demand"]'),
          (3, 'arn:q/fargate', 'fargate', 1, '["arn:ce/fargate"]');
        INSERT INTO job_definition (id, arn, name, revision, account_region) VALUES (1, 'arn:d/one', 'one', 1, 1);
        INSERT INTO instance_type (name, milli_vcpus, memory_mib) VALUES
          ('c5.xlarge', 4000, 8192), ('c5.large', 2000, 4096), ('m6g.large', 2000, 8192);
        INSERT INTO list_price VALUES
          ('eu-west-1', 'AmazonEC2', 'c5.xlarge', 'Linux', 'Shared', 0, 200000000, 'Hrs', 'price-list'),
          ('eu-west-1', 'AmazonEC2', 'c5.large', 'Linux', 'Shared', 0, 100000000, 'Hrs', 'price-list'),
          ('eu-west-1', 'AmazonECS', 'Fargate-vCPU-Hours:perCPU', '', '', 0, 40480000, 'Hrs', 'price-list'),
          ('eu-west-1', 'AmazonECS', 'Fargate-GB-Hours', '', '', 0, 4445000, 'Hrs', 'price-list');
        INSERT INTO spot_price VALUES
          (1, 'eu-west-1a', 'c5.xlarge', 'Linux/UNIX', 0, 70000000),
          (1, 'eu-west-1a', 'c5.xlarge', 'Linux/UNIX', \(at(60)), 90000000);
        INSERT INTO instance_description (instance_id, source, account_region, instance_type, zone, lifecycle, progress,
          digest) VALUES ('i-1', 'ec2', 1, 'c5.xlarge', 'eu-west-1a', 'spot', 0, 0),
          ('i-2', 'ec2', 1, 'c5.xlarge', 'eu-west-1a', NULL, 0, 0);
        INSERT INTO container_instance (id, cluster, name, instance_id, instance_type, zone, registered_memory_mib)
          VALUES (1, 1, 'c-1', 'i-1', 'c5.xlarge', 'eu-west-1a', 7980), (2, 2, 'c-2', 'i-2', 'c5.xlarge', 'eu-west-1a', 7980);
        INSERT INTO instance_event VALUES ('i-1', 'running', \(at(10)), 'event', 1),
          ('i-1', 'shutting-down', \(at(160)), 'event', 1), ('i-1', 'interruption-warning', \(at(158)), 'event', 1),
          ('i-2', 'running', \(at(0)), 'event', 1), ('i-2', 'shutting-down', \(at(90)), 'event', 1);
        INSERT INTO task (task_id, cluster, launch_type, milli_vcpus, memory_mib, pull_started_at_ms, progress, digest)
          VALUES ('t-1', 1, 'EC2', 2000, 4096, \(at(11.5)), 0, 0), ('t-2', 2, 'EC2', 2000, 4096, \(at(4.5)), 0, 0),
          ('t-3', 3, 'FARGATE', 2000, 4096, \(at(180)), 0, 0);
        INSERT INTO collection VALUES (1, 'files', \(at(2880)));
        """)
      let jobs: [(id: Int64, queue: Int, started: Double, stopped: Double, platform: Int, reason: String)] = [
        (1, 1, 12, 160, 0, "'Host EC2 (instance i-1) terminated.'"), (2, 2, 5, 80, 0, "NULL"),
        (3, 3, 180 + 40.0 / 60, 230, 1, "NULL"),
      ]
      for job in jobs {
        try connection.execute(
          """
          INSERT INTO job (id, job_id, account_region, name, kind, job_queue, job_definition, status, created_at_ms,
            started_at_ms, stopped_at_ms, platform, attempts, progress, digest)
          VALUES (\(job.id), 'job-\(job.id)', 1, 'job', 0, \(job.queue), 1, '\(job.id == 1 ? "FAILED" : "SUCCEEDED")',
            \(at(job.started - 20)), \(at(job.started)), \(at(job.stopped)), \(job.platform), 1, 0, 0);
          INSERT INTO attempt (id, job, ordinal, started_at_ms, stopped_at_ms, milli_vcpus, memory_mib, gpus,
            container_instance, job_queue, job_definition, kind, platform, exit_code, status_reason, task_id)
          VALUES (\(job.id << 10 | 1), \(job.id), 1, \(at(job.started)), \(at(job.stopped)), 2000, 4096, 0,
            \(job.platform == 1 ? "NULL" : "\(job.id)"), \(job.queue), 1, 0, \(job.platform),
            \(job.reason == "NULL" ? "0" : "NULL"), \(job.reason), 't-\(job.id)');
          """)
      }
    }
    _ = try Ledger.build(database)
    try Insights.build(database)
  }

  func recollection() throws -> Recollection { try database.read { try Recollection($0) } }

  /// As it was, with only the market repeating itself.
  func model() throws -> Model {
    let recollection = try recollection()
    let days = TinyWorld.monday..<(TinyWorld.monday + 1)
    let span = TimeSpan(days.lowerBound.start, days.upperBound.start)
    return recollection.model(recollection.fit(over: span), following: .market, market: span)
  }
}

@Suite struct IdentityTests {
  /// On-Demand 90 minutes at $0.20; Spot 150 minutes, one hour at $0.07 and 1.5 at $0.09 (the prices at 1:10 and 2:10);
  /// Fargate 50 minutes of 2 × 0.04048 + 4 × 0.004445 = $0.09874.
  @Test("The same instances without contention give the ledger's figures to the nanodollar, account by account")
  func identity() throws {
    let recollection = try SmallAccount().recollection()
    let days = TinyWorld.monday..<(TinyWorld.monday + 1)
    let actual = recollection.actual(days)
    #expect(actual.environments.map(\.name) == ["fargate", "on-demand", "spot"])
    #expect(actual.environments.map(\.cost) == [82_283_333, 300_000_000, 205_000_000])
    let answer = try Oracle(recollection, days: days, seeds: 2).answer(Scenario(name: "as it was"))
    for result in answer.replayed.results {
      for (replayed, real) in zip(result.environments, actual.environments) {
        #expect(replayed.cost == real.cost)
        #expect(replayed.accounts == real.accounts)
        #expect(replayed.instanceMilliseconds == real.instanceMilliseconds)
        #expect(replayed.reclaims == real.reclaims)
      }
      #expect(result.byOption == actual.byOption)
      #expect(result.queues == actual.queues)
    }
    #expect(recollection.history.unmodelled.map(\.name) == ["kubernetes"])
    #expect(recollection.history.unmodelled.map(\.kind) == ["EKS"])
  }
}

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

@Suite struct ScenarioTests {
  private func scenario(_ yaml: String) throws -> Scenario {
    try ScenarioReader(try SmallAccount().recollection().history).read(yaml: yaml, name: "s.yaml")
  }

  private func message(_ yaml: String) -> String {
    do {
      _ = try scenario(yaml)
      return "no error"
    } catch { return "\(error)" }
  }

  @Test(
    "What a scenario names must exist",
    arguments: [
      ("environment: []", "s.yaml:1: no setting \"environment\" (did you mean \"environments\"?)"),
      (
        "environments:\n  - name: on-demnd\n",
        "s.yaml:2: environments: \"name\" is \"on-demnd\", and there is no such compute environment (did you mean \"on-demand\"?)"
      ),
      (
        "environments:\n  - name: spot\n    instance_types: [c5.xlrge]\n",
        "s.yaml:3: environments: \"instance_types\" names \"c5.xlrge\", an instance type that was never collected (did you mean \"c5.xlarge\"?)"
      ),
      (
        "environments:\n  - name: spot\n    instance_types: [m6g]\n",
        "s.yaml:3: environments: \"instance_types\" names \"m6g\", of which no price was collected"
      ),
      (
        "environments:\n  - name: spot\n    min_vcpu: 3\n",
        "s.yaml:3: environments has no property \"min_vcpu\" (did you mean \"min_vcpus\"?)"
      ),
      (
        "environments:\n  - name: kubernetes\n",
        "s.yaml:2: environments: \"name\" is kubernetes, which is EKS: environments of this kind are not replayed"
      ),
      (
        "environments:\n  - name: on-demand\n    allocation_strategy: SPOT_CAPACITY_OPTIMIZED\n",
        "s.yaml:3: environments: \"allocation_strategy\" SPOT_CAPACITY_OPTIMIZED is not for On-Demand instances"
      ),
      (
        "environments:\n  - name: on-demand\n    min_vcpus: -1\n",
        "s.yaml:3: environments: \"min_vcpus\" is -1, and must be 0 to 1000000"
      ),
      (
        "environments:\n  - name: fargate\n    min_vcpus: 4\n",
        "s.yaml:3: environments: \"min_vcpus\" is about instances, and fargate has none: it is Fargate"
      ),
      (
        "environments:\n  - name: on-demand\n    on_demand_share: 20%\n",
        "s.yaml:3: environments: \"on_demand_share\" is for Spot, and on-demand is On-Demand"
      ),
      (
        "environments:\n  - name: on-demand\n    max_vcpus: 0\n",
        "s.yaml:3: environments: \"max_vcpus\" is 0, with which no job would ever run"
      ),
      (
        "environments:\n  - name: on-demand\n    min_vcpus: 300\n",
        "s.yaml:3: environments: \"min_vcpus\" makes the minimum of on-demand, 300, larger than its maximum, 256"
      ),
      (
        "environments:\n  - name: on-demand\n    region: eu-wst-1\n",
        "s.yaml:3: environments: \"region\" is \"eu-wst-1\", of which no price was collected (did you mean \"eu-west-1\"?)"
      ),
      (
        "queues:\n  - name: spot\n    environments: []\n",
        "s.yaml:3: queues: \"environments\" is empty: no job of the queue would ever run"
      ),
      (
        "queues:\n  - name: spot\n    environments: [spot, spot]\n",
        "s.yaml:3: queues: \"environments\" names one of them twice"
      ),
      (
        "jobs:\n  - definition: one\n    memory_mib: 40000000\n",
        "s.yaml:3: jobs: \"memory_mib\" is 40000000 MiB, and must be at least 1 and at most 32 TiB, 33554432"
      ),
      (
        "jobs:\n  - definition: oen\n    vcpus: 1\n",
        "s.yaml:2: jobs: \"definition\" is \"oen\", and there is no such job definition (did you mean \"one\"?)"
      ),
      ("sizes: advised", "s.yaml:1: \"sizes\" is advised, and no usage was measured to advise from"),
      (
        "move:\n  - queue: spto\n    to: spot\n",
        "s.yaml:2: move: \"queue\" is \"spto\", and there is no such job queue (did you mean \"spot\"?)"
      ),
    ])
  func errors(_ yaml: String, _ expected: String) { #expect(message(yaml) == expected) }

  @Test("Half the size On-Demand: 90 minutes at $0.10") func smaller() throws {
    let recollection = try SmallAccount().recollection()
    let yaml = """
      environments:
        - name: on-demand
          instance_types: [c5.large]
      jobs:
        - {definition: one, memory_mib: 2048}
      """
    let scenario = try ScenarioReader(recollection.history).read(yaml: yaml, name: "s.yaml")
    let days = TinyWorld.monday..<(TinyWorld.monday + 1)
    let answer = try Oracle(recollection, days: days, seeds: 1).answer(scenario)
    #expect(answer.replayed.results[0].environments[1].cost == 150_000_000)
    #expect(answer.actual.cost == 587_283_333)
  }

  @Test("A job too large for every type is named, with what it needs") func infeasible() throws {
    let recollection = try SmallAccount().recollection()
    let yaml = "environments:\n  - name: on-demand\n    instance_types: [c5.large]\n"
    let scenario = try ScenarioReader(recollection.history).read(yaml: yaml, name: "small.yaml")
    let days = TinyWorld.monday..<(TinyWorld.monday + 1)
    #expect(throws: Infeasible.self) { try Oracle(recollection, days: days, seeds: 1).answer(scenario) }
    do { _ = try Oracle(recollection, days: days, seeds: 1).answer(scenario) } catch {
      #expect(
        "\(error)"
          == "small: no instance type of its environments holds 1 job of one in on-demand, which needs 2 vCPUs, 4096 MiB"
      )
    }
  }

  @Test("A move that takes no job is an error, not an answer of no saving") func nothingMoves() throws {
    let recollection = try SmallAccount().recollection()
    let yaml = "move:\n  - queue: on-demand\n    to: fargate\n    largest_vcpus: 1\n"
    let scenario = try ScenarioReader(recollection.history).read(yaml: yaml, name: "short.yaml")
    let days = TinyWorld.monday..<(TinyWorld.monday + 1)
    #expect(throws: NothingMoves(scenario: "short")) {
      try Oracle(recollection, days: days, seeds: 1).answer(scenario)
    }
  }

  @Test("A scenario without changes is empty; `all` names every environment whose purchase can change") func empty()
    throws
  {
    #expect(try scenario("name: nothing").isEmpty)
    #expect(try scenario("environments:\n  - name: all\n    purchase: spot\n").environments.count == 2)
  }
}

@Suite struct BacktestTests {
  @Test("Sample, fitted on the first week: within 10% for every environment above $100, within 5% for the account")
  func sample() throws {
    let backtest = Backtest(try Sample.recollection.get(), tested: Sample.second, seeds: 4)
    // 2026-W44 by its README; the sample has no volumes or addresses.
    #expect(backtest.rows.last?.actual == 9_856_569_985_876)
    for row in backtest.rows where row.actual > 100_000_000_000 {
      #expect(abs(row.error ?? 1) <= 0.10, "\(row.environment ?? "all"): \(row.error ?? 1)")
    }
    #expect(abs(backtest.rows.last?.error ?? 1) <= 0.05)
    // Not following history. A simulation by the same rules, written separately in Python, was off by −3 to −5 %
    // (ondemand-x86), +13 to +15 % (spot-batch), −10 to +6 % (spot-general) and −18 to −20 % (gpu-od, where a single
    // instance's 128 hours are down to chance).
    func free(_ name: String) -> Backtest.Row? { backtest.rows.first { $0.environment == name } }
    for name in ["ondemand-x86", "spot-batch", "spot-general"] {
      #expect(abs(free(name)?.freeError ?? 1) <= 0.15, "\(name): \(free(name)?.freeError ?? 1)")
    }
    let chance = try #require(free("gpu-od"))
    #expect(abs(chance.free.mean - chance.actual) < 2 * chance.free.spread)
    // By a second program in Python: 31 launches of gpu-od with a choice got $8.84 an hour on average, and their types
    // were expected to cost $7.04, 1.2 standard errors less.
    let launches = try #require(
      backtest.assumptions.first { $0.environment == "gpu-od" && $0.name == "price of a launch" })
    #expect(launches.observations == 31)
    #expect(abs(launches.seen / 1e9 - 8.84) < 0.01)
    #expect(abs(launches.assumed / 1e9 - 7.04) < 0.2)
    #expect(abs(launches.distance - 1.2) < 0.2)
    #expect(!backtest.refuted.contains { $0.name == "price of a launch" })
    // It may be asked about the account, and about the environments it predicts well.
    #expect(backtest.trust().isEnough)
    #expect(backtest.trust(changing: ["ondemand-x86", "spot-batch"]).isEnough)
    // Types drawn: what one week really cost is one draw, and lies among the replays.
    for row in backtest.rows.dropLast() where row.actual > 100_000_000_000 {
      #expect(row.drawn.includes(row.actual), "\(row.environment ?? "all"): \(row.drawnError ?? 1)")
    }
    #expect(backtest.refuted.filter { $0.name == "boot delay" && $0.observations > 20 }.isEmpty)
  }

  @Test("To offer the types that are there saves nothing: the past beside it draws its types too")
  func sameFreedom() throws {
    let oracle = Oracle(try Sample.recollection.get(), days: Sample.second, seeds: 4)
    for (index, place) in oracle.model.environments.enumerated() where !place.kind.isFargate {
      var change = Scenario.EnvironmentChange(environment: index)
      change.types = place.types
      var scenario = Scenario(name: "the same types")
      scenario.environments = [change]
      let answer = try oracle.answer(scenario)
      #expect(answer.savings == [0, 0, 0, 0], "\(place.name)")
      #expect(answer.drawn == [place.name])
    }
  }

  @Test("A boot delay twice as long in the tested week is detected") func twiceTheBoot() throws {
    var history = try Sample.recollection.get().history
    let start = Sample.second.lowerBound.start.milliseconds
    for index in history.lives.indices where history.lives[index].started >= start {
      guard let first = history.lives[index].attempts.first else { continue }
      let placed = history.attempts[Int(first)].placed
      history.lives[index].started -= placed - history.lives[index].started
    }
    let backtest = Backtest(Recollection(history), tested: Sample.second, seeds: 1)
    let refuted = backtest.refuted.filter { $0.name == "boot delay" }
    #expect(refuted.map(\.environment).contains("spot-general"))
    #expect(refuted.map(\.environment).contains("spot-batch"))
    #expect(backtest.refuted.first?.name == "boot delay")
    for assumption in refuted { #expect(assumption.ratio > 0.4 && assumption.ratio < 0.66) }
  }
}

@Suite struct NarrowedAnswerTests {
  private static let day = TinyWorld.monday..<(TinyWorld.monday + 1)

  /// Each takes half of its c5.xlarge: (9·2 + 4) ÷ (9·4 + 8). On-Demand 75.5 minutes at $0.10; Spot 58.5 minutes at
  /// $0.035 and 90 at $0.045; Fargate all of its task.
  @Test(
    "The part of some jobs, worked out by hand",
    arguments: [([2], 125_833_333), ([1], 101_625_000), ([3], 82_283_333), ([1, 2, 3], 309_741_666)]
      as [(Set<Int64>, Int64)])
  func parts(_ jobs: Set<Int64>, _ cost: Int64) throws {
    var history = try SmallAccount().recollection().history
    history.narrowing = NarrowedJobs(jobs: jobs)
    let answer = try Oracle(Recollection(history), days: Self.day, seeds: 2).answer(Scenario(name: "as it was"))
    for result in answer.asItWas.results + answer.replayed.results {
      #expect(abs(result.narrowed.cost - cost) <= 2, "\(result.narrowed.cost)")
    }
  }

  @Test("Their real cost is the ledger's, attempts and startup") func actual() throws {
    let account = try SmallAccount()
    let recollection = try account.database.read { try Recollection($0, narrowing: NarrowedJobs($0)) }
    #expect(abs(recollection.actual(Self.day).narrowed.cost - 309_741_666) <= 2)
    #expect(recollection.actual(TinyWorld.monday + 1..<TinyWorld.monday + 2).narrowed.cost == 0)
  }

  @Test("In the sample, parts and unused cost add up, and narrowing changes nothing else") func sums() throws {
    let history = try Sample.recollection.get().history
    let jobs = Set(history.attempts.map(\.job))
    let parts = [0, 1, 2].map { rest in Set(jobs.filter { $0 % 3 == rest }) }
    func replay(_ jobs: Set<Int64>?) -> ReplayResult {
      var history = history
      history.narrowing = jobs.map(NarrowedJobs.init(jobs:))
      let recollection = Recollection(history)
      let span = TimeSpan(Sample.second.lowerBound.start, Sample.second.upperBound.start)
      let fit = recollection.fit(over: span)
      return Replay.run(
        recollection.trace(over: span), recollection.model(fit, following: .decisions, market: span), seed: 1,
        days: Sample.second)
    }
    let whole = replay(nil)
    let work = whole.environments.reduce(0) {
      $0 + $1.accounts[Account.attempt.rawValue] + $1.accounts[Account.startup.rawValue]
    }
    var sum: Int64 = 0
    for part in parts {
      let result = replay(part)
      #expect(result.environments == whole.environments && result.queues == whole.queues)
      #expect(result.narrowed.cost > 0)
      sum += result.narrowed.cost
    }
    #expect(sum == work)
  }
}
