import Accounting
import Domain
import Store

/// What jobs and compute environments should ask for, from the ledger and from measured usage.
package enum RightSizing {
  /// Percentiles, and margins of memory, that the back-test compares, beside the settings in use.
  static let compared: [(percentile: Int, margin: Int)] = [
    (90, 0), (90, 15), (90, 30), (95, 0), (95, 15), (95, 30), (95, 50), (99, 30), (100, 0), (100, 30), (100, 50),
  ]

  static let tables = [
    "right_sizing", "right_sizing_day", "measured_day", "right_sizing_back_test", "advice", "graviton",
  ]

  /// Computes all of it anew and replaces what was there. The ledger must be up to date.
  static func build(_ connection: Connection, _ view: LedgerView, settings: SizingSettings = SizingSettings()) throws {
    for table in tables { try connection.execute("DELETE FROM \(table)") }
    let sizing = Sizing(try history(connection), settings)
    let writer = SizingWriter(connection)
    try writer.write(sizing.advice())
    try writer.writeMeasured(sizing.history)
    for trial in trials(settings) {
      let test = sizing.with(trial).backTest()
      if test.fitted > 0 { try writer.write(test, trial, isDefault: trial == settings) }
    }
    try EnvironmentAdvice.write(connection, view)
  }

  /// What is known of usage; empty where nothing was measured.
  package static func history(_ connection: Connection) throws -> UsageHistory {
    var reader = UsageReader(connection)
    return try reader.read()
  }

  /// The settings in use, and others beside them: with every peak covered, and by percentile and margin alone.
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

extension Insight {
  static let rightSizing = Insight("right-sizing", tables: RightSizing.tables) { view, connection in
    try RightSizing.build(connection, view)
  }
}
