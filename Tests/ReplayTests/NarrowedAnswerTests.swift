import Domain
import Store
import Testing

@testable import Replay

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
