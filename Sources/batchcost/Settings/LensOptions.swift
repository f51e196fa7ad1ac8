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
      Only jobs that match, such as queue=gpu, tag:team=ml,bio or name~align*; may be repeated, and all must match. Takes \
      queue, tag:NAME, user, name, definition, step, run, workflow, client, job, account, region, currency, environment; an \
      empty value matches jobs that have none.
      """)
  var conditions: [String] = []

  var isGiven: Bool { !conditions.isEmpty }

  /// - Throws: `ValidationError` for an invalid condition.
  func lens() throws -> Lens {
    do { return try Lens(conditions) } catch { throw ValidationError(error.message) }
  }
}

/// The jobs that a command is narrowed to, and how names are shown.
struct LensOptions: ParsableArguments {
  @OptionGroup var choice: ChoiceOptions

  @Option(
    name: .customLong("pseudonymise"),
    help: """
      Replace names of users, jobs, tags and accounts, always in the same way with the same KEYFILE; numbers stay. A missing \
      KEYFILE is made; only you may read it.
      """)
  var keyFile: String?

  var isGiven: Bool { choice.isGiven }

  /// The opened database: narrowed, and in one currency.
  struct Opened {
    let database: Database
    let lens: Lens
    let currency: Currency

    func read<T: Sendable>(_ body: (Connection) throws -> T) throws -> T { try database.read(body) }
  }

  /// - Throws: `ValidationError` for an invalid condition, and for one that no job meets.
  func open(_ database: DatabaseOptions) throws -> Opened { try Self.open(database, through: lens()) }

  /// - Throws: `ValidationError` for an invalid condition.
  func lens() throws -> Lens {
    var lens = try choice.lens()
    lens.pseudonyms = try keyFile.map { try PseudonymKey(file: $0).pseudonyms }
    return lens
  }

  /// What is billed in a currency, and nothing else.
  static func narrowed(to currency: Currency, _ database: DatabaseOptions) throws -> Database {
    do {
      let lens = try Lens(["currency=\(currency.rawValue)"])
      return try database.reading { try lens.open($0) }
    } catch let error as LensError { throw ValidationError(error.message) }
  }

  /// Opens what a lens chooses. If a database has several currencies and none is asked for, chooses the one in which
  /// most time was billed, and says so on standard error.
  static func open(_ database: DatabaseOptions, through lens: Lens) throws -> Opened {
    do {
      let narrowed = try lens.inOneCurrency(database.finishedPath())
      if narrowed.conditions.count > lens.conditions.count, let shown = narrowed.conditions.last {
        let others = Currency.allCases.map(\.rawValue).filter { !shown.source.hasSuffix($0) }
        Console.message("only \(shown.source); for the rest, pass --where currency=\(others.joined(separator: ","))")
      }
      let opened = try database.reading { try narrowed.open($0) }
      return Opened(database: opened, lens: narrowed, currency: try opened.read { try $0.currency() })
    } catch let error as LensError { throw ValidationError(error.message) }
  }
}
