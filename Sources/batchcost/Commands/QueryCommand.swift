import ArgumentParser
import Domain
import Store

struct QueryCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "query",
    abstract: "Run a named query.",
    discussion: """
      Without a name, lists the queries. Files in ./Queries and in the configuration folder's Queries replace built-in
      queries of the same name. A period or a parameter that a query does not take is an error. Without a period, a query
      that takes one covers the last whole ISO week, as `report` and `check` do, unless its header says `period: all`; a
      line on standard error says which. Pass --all for the whole history.

        $ batchcost query cost-by-queue --week 2026-W44 --format csv
        $ batchcost query cost-by-tag --param tag=team
        $ batchcost query cost-by-day --where queue=gpu --where 'name~align*'
      """.paragraphs)

  @Argument(help: "The query's name.") var name: String?
  @OptionGroup var period: PeriodOptions
  @OptionGroup var lens: LensOptions
  @OptionGroup var output: FormatOptions
  @Flag(help: "Cover everything collected, not the last whole week.") var all = false
  @Option(name: .customLong("param"), help: "A parameter of the query, as name=value; may be repeated.")
  var parameters: [String] = []
  @Flag(help: "Print the query's SQL instead of running it.") var sql = false
  @OptionGroup var database: DatabaseOptions

  mutating func validate() throws {
    if all, period.isGiven { throw ValidationError("--all cannot be combined with --from, --to or --week") }
  }

  func run() throws {
    let library = QueryLibrary(folders: ["Queries", "\(ConfigurationFile.userFolder)/Queries"])
    guard let name else {
      let rows = try library.names.map { [Cell.text($0), .text(try library.query($0).title)] }
      output.show(DataTable(["query", "description"], rows: rows))
      return
    }
    let query = try Self.query(name, in: library)
    if sql {
      Console.result(query.sql)
      return
    }
    var values: [String: String] = [:]
    for parameter in parameters {
      guard let mark = parameter.firstIndex(of: "=") else {
        throw ValidationError("--param \(parameter): not name=value")
      }
      values[String(parameter[..<mark])] = String(parameter[parameter.index(after: mark)...])
    }
    let opened = try lens.open(database)
    var run = QueryRun(query, period: period, parameters: values, lens: opened.lens)
    run.isOfAll = all || query.isOfAll
    let (result, said) = try opened.read { connection in
      (try run.rows(connection), try run.assumedPeriod(connection))
    }
    if let said { Console.message(said.hint("--week, --from, --to or --all")) }
    output.show(result, in: opened.currency)
    if lens.isGiven { Console.message(opened.lens.note(of: query, columns: result.names)) }
  }

  private static func query(_ name: String, in library: QueryLibrary) throws -> NamedQuery {
    do { return try library.query(name) } catch {
      if error.kind == .asked { throw ValidationError("\(error.message); `batchcost query` lists them") }
      throw error
    }
  }
}
