import ArgumentParser
import Base
import Domain
import Foundation
import Insights
import Replay
import Reporting
import Store

struct ReplayCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "replay",
    abstract: "What the jobs would have cost in other compute environments.",
    discussion: """
      Replays jobs through a model of AWS Batch whose delays and rates are fitted to what was collected. A scenario is a
      YAML file that lists what to change; each piece of `batchcost query advice` is one too, by its position. Before each
      answer comes how well the model reproduces the past: delays are fitted on the days before the period, and the model
      then replays the period without seeing it. If it is off by more than 15% for the account, or for an environment that
      the scenario changes, and what was paid is not among the middle 95 of 100 replays, there is no answer unless you
      pass --force.

        $ batchcost replay
        $ batchcost replay --examples spot > spot.yaml
        $ batchcost replay --scenario spot.yaml --week 2026-W44 --force
        $ batchcost replay --advice 2 --format json
        $ batchcost replay --scenario spot.yaml --where tag:team=ml --force
      """.paragraphs,
    subcommands: [ReplayAsk.self, ReplayOptimise.self], defaultSubcommand: ReplayAsk.self)
}

/// Which jobs are replayed, and how often.
struct ReplayOptions: ParsableArguments {
  @Option(help: "Replays of each scenario, each with new random delays and reclaims.") var seeds = 8
  @Flag(help: "Answer even if the model reproduces the past badly.") var force = false
  @OptionGroup var period: PeriodOptions
  @OptionGroup var output: FormatOptions
  @OptionGroup var database: DatabaseOptions

  mutating func validate() throws {
    guard (1...1000).contains(seeds) else { throw ValidationError("--seeds \(seeds): 1 to 1000") }
  }

  /// What was collected, and the days to replay: by default the last whole week.
  ///
  /// - Parameters:
  ///   - accounts: what to replay.
  ///   - jobs: the jobs whose part is reported.
  func load(
    _ accounts: Lens = .everything, _ jobs: Lens = .everything
  ) throws -> (recollection: Recollection, days: Range<Day>, store: LensOptions.Opened) {
    let store = try LensOptions.open(database, through: accounts)
    let narrowing =
      jobs.conditions.isEmpty
      ? nil : try LensOptions.open(database, through: store.lens.and(jobs)).read { try NarrowedJobs($0) }
    let recollection = try store.read { try Recollection($0, narrowing: narrowing) }
    guard !recollection.history.days.isEmpty else { throw ValidationError("nothing was collected yet") }
    let chosen = try store.read { try period.periodOrLastWeek($0) }
    return (recollection, chosen.from..<chosen.to, store)
  }

  /// How well the model reproduces the period; nil if nothing was collected before it.
  func backtest(_ recollection: Recollection, _ days: Range<Day>) -> Backtest? {
    guard days.lowerBound.number - recollection.history.days.lowerBound.number >= 2 else { return nil }
    return Backtest(recollection, tested: days, seeds: seeds)
  }

  /// - Throws: `ExitStatus.found` if the model is not good enough and --force was not passed.
  ///
  /// - Parameter environments: those that may change.
  func judge(_ backtest: Backtest?, changing environments: [String] = []) throws {
    guard let backtest else {
      Console.message(
        "Fewer than two days were collected before the period, so the model was not tested; its delays are fitted on the period itself."
      )
      if force { return }
      Console.message("No answer; --force prints it anyway.")
      throw ExitStatus.found
    }
    for assumption in backtest.refuted { Console.message(Self.sentence(assumption)) }
    let trust = backtest.trust(changing: environments)
    if trust.isEnough { return }
    Console.message(Self.sentence(trust, backtest, changing: environments))
    if force { return }
    Console.message("No answer; --force prints it anyway.")
    throw ExitStatus.found
  }

  /// The answers that the model is good enough for, or all of them with --force. Names those that it leaves out.
  func trusted<Item>(_ items: [Item], _ backtest: Backtest?, _ answer: (Item) -> Answer) -> [Item] {
    guard let backtest, !force else { return items }
    return items.filter { item in
      let given = answer(item)
      let trust = backtest.trust(in: given)
      if trust.isEnough { return true }
      Console.message(
        "\(given.scenario.name): no answer. "
          + Self.sentence(trust, backtest, changing: given.changed, drawing: given.drawn))
      return false
    }
  }

  private static func sentence(
    _ trust: Trust, _ backtest: Backtest, changing environments: [String], drawing drawn: [String] = []
  ) -> String {
    let fitted = backtest.assumptions.first { environments.isEmpty || environments.contains($0.environment) }
    let worst = fitted.map { "; the worst fit is the \($0.name) of \($0.environment)" } ?? ""
    return
      "\(ReplayStory.model(drawing: drawn)) was \(ReplayStory.off(trust)) for \(backtest.tested.lowerBound) to "
      + "\(backtest.tested.upperBound + -1)\(worst)."
  }

