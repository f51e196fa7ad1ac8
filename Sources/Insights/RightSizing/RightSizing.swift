import Accounting
import Domain
import Store

/// What jobs and compute environments should ask for, from the ledger and from measured usage.
package enum RightSizing {
  /// Percentiles and memory margins that the back-test compares with the current settings.
  static let compared: [(percentile: Int, margin: Int)] = [
    (90, 0), (90, 15), (90, 30), (95, 0), (95, 15), (95, 30), (95, 50), (99, 30), (100, 0), (100, 30), (100, 50),
  ]

  static let tables = [
    "right_sizing", "right_sizing_day", "measured_day", "right_sizing_back_test", "implausible_usage",
  ]

  /// Rows of its tables.
  struct Results: Sendable {
    var history: UsageHistory
    var advice: [SizeAdvice]
    var trials: [(settings: SizingSettings, test: BackTest)]
  }

  static func compute(
    _ connection: Connection, _ view: LedgerView, settings: SizingSettings = SizingSettings()
  ) throws -> Results {
    let sizing = Sizing(try history(connection, view), settings)
    return Results(
      history: sizing.history, advice: sizing.advice(),
      trials: trials(settings).map { ($0, sizing.with($0).backTest()) }.filter { $0.test.fitted > 0 })
  }

  /// The usage data; empty if nothing was measured.
  package static func history(_ connection: Connection) throws -> UsageHistory {
    // Identities are stored once insights are built; computed from only some jobs they might differ.
    let isKept = try connection.integer("SELECT EXISTS (SELECT 1 FROM job_identity)") == 1
    return try history(
      connection,
      isKept ? JobIdentities(stored: connection) : JobIdentities(connection, ClientRule.read(connection)))
  }

  /// Advice always uses all attempts of a step, even if few are new: percentiles do not add up.
  private static func history(_ connection: Connection, _ view: LedgerView) throws -> UsageHistory {
    if !view.scope.isPart { return try history(connection, view.jobs.identities) }
    let isMeasured = try connection.integer("SELECT EXISTS (SELECT 1 FROM task_usage)") == 1
    return isMeasured ? try history(connection, JobIdentities(stored: connection)) : UsageHistory()
  }

  static func history(_ connection: Connection, _ identities: JobIdentities) throws -> UsageHistory {
    var reader = UsageReader(connection, identities)
    return try reader.read()
  }

  /// The current settings, and others to compare: with every peak covered, and by percentile and margin alone.
  static func trials(_ settings: SizingSettings) -> [SizingSettings] {
    var trials = [settings]
    for (percentile, margin) in compared {
      for covers in [true, false] {
        var trial = settings
        trial.percentile = percentile
        trial.memoryMarginPercent = margin
        trial.coversPeaks = covers
        if !trials.contains(trial) { trials.append(trial) }
      }
    }
    return trials
  }
}

extension RightSizing.Results {
  func write(_ connection: Connection, settings: SizingSettings = SizingSettings()) throws {
    let writer = SizingWriter(connection)
    try writer.write(advice)
    try writer.writeMeasured(history)
    try writer.writeImplausible(history)
    for trial in trials { try writer.write(trial.test, trial.settings, isDefault: trial.settings == settings) }
  }
}

extension Insight {
  static let rightSizing = Insight.beside("right-sizing", tables: RightSizing.tables, from: .reading) {
    view, connection in
    let results = try RightSizing.compute(connection, view)
    return { try results.write($0) }
  }
}
