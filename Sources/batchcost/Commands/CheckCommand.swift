import ArgumentParser
import Domain
import Insights
import Store

struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Compare the cost with limits; exits 3 if one is broken, 1 if none could be checked.",
    discussion: """
      Limits come from options and from `budgets` in batchcost.yaml. Without --week they apply to the last whole week
      (or, if there is none, to the last seven days of the data, as in reports) and to the month so far; with --week to
      that week and to the month in which most of it lies. Where more than one
      hundredth of what ran has no price, or nobody described the instances of more than a quarter of the cost, a
      limit that holds is unknown: what is left out could break it.

        $ batchcost check --max-weekly 5000 --max-unused 20% --budget team=ml:800
        $ batchcost check --where tag:team=ml --where queue=gpu --max-weekly 400

      In batchcost.yaml:

        budgets:
          - weekly: 5000
          - tag: team=ml
            weekly: 800
          - queue: gpu
            monthly: 3000
        max_unused: 20%
      """.paragraphs)

  @Option(help: "The most that a week may cost, in the currency of its bill.") var maxWeekly: String?
  @Option(help: "The most that a month may cost, in the currency of its bill.") var maxMonthly: String?
  @Option(help: "The largest share of the cost that may be unused, such as 20%.") var maxUnused: String?
  @Option(help: "The largest share of the cost that may go to retried or failed attempts.") var maxRetried: String?
  @Option(help: "TAG=VALUE:DOLLARS or queue=NAME:DOLLARS, a week unless /month follows; may be repeated.")
  var budget: [String] = []
  @Option(help: "An ISO week, such as 2026-W44.", transform: Week.init) var week: Week?
  @Flag(help: "Check the cost expected at the end of this week and month.") var forecast = false
  @OptionGroup var choice: ChoiceOptions
  @OptionGroup var output: FormatOptions
  @OptionGroup var database: DatabaseOptions

  func run() throws {
    let limits = try limits()
    guard !limits.isEmpty else {
      throw ValidationError(
        choice.isGiven
          ? "nothing to check: with --where, pass a limit too, such as --max-weekly 5000"
          : "nothing to check: pass a limit, such as --max-weekly 5000, or set budgets in batchcost.yaml")
    }
    let (verdicts, currencies) = try verdicts(limits)
    if output.format.isForReading { Console.result(VerdictTable.summary(verdicts) + "\n\n") }
    let table = VerdictTable(currencies: currencies, narrowing: try narrowing())
    output.show(table.result(verdicts, isForReading: output.format.isForReading), in: table.currency)
    let broken = verdicts.filter(\.isBroken)
    for verdict in broken { Console.message(table.sentence(verdict)) }
    for verdict in verdicts where verdict.isUnknown { Console.message(table.unknown(verdict)) }
    if let files = verdicts.map(\.evidence.unreadFiles).max(), files > 0 {
      Console.message(
        "\(files) file\(files == 1 ? "" : "s") could not be read, or not to \(files == 1 ? "its" : "their") end: what ran may "
          + "cost more, and less of it may be unused (`batchcost query findings`)")
    }
    if !broken.isEmpty { throw ExitStatus.found }
    // A scheduled run must not report success when it checked nothing.
    if verdicts.allSatisfy(\.isUnknown) { throw ExitStatus.failed }
  }

  /// In a database with several currencies, each limit is checked against the part billed in its own.
  private func verdicts(_ limits: [Limit]) throws -> (verdicts: [BudgetCheck.Verdict], currencies: [Currency]) {
    let whole = try database.openForReading()
    do { try whole.read { try $0.checkNames(of: limits) } } catch let error as LensError {
      throw ValidationError(error.message)
    }
    if choice.isGiven {
      let opened = try LensOptions.open(database, through: choice.lens())
      return (try verdicts(limits, opened.database), [opened.currency])
    }
    let parts = try whole.read { try $0.limitsByCurrency(limits) }
    guard parts.count > 1 else { return (try verdicts(parts.flatMap(\.limits), whole), parts.map(\.currency)) }
    let all = try parts.flatMap { currency, limits -> [BudgetCheck.Verdict] in
      if !limits.contains(where: \.isAmount) {
        Console.message(
          "no budget covers what is billed in \(currency.rawValue); give one `currency: \(currency.rawValue)`")
      }
      return try verdicts(limits, LensOptions.narrowed(to: currency, database))
    }
    return (all, parts.map(\.currency))
  }

  private func verdicts(_ limits: [Limit], _ database: Database) throws -> [BudgetCheck.Verdict] {
    try database.read { connection in
      guard try connection.integer("SELECT COALESCE(MAX(as_of_ms), 0) FROM collection") > 0 else {
        Console.message(
          "Error: nothing collected so far has a time, so there is no week to check; collect jobs and instances")
        throw ExitStatus.failed
      }
      if let week { try Period(week).check(connection) }
      return try BudgetCheck(connection, week: week?.monday, forecasts: forecast).verdicts(limits)
    }
  }

  /// What limits on everything cover, if it is not everything.
  private func narrowing() throws -> Lens? { try choice.isGiven ? choice.lens() : nil }

  private func limits() throws -> [Limit] {
    // Budgets of the file cover everything, a queue or a tag. They do not apply to a narrower selection.
    var limits = choice.isGiven ? [] : try ConfigurationFile.load().limits
    if let text = maxWeekly { limits.append(Limit(.everything, .weekly(try money(text, "--max-weekly")))) }
    if let text = maxMonthly { limits.append(Limit(.everything, .monthly(try money(text, "--max-monthly")))) }
    if let text = maxUnused { limits.append(Limit(.everything, .unusedShare(try share(text, "--max-unused")))) }
    if let text = maxRetried { limits.append(Limit(.everything, .retriedShare(try share(text, "--max-retried")))) }
    for text in budget {
      guard let limit = Limit(budget: text) else {
        throw ValidationError("--budget \(text): not TAG=VALUE:DOLLARS, such as team=ml:800 or queue=gpu:3000/month")
      }
      limits.append(limit)
    }
    return limits
  }

  private func money(_ text: String, _ option: String) throws -> Money {
    guard let money = Money(budget: text) else { throw ValidationError("\(option) \(text): not an amount of dollars") }
    return money
  }

  private func share(_ text: String, _ option: String) throws -> Double {
    guard let share = parseShare(text) else { throw ValidationError("\(option) \(text): not a share such as 20%") }
    return share
  }
}
