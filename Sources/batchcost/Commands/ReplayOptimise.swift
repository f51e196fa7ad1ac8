import ArgumentParser
import Base
import Domain
import Replay

struct ReplayOptimise: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "optimise", abstract: "Search for environments that cost less at the same wait.",
    discussion: """
      Tries allocation strategies, families, sizes, Spot and minimums of each environment, the most expensive first, until
      the time is up. Marks the results that no other beats in both cost and wait.

        $ batchcost replay optimise --within 60
        $ batchcost replay optimise --environment ondemand-x86 --format csv
      """.paragraphs)

  @Option(help: "Seconds to search.") var within = 60
  @Option(help: "A compute environment that may change; may be repeated. [default: all]") var environment: [String] = []
  @OptionGroup var options: ReplayOptions

  mutating func validate() throws {
    guard (1...86_400).contains(within) else { throw ValidationError("--within \(within): 1 to 86400 seconds") }
  }

  func run() throws {
    let (recollection, days, store) = try options.load()
    let history = recollection.history
    let chosen = try environment.map { name in
      guard let index = history.environment(named: name) else {
        throw ValidationError(
          "--environment \(name): no such compute environment"
            + Spelling.hint(name, among: history.environments.map(\.name)))
      }
      return index
    }
    let backtest = options.backtest(recollection, days)
    try options.judge(backtest, changing: chosen.map { history.environments[$0].name })
    let oracle = Oracle(recollection, days: days, seeds: options.seeds)
    let points = Optimiser(oracle).search(
      chosen.isEmpty ? told(history, backtest) : chosen, within: .seconds(within),
      trusting: options.force ? nil : backtest)
    try ReplayKeeper(options, days).keep(
      points.map { KeptAnswer(answer: $0.answer, advice: nil, backtest: backtest) })
    options.output.show(FrontierTable.result(points, backtest), in: store.currency)
    if options.output.format.isForReading {
      Console.message("\(points.count) scenarios replayed \(options.seeds) times each.")
    }
  }

  /// Environments that the model reproduces well enough to change; names the others.
  private func told(_ history: History, _ backtest: Backtest?) -> [Int] {
    let all = Array(history.environments.indices)
    guard let backtest, !options.force else { return all }
    return all.filter { index in
      let name = history.environments[index].name
      let trust = backtest.trust(changing: [name])
      if trust.isEnough { return true }
      Console.message("\(name) stays unchanged: the model, left to itself, was \(ReplayStory.off(trust)) there.")
      return false
    }
  }
}
