import Domain
import Testing

@testable import Replay

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
