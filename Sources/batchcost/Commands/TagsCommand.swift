import ArgumentParser
import Domain
import Queries
import Store

struct TagsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tags",
    abstract: "Print which tags jobs carry, and how much of the cost they cover.",
    discussion: """
      Without a key, lists all keys: how many values each has, how else it is spelt, and whether it reaches the bill. With
      a key, lists its values. `tags` in batchcost.yaml says which keys name teams, projects, users and workflow runs.

        $ batchcost tags
        $ batchcost tags team --week 2026-W44
      """.paragraphs)

  @Argument(help: "The key of a tag.") var key: String?
  @OptionGroup var period: PeriodOptions
  @OptionGroup var lens: LensOptions
  @OptionGroup var output: FormatOptions
  @OptionGroup var database: DatabaseOptions

  func run() throws {
    let opened = try lens.open(database)
    let name = key == nil ? "tags" : "tag-values"
    let sql = commandQueries.first { $0.name == name }?.text ?? ""
    let query = NamedQuery(name: name, sql: sql, origin: "built in")
    let run = QueryRun(query, period: period, parameters: key.map { ["tag": $0] } ?? [:], lens: opened.lens)
    let (result, said) = try opened.read { connection in
      (try run.rows(connection), try run.assumedPeriod(connection))
    }
    if let said { Console.message(said.hint("--week, or --from and --to")) }
    if result.isEmpty {
      Console.message(key == nil ? "no job and no job definition has tags" : "nothing ran in this period")
    }
    output.show(result, in: opened.currency)
    if key == nil { Self.explain(result, opened.currency) }
  }

  /// Notes on what the table does not show.
  private static func explain(_ tags: DataTable, _ currency: Currency) {
    for row in 0..<tags.rowCount {
      guard case .text(let tag)? = tags[row, "tag"] else { continue }
      if case .text(let others)? = tags[row, "also_spelt"] { Console.message("\(tag) is also spelt \(others)") }
      if case .money(let cost)? = tags[row, "definition_usd"], cost > .zero {
        Console.message(
          "\(tag): \(currency.symbol)\(cost) of jobs do not carry it, though their job definition does: jobs do not inherit tags"
        )
      }
      if let share = tags[row, "to_bill_share"]?.number, share < 0.995 {
        Console.message(
          "\(tag): \(Int((share * 100).rounded()))% of its cost is from jobs with propagateTags; the rest does not reach the bill"
        )
      }
    }
  }
}