  static func sentence(_ assumption: Assumption) -> String {
    "\(assumption.environment): \(assumption.name) was assumed to be \(words(assumption.assumed, assumption.unit)) but was "
      + "\(words(assumption.seen, assumption.unit)) in the period (\(assumption.observations) seen)"
  }

  static func percent(_ share: Double) -> String { "\((share * 1000).rounded() / 10)%" }

  private static func words(_ value: Double, _ unit: Assumption.Unit) -> String {
    switch unit {
    case .milliseconds: "\(Int((value / 1000).rounded())) s"
    case .price: "\(grouped(value / 1e9, places: 2)) an hour"
    }
  }
}

struct ReplayAsk: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ask", abstract: "Replay scenarios (the default).",
    discussion: """
      Without a scenario, it replays the past unchanged and prints the back-test.

        $ batchcost replay ask --scenario spot.yaml --force

      With --where, it reports what the attempts of the chosen jobs would have cost. All jobs are replayed, because they
      share hosts; unused cost belongs to no job. Accounts, regions and currencies in --where narrow the replay itself, so
      everything in them is reported.
      """.paragraphs)

  @Option(help: "A YAML file that lists what to change; may be repeated.") var scenario: [String] = []
  @Option(help: "A piece of advice by its position in `batchcost query advice`, or all; may be repeated.")
  var advice: [String] = []
  @Option(help: "Print a commented scenario, or `all` of them, and exit.") var examples: String?
  @Option(help: "Write the replayed jobs to this CSV file, and exit.") var writeTrace: String?
  @Flag(help: "Print how long one replay of the past takes on one core, and exit.") var timings = false
  @OptionGroup var choice: ChoiceOptions
  @OptionGroup var options: ReplayOptions

  mutating func validate() throws {
    if choice.isGiven, writeTrace != nil || timings || examples != nil {
      throw ValidationError("--where cannot be combined with --write-trace, --timings or --examples")
    }
  }

  func run() throws {
    if let examples { return Console.data(try ScenarioExamples.text(examples)) }
    let (accounts, lens) = try choice.lens().parts
    if lens.hasPlaces {
      throw ValidationError(
        "--where \(lens.words): a replay decides where jobs run, so it can be narrowed to jobs but not to compute environments; "
          + "choose them by queue, tag, user or another condition")
    }
    let (recollection, days, store) = try options.load(accounts, lens)
    if writeTrace != nil || timings {
      let oracle = Oracle(recollection, days: days, seeds: 1)
      if let writeTrace { try oracle.traceCSV().write(toFile: writeTrace, atomically: true, encoding: .utf8) }
      if timings { Console.data(ReplayStory.timings(oracle.measure())) }
      return
    }
    func show(_ table: DataTable) { options.output.show(table, in: store.currency) }
    let asked = try scenarios(recollection, days, store)
    if asked.isEmpty, !advice.isEmpty {
      return Console.message("\(Week(of: days.lowerBound)) has no advice that can be replayed.")
    }
    let backtest = options.backtest(recollection, days)
    guard !asked.isEmpty else {
      guard let backtest else { return try options.judge(nil) }
      if let narrowed = backtest.narrowed {
        show(NarrowedTable.result(narrowed, backtest, lens.words))
        return Console.message(NarrowedTable.note(lens))
      }
      show(BacktestTable.result(backtest))
      ReplayStory.tell(backtest, recollection.history)
      return
    }
    try options.judge(backtest)
    let oracle = Oracle(recollection, days: days, seeds: options.seeds)
    var refused: [KeptAnswer.Refusal] = []
    let all = try answers(asked, oracle, &refused)
    let answers = options.trusted(all, backtest) { $0.answer }
    if let backtest {
      for item in all where !answers.contains(where: { $0.id == item.id }) {
        let error = (backtest.trust(in: item.answer).error ?? 0) * 100
        if let id = item.id { refused.append(.init(advice: id, reason: "model off by \(Int(error.rounded()))%")) }
      }
    }
    if !lens.conditions.isEmpty {
      if answers.isEmpty { try refuse() }
      return tell(answers, backtest, lens, store.currency)
    }
    // Reports cover all accounts, in the currency in which most time was billed.
    if accounts.conditions.isEmpty {
      let unchanged = try oracle.answer(Scenario(name: "as it was"), posts: false)
      try ReplayKeeper(options, days).keep(
        answers.map { KeptAnswer(answer: $0.answer, advice: $0.id, backtest: backtest) }
          + [KeptAnswer(answer: unchanged, advice: nil, backtest: backtest)], refused: refused)
    }
    if answers.isEmpty { try refuse() }
    let isReading = options.output.format.isForReading
    if isReading, answers.count == 1, let one = answers.first {
      Console.result(ReplayStory.headline(one.answer, backtest, in: store.currency) + "\n\n")
      show(AnswerTable.costs(one.answer))
      Console.result("\n")
      show(AnswerTable.environments(one.answer))
      Console.result("\n")
      show(AnswerTable.queues(one.answer))
      if let words = ReplayStory.runTimes(one.answer.runTimes) { Console.message(words) }
    } else {
      show(AnswerTable.result(answers.sorted { $0.answer.saving > $1.answer.saving }, backtest))
    }
    if isReading { ReplayStory.tell(recollection.history, days) }
  }

  /// Prints the part of the chosen jobs. It is not stored: reports cover all jobs.
  private func tell(_ answers: [Answered], _ backtest: Backtest?, _ lens: Lens, _ currency: Currency) {
    if options.output.format.isForReading, answers.count == 1, let one = answers.first?.answer {
      Console.result(NarrowedTable.headline(one, backtest, lens.words, in: currency) + "\n\n")
      options.output.show(NarrowedTable.parts(one, lens.words), in: currency)
    } else {
      options.output.show(NarrowedTable.result(answers.map { $0.answer }, backtest), in: currency)
    }
    Console.message(NarrowedTable.note(lens))
  }

  private func refuse() throws {
    Console.message("No answer; --force prints it anyway.")
    throw ExitStatus.found
  }

  private typealias Asked = (scenario: Scenario, bound: Int64?, id: Int?)
  private typealias Answered = (answer: Answer, bound: Int64?, id: Int?)

  /// Of several scenarios, those without an answer are named and left out. A single scenario without one is an error.
  private func answers(
    _ asked: [Asked], _ oracle: Oracle, _ refused: inout [KeptAnswer.Refusal]
  ) throws -> [Answered] {
    var answers: [Answered] = []
    for item in asked {
      do {
        answers.append((try oracle.answer(item.scenario), item.bound, item.id))
      } catch let error as any Unanswerable where asked.count > 1 {
        Console.message("\(error)")
        if let id = item.id { refused.append(.init(advice: id, reason: error.reason)) }
      }
    }
    return answers
  }

  private func scenarios(_ recollection: Recollection, _ days: Range<Day>, _ store: LensOptions.Opened) throws
    -> [Asked]
  {
    let history = recollection.history
    let sizes = try scenario.isEmpty ? [] : store.read { try AdvisedSizes.read($0) }
    let reader = ScenarioReader(history, sizes: sizes)
    var asked: [Asked] = try scenario.map { file -> Asked in (try reader.read(file: file), nil, nil) }
    guard !advice.isEmpty else { return asked }
    let week = Week(of: days.lowerBound)
    let (known, titles) = try store.read {
      (try AdviceScenario.all($0, week: week.description, history), try Self.titles($0, week))
    }
    let chosen =
      try advice.contains("all")
      ? known.filter { (try? $0.yaml.get()) != nil }
      : advice.map { text -> AdviceScenario in
        guard let id = Int(text), let found = known.first(where: { $0.id == id }) else {
          throw ValidationError(
            "--advice \(text): \(week) has \(known.isEmpty ? "no advice" : "advice 1 to \(known.count)"), or all")
        }
        return found
      }
    for piece in chosen {
      let title = titles[piece.id] ?? ""
      let advice = "--advice \(piece.id): \"\(title)\""
      let yaml: String
      do {
        yaml = try piece.yaml.get()
      } catch .unmodelled {
        throw ValidationError("\(advice) changes nothing that a replay covers")
      } catch .unknownTypes {
        Console.message(
          "Error: \(advice) needs instance types whose size or price is unknown; collect describe-instance-types and prices "
            + "of the family")
        throw ExitStatus.failed
      }
      var scenario = try reader.read(yaml: yaml, name: "advice \(piece.id)")
      scenario.name = title
      asked.append((scenario, piece.bound, piece.id))
    }
    return asked
  }

  /// The titles of a week's advice in reports, by position.
  private static func titles(_ connection: Connection, _ week: Week) throws -> [Int: String] {
    let rows = try connection.rows(try QueryLibrary().query("advice"), parameters: Period(week).parameters)
    var titles: [Int: String] = [:]
    for index in 0..<rows.rowCount {
      guard case .integer(let position) = rows[index, "position"] else { continue }
      titles[Int(position)] = try Sentence.adviceTitle(rows, row: index)
    }
    return titles
  }
}

/// The sizes that right-sizing advises, as sizes of a scenario.
enum AdvisedSizes {
  static func read(_ connection: Connection) throws -> [ScenarioReader.AdvisedSize] {
    let history = try RightSizing.history(connection)
    return Sizing(history).advice().filter { $0.status == .advised }.map {
      ScenarioReader.AdvisedSize(
        definition: $0.group.definition,
        need: Need(
          milliVCPUs: Int32(clamping: $0.advised.milliVCPUs), memoryMiB: Int32(clamping: $0.advised.memoryMiB)))
    }
  }
}
