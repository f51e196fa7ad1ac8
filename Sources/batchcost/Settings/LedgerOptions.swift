import Accounting
import ArgumentParser
import Domain
import Insights
import Store

/// How the ledger is computed.
struct LedgerOptions: ParsableArguments {
  @Option(
    help: """
      Weights: split-cost, a ratio vCPU:GB[:GPU] such as 9:1:95, cpu-only, memory-only, max-share, gpu-only, \
      opencost. [default: the configuration file's, else the ledger's own, else split-cost]
      """)
  var weights: WeightScheme?

  @Option(
    help: """
      Spot price of an instance-hour: instance-hour (as billed) or continuous (a cross-check). [default: the configuration \
      file's, else the ledger's own, else instance-hour]
      """)
  var spotPrice: SpotPriceRule?

  @Flag(help: "Print how much time and memory each step took.") var timings = false

  /// - Parameter stored: the settings that the ledger was built with.
  func settings(over stored: LedgerSettings = LedgerSettings(), asOf: Instant? = nil) throws -> LedgerSettings {
    let file = try ConfigurationFile.load()
    var settings = stored
    settings.asOf = asOf
    if let scheme = weights ?? file.weights { settings.scheme = scheme }
    if let rule = spotPrice ?? file.spotPriceRule { settings.spotRule = rule }
    return settings
  }

  /// Updates ledger and insights, and says what was done.
  ///
  /// - Parameters:
  ///   - asOf: used instead of the time of collection.
  ///   - anew: compute and write everything again.
  @discardableResult
  func build(_ database: Database, asOf: Instant? = nil, anew: Bool = false) throws -> LedgerSummary {
    let stored = try database.read { try LedgerSettings(storedIn: $0) }
    let (settings, insights) = (try settings(over: stored, asOf: asOf), try InsightSettings.configured())
    var stopwatch = Stopwatch()
    let summary = try Ledger.build(database, settings: settings, anew: anew)
    let ledgerTook = stopwatch.lap()
    // Earlier builds checked what this one did not touch.
    let failures: @Sendable (Connection) throws -> [LedgerCheck.Failure] = { [days = summary.changedDays] in
      try LedgerCheck.failures($0, of: days)
    }
    var checks: SideReading<[LedgerCheck.Failure]>?
    try Insights.build(database, settings: insights, anew: anew) {
      checks = database.readBeside(inTurn: true, failures)
    }
    Console.message(summary.sentence)
    for sentence in try database.read(insights.unknownNames) { Console.message("batchcost.yaml: \(sentence)") }
    try LedgerCheck.proclaim(checks?.value() ?? database.read(failures))
    say("ledger", ledgerTook)
    say("insights", stopwatch.lap())
    return summary
  }

  /// Prints what a step took, if that was asked for.
  func say(_ step: String, _ took: String) {
    if timings { Console.message("\(step): \(took)") }
  }
}

extension LedgerCheck {
  /// Reports loudly what does not hold.
  ///
  /// - Throws: `ExitStatus.found` if anything does not.
  static func proclaim(_ failures: [Failure]) throws {
    if failures.isEmpty { return }
    Console.message("error: THE LEDGER DOES NOT ADD UP: do not use its numbers, and report this as a bug")
    for failure in failures.prefix(10) { Console.message("  \(failure.message)") }
    if failures.count > 10 { Console.message("  and \(failures.count - 10) more (`batchcost ledger check`)") }
    throw ExitStatus.found
  }
}

extension InsightSettings {
  /// The built-in settings, overridden by the configuration file.
  static func configured() throws -> InsightSettings {
    var settings = InsightSettings()
    let file = try ConfigurationFile.load()
    settings.clients = file.clients
    settings.tags = file.tags
    settings.budgets = file.limits
    settings.checkpoints = file.checkpoints
    return settings
  }
}

extension WeightScheme: ExpressibleByArgument {
  public init?(argument: String) { self.init(argument) }
}

extension SpotPriceRule: ExpressibleByArgument {}

extension Instant: ExpressibleByArgument {
  public init?(argument: String) { self.init(argument) }
}

extension Day: ExpressibleByArgument {
  public init?(argument: String) { self.init(argument) }
}
