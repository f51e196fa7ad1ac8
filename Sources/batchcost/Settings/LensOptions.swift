import Accounting
import ArgumentParser
import Domain
import Insights
import Store

/// Which jobs are chosen.
struct ChoiceOptions: ParsableArguments {
  @Option(
    name: .customLong("where"),
    help: """
      Only jobs with this, such as queue=gpu, tag:team=ml,bio or name~align*; may be repeated, and all must hold. Of queue, \
      tag:NAME, user, name, definition, step, run, workflow, client, job, account, region, currency, environment; an empty \
      value is a job that has none.
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

  /// The database as it is asked for: narrowed, and in one currency.
  struct Opened {
    let database: Database
    let lens: Lens
    let currency: Currency

    func read<T: Sendable>(_ body: (Connection) throws -> T) throws -> T { try database.read(body) }
  }

  /// - Throws: `ValidationError` for what is no condition, and for what no job has.
  func open(_ database: DatabaseOptions) throws -> Opened { try Self.open(database, through: lens()) }

  /// - Throws: `ValidationError` for what is no condition.
  func lens() throws -> Lens {
    var lens = try choice.lens()
    lens.pseudonyms = try keyFile.map { try PseudonymKey(file: $0).pseudonyms }
    return lens
  }

  /// Opens what a lens chooses. Of a database with several currencies it is the one in which most time was billed, unless
  /// another is asked for, and standard error says so.
  static func open(_ database: DatabaseOptions, through lens: Lens) throws -> Opened {
    do {
      let narrowed = try lens.inOneCurrency(database.path())
      if narrowed.conditions.count > lens.conditions.count, let shown = narrowed.conditions.last {
        let others = Currency.allCases.map(\.rawValue).filter { !shown.source.hasSuffix($0) }
        Console.message("only \(shown.source); for the rest, pass --where currency=\(others.joined(separator: ","))")
      }
      let opened = try narrowed.open(database.path())
      return Opened(database: opened, lens: narrowed, currency: try opened.read { try $0.currency() })
    } catch let error as LensError { throw ValidationError(error.message) }
  }
}
