import ArgumentParser
import Insights
import Store

/// Which jobs are chosen.
struct ChoiceOptions: ParsableArguments {
  @Option(
    name: .customLong("where"),
    help: """
      Only jobs with this, such as queue=gpu, tag:team=ml,bio or name~align*; may be repeated, and all must hold. Of queue, \
      tag:NAME, user, name, definition, step, run, client, job, account, region, environment; an empty value is a job \
      that has none.
      """)
  var conditions: [String] = []

  var isGiven: Bool { !conditions.isEmpty }

  /// - Throws: `ValidationError` for what is no condition.
  func lens() throws -> Lens {
    do { return try Lens(conditions) } catch { throw ValidationError(error.message) }
  }
}

/// To which jobs a command is narrowed, and how names are shown.
struct LensOptions: ParsableArguments {
  @OptionGroup var choice: ChoiceOptions

  @Option(
    name: .customLong("pseudonymise"),
    help: """
      Replace names of users, jobs, tags and accounts, the same with the same KEYFILE; numbers stay. The file is made where \
      there is none; only you may read it.
      """)
  var keyFile: String?

  var isGiven: Bool { choice.isGiven }

  /// - Throws: `ValidationError` for what is no condition.
  func lens() throws -> Lens {
    var lens = try choice.lens()
    lens.pseudonyms = try keyFile.map { try PseudonymKey(file: $0).pseudonyms }
    return lens
  }

  /// - Throws: `ValidationError` for what is no condition, and for what no job has.
  func openForReading(_ database: DatabaseOptions) throws -> Database {
    try Self.open(database, through: lens())
  }

  static func open(_ database: DatabaseOptions, through lens: Lens) throws -> Database {
    do { return try lens.open(database.path()) } catch let error as LensError { throw ValidationError(error.message) }
  }
}
