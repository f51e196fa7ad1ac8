import Testing

@testable import Replay

/// Which errors of the model an answer rests on, and which of them chance explains.
@Suite struct TrustTests {
  private func row(_ name: String?, _ actual: Int64, free: [Int64], drawn: [Int64]) -> Backtest.Row {
    Backtest.Row(
      environment: name, actual: actual, replayed: actual, spread: 0, actualMilliseconds: 0, replayedMilliseconds: 0,
      actualUnused: 0, replayedUnused: 0, free: Guesses(free), drawn: Guesses(drawn))
  }

  @Test("The errors when the model is left as much as the scenario leaves it") func byFreedom() {
    let rows = [
      row("a", 100, free: [110, 110], drawn: [150, 150]), row("b", 300, free: [300, 300], drawn: [260, 280]),
      row(nil, 400, free: [410, 410], drawn: [410, 430]),
    ]
    func error(_ environments: [String], _ drawn: [String]) -> Double? {
      Backtest.trust(rows, changing: environments, drawing: drawn).error
    }
    // The account: 410 instead of 400.
    #expect(error([], []) == 0.025)
    #expect(error(["a"], []) == 0.1)
    #expect(error(["a"], ["a"]) == 0.5)
    // 270 instead of 300; the account 380 instead of 400.
    #expect(error(["b"], ["b"]) == 0.1)
    // The account 450 instead of 400, though nothing is wrong with b.
    #expect(error(["b"], ["a"]) == 0.125)
    #expect(Backtest.trust([row("a", 0, free: [1], drawn: [1])], changing: ["a"], drawing: []).error == nil)
  }

  @Test("What happened is among the middle 95 of 100 replays, or it is not") func middle() {
    // 1 to 80: two replays of 80 are a fortieth.
    let guesses = Guesses((1...80).map { $0 })
    #expect(guesses.mean == 40)
    #expect([1, 2, 79, 80].map { guesses.includes($0) } == [false, true, true, false])
    #expect(!Guesses([7, 7, 7]).includes(8))
    #expect(Guesses([7, 7, 7]).includes(7))
  }

  @Test("Chance excuses an error above 15 %, but not one above 50 %, and a sure model is not excused") func chance() {
    func trust(_ costs: [Int64]) -> Trust {
      Backtest.trust([row("a", 100, free: costs, drawn: costs)], changing: ["a"], drawing: [])
    }
    let sure = trust([70, 70, 70, 70])
    #expect((sure.error, sure.unexplained, sure.isEnough) == (0.3, 0.3, false))
    let vague = trust([40, 50, 70, 120])
    #expect((vague.error, vague.unexplained, vague.isEnough, vague.restsOnChance) == (0.3, 0, true, true))
    let wild = trust([10, 400, 10, 400])
    #expect((wild.error, wild.unexplained, wild.isEnough) == (1.05, 0, false))
    let good = trust([90, 90, 90, 90])
    #expect((good.error, good.unexplained, good.isEnough, good.restsOnChance) == (0.1, 0.1, true, false))
  }
}
