import Domain
import Replay

/// The outcome of a replay, in sentences.
enum ReplayStory {
  static func headline(_ answer: Answer, _ backtest: Backtest?, in currency: Currency) -> String {
    func money(_ nanodollars: Int64) -> String { Self.money(nanodollars, currency) }
    let saving = answer.saving
    let share = answer.asItWas.meanCost > 0 ? abs(Double(saving)) / Double(answer.asItWas.meanCost) : 0
    let more = saving >= 0 ? "less" : "more"
    let error = Self.error(answer, backtest, "for what this changes")
    if answer.changesNothing {
      return "\(answer.scenario.name): no difference; both replays cost \(money(answer.asItWas.meanCost)). "
        + "Really paid: \(money(answer.actual.cost)).\(error)"
    }
    return "\(answer.scenario.name): \(money(answer.replayed.meanCost)) in the replay instead of "
      + "\(money(answer.asItWas.meanCost)) as it was, \(money(abs(saving))) ± \(money(answer.savingSpread)) "
      + "(\(ReplayOptions.percent(share))) \(more). Really paid: \(money(answer.actual.cost)).\(unfinished(answer))\(error)"
  }

  /// A sentence, with a space before it, about work that the cost lacks.
  static func unfinished(_ answer: Answer) -> String {
    let jobs = answer.leftWaiting
    guard jobs > 0 else { return "" }
    return jobs == 1
      ? " 1 more job had not started when the period ended, and its cost is missing."
      : " \(grouped(Double(jobs), places: 0)) more jobs had not started when the period ended, and their cost is missing."
  }

  /// The subject of sentences about its errors.
  static func model(drawing environments: [String]) -> String {
    environments.isEmpty ? "The model, left to itself," : "The model, drawing instance types,"
  }

  /// How wrong the model was: `off by 27.6%, which chance explains`.
  static func off(_ trust: Trust) -> String {
    "off by \(ReplayOptions.percent(trust.error ?? 0))"
      + (trust.restsOnChance ? ", no more than replays of the same days differ from each other," : "")
  }

  /// A sentence, with a space before it; empty if the model was not tested.
  static func error(_ answer: Answer, _ backtest: Backtest?, _ what: String) -> String {
    guard let trust = backtest?.trust(in: answer), trust.error != nil else { return "" }
    return " \(model(drawing: answer.drawn)) was \(off(trust)) \(what)."
  }

  /// What the answer takes run times on other families to be; nil if jobs stay on theirs.
  static func runTimes(_ runTimes: RunTimes) -> String? {
    let seen = runTimes.learned.filter(\.ratio.isSeen)
    if seen.isEmpty, runTimes.learned.isEmpty {
      return runTimes.assumed == 0
        ? nil : "Jobs are assumed to run as long on other families: none ran often enough on two of them to tell."
    }
    let ratios = seen.map { pair in
      "\(pair.to) takes \(grouped(pair.ratio.ratio, places: 2)) times as long as \(pair.from) "
        + "(± \(ReplayOptions.percent(pair.ratio.error)), \(pair.ratio.comparisons) comparisons of jobs of one kind on one day)"
    }
    let equal = runTimes.learned.count - seen.count
    var said = ratios.isEmpty ? [] : ["From history: \(ratios.joined(separator: "; "))."]
    if equal > 0 { said.append("Between \(equal) pairs of families no difference was seen.") }
    if runTimes.assumed > 0 {
      said.append("Between \(runTimes.assumed) pairs run times are assumed to be equal.")
    }
    return said.joined(separator: " ")
  }

  /// How long one replay took, as a row of JSON.
  static func timings(_ measured: Measurement) -> String {
    func seconds(_ duration: Duration) -> Double {
      Double(duration.components.seconds) + Double(duration.components.attoseconds) / 1e18
    }
    let (simulation, settlement) = (seconds(measured.simulation), seconds(measured.settlement))
    return "{\"program\": \"batchcost\", \"attempts\": \(measured.attempts), \"events\": \(measured.events), "
      + "\"seconds\": \(simulation), \"settlement_seconds\": \(settlement), "
      + "\"events_per_second\": \(Double(measured.events) / max(simulation, 1e-9))}\n"
  }

  static func money(_ nanodollars: Int64, _ currency: Currency) -> String {
    (nanodollars < 0 ? "-" : "") + currency.symbol + grouped(abs(Money(nanodollars: nanodollars).dollars), places: 2)
  }

  /// The back-test in words.
  static func tell(_ backtest: Backtest, _ history: History) {
    Console.message(
      "Fitted on \(backtest.fitted.lowerBound) to \(backtest.fitted.upperBound + -1), tested on "
        + "\(backtest.tested.lowerBound) to \(backtest.tested.upperBound + -1), \(backtest.seeds) replays. error: each job "
        + "runs where it ran, and delays, packing and prices are replayed; free: the model decides where; drawn: it also draws "
        + "instance types (by_chance 1: what was paid is among the middle 95 of 100 replays).")
    for place in history.environments where place.capacityMilliVCPUs < .max {
      Console.message(
        "\(place.name) never had more than \(place.capacityMilliVCPUs / 1000) vCPUs although jobs waited; the model gives it no more"
      )
    }
    for assumption in backtest.refuted { Console.message(ReplayOptions.sentence(assumption)) }
    for wait in backtest.waits {
      Console.message(
        "\(wait.queue): \(wait.jobs) jobs waited for a host \(seconds(wait.actualMedian)) (median), \(seconds(wait.actualP95)) (p95); "
          + "replayed \(seconds(wait.replayedMedian)), \(seconds(wait.replayedP95))")
    }
    tell(history, backtest.tested)
  }

  /// What is not replayed.
  static func tell(_ history: History, _ days: Range<Day>) {
    for other in history.unmodelled {
      Console.message("\(other.name) is \(other.kind): environments of this kind are not replayed")
    }
    if history.unplaced > 0 {
      Console.message("\(history.unplaced) attempts without a known instance are not replayed")
    }
  }

  static func seconds(_ milliseconds: Int64) -> String {
    grouped(Double(milliseconds) / 1000, places: 0) + " s"
  }
}
