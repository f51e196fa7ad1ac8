import Domain
import Testing

@testable import Replay

@Suite struct OptimiserTests {
  /// An answer that saves so many dollars and adds so many seconds to the 95th percentile of waits.
  private static func point(_ name: String, asItWas: Int64, saving: Int64, wait: Int64) -> Optimiser.Point {
    func results(_ dollars: Int64, _ wait: Int64) -> SeedResults {
      var environment = EnvironmentResult(name: "only")
      environment.cost = dollars * 1_000_000_000
      var result = ReplayResult(environments: [environment], queues: [], byOption: [])
      result.waitP95 = wait * 1000
      return SeedResults(results: [result])
    }
    let before = results(asItWas, 100)
    return Optimiser.Point(
      answer: Answer(
        scenario: Scenario(name: name), days: TinyWorld.monday..<TinyWorld.monday + 7, actual: before.results[0],
        asItWas: before, replayed: results(asItWas - saving, 100 + wait), queues: [], changed: [],
        drawn: [], runTimes: RunTimes(FamilySpeed(), from: [], to: [])))
  }

  @Test("Jobs that a scenario leaves waiting are counted beyond those that wait anyway") func leftWaiting() {
    func results(_ waiting: [Int]) -> SeedResults {
      SeedResults(
        results: waiting.map { waiting in
          var queue = QueueResult(name: "only")
          queue.waiting = waiting
          return ReplayResult(environments: [], queues: [queue, queue], byOption: [])
        })
    }
    func left(_ before: SeedResults, _ after: SeedResults) -> Int {
      Answer(
        scenario: Scenario(name: "less"), days: TinyWorld.monday..<TinyWorld.monday + 7, actual: before.results[0],
        asItWas: before, replayed: after, queues: [], changed: [], drawn: [],
        runTimes: RunTimes(FamilySpeed(), from: [], to: [])
      ).leftWaiting
    }
    // Two queues: 2 and 4 jobs, then 20 and 24.
    #expect(left(results([1, 2]), results([10, 12])) == 19)
    #expect(left(results([1, 2]), results([0, 0])) == 0)
  }

  /// Scenarios that change GPUs start $90 lower before changing anything, because the model runs them more cheaply than
  /// history did.
  @Test("The frontier compares what scenarios save and add, not costs under different freedoms") func frontier() {
    let points = Optimiser.marked([
      Self.point("as it was", asItWas: 1000, saving: 0, wait: 0),
      Self.point("GPUs, worse", asItWas: 910, saving: -10, wait: 5),
      Self.point("smaller", asItWas: 1000, saving: 40, wait: 10),
      Self.point("slow", asItWas: 1000, saving: 40, wait: 20),
      Self.point("GPUs, better", asItWas: 910, saving: 60, wait: 30),
    ])
    #expect(points.map(\.answer.scenario.name) == ["GPUs, better", "smaller", "slow", "as it was", "GPUs, worse"])
    #expect(points.map(\.isOnFrontier) == [true, true, false, true, false])
  }

  /// c5.large is half of the small account's c5.xlarge at half the price, and fits all jobs except in memory.
  @Test("A search tries each change once, and nothing that is already so") func search() throws {
    let recollection = try SmallAccount().recollection()
    let oracle = Oracle(recollection, days: TinyWorld.monday..<TinyWorld.monday + 1, seeds: 2)
    let place = try #require(recollection.history.environment(named: "on-demand"))
    let points = Optimiser(oracle).search([place], within: .seconds(60))
    let names = points.map(\.answer.scenario.name)
    #expect(names.contains("as it was") && names.contains("on-demand: Spot"))
    // The environment already uses BEST_FIT and has no type above 4 vCPUs.
    #expect(!names.contains("on-demand: BEST_FIT") && !names.contains("on-demand: up to 8 vCPUs"))
    let changed = points.filter { $0.answer.changed == ["on-demand"] }
    for (index, point) in changed.enumerated() {
      #expect(!changed[..<index].contains { $0.answer.replayed.results == point.answer.replayed.results })
      #expect(point.answer.asItWas.results == changed[0].answer.asItWas.results)
    }
    #expect(points.map(\.answer.saving) == points.map(\.answer.saving).sorted(by: >))
  }
}
