import Base
import Domain
import MCP
import Store

extension AgentTools {
  /// The rows in one answer: by default, and at most.
  private static let (fewRows, mostRows) = (100, 1000)
  /// A query that takes longer is badly put, or belongs on the command line.
  private static let patience = Duration.seconds(30)

  var listQueries: Tool {
    Tool(
      name: "list_queries", title: "List queries",
      description: """
        The named queries: what a row of each is, its columns with units, its parameters. Pass `about` to get only those
        whose name or description contains all of its words.
        """,
      inputs: [Tool.Input("about", .text, "words to look for, such as: spot saving")]
    ) { [self] inputs in
      let words = (inputs.text("about") ?? "").lowercased().split(separator: " ")
      let listed = try open().read { connection in
        try library.names.map { try library.query($0) }
          .filter { query in
            let text = "\(query.name) \(query.documentation)".lowercased()
            return words.allSatisfy { text.contains($0) }
          }
          // Leaves out queries that cannot be prepared, such as a user's own with a mistake in it.
          .compactMap { try? ListedQuery($0, connection) }
      }
      guard !listed.isEmpty else { throw ToolError("no query is about all of: \(words.joined(separator: ", "))") }
      // Without a search the titles are enough to choose by.
      let text =
        words.isEmpty
        ? listed.map { "\($0.name): \($0.title)" }.joined(separator: "\n")
        : listed.map(\.text).joined(separator: "\n\n")
      return ToolAnswer(text: text, structure: words.isEmpty ? nil : ["queries": listed])
    }
  }

  var runQuery: Tool {
    Tool(
      name: "run_query", title: "Run a query",
      description: """
        Runs a named query and returns its rows. Pass a period to queries that take :from and :to; without one they cover
        everything collected.
        """,
      inputs: [Tool.Input("name", .text, "the query's name, as list_queries has it", isRequired: true)]
        + Self.period + [
          Tool.Input("parameters", .textsByName, "the query's other parameters, such as {\"tag\": \"team\"}"),
          Tool.Input("limit", .integer(1...Self.mostRows), "how many rows at most; \(Self.fewRows) if not given"),
        ]
    ) { [self] inputs in
      let query = try library.query(inputs.text("name") ?? "")
      let period = try Self.period(inputs)
      let limit = inputs.integer("limit") ?? Self.fewRows
      let opened = try open()
      let (table, days) = try opened.read { connection in
        var run = QueryRun(query, period: period, parameters: inputs.textsByName("parameters"), lens: opened.lens)
        run.isOfAll = true
        return try connection.limited(to: Self.patience) {
          do {
            return (try run.rows(connection, limit: limit + 1), try run.coveredPeriod(connection))
          } catch let error as StoreError where error.kind == .asked {
            // Parameters are an input of this tool.
            throw ToolError(error.message.replacing("--param", with: "the parameter"))
          }
        }
      }
      let result = table.named(in: opened.currency)
      let rows = AgentRows(result, limit: limit, period: days)
      let shown = result.rows(Array((0..<result.rowCount).prefix(limit)))
      let count = rows.isCut ? "the first \(limit) rows; there are more" : Self.count(rows.rows.count)
      return ToolAnswer(
        text: "\(query.name), \(count)\(days.map { ", of \($0.words)" } ?? "")\n\n\(MarkdownWriter.write(shown))",
        structure: rows)
    }
  }

  private static func count(_ rows: Int) -> String { rows == 1 ? "1 row" : "\(rows) rows" }
}

/// A query as agents see it.
private struct ListedQuery: Encodable {
  let name: String
  let title: String
  let description: String
  let columns: [String]
  /// Names and types, such as `day`.
  let parameters: [String: String]

  init(_ query: NamedQuery, _ connection: Connection) throws {
    name = query.name
    title = query.title
    description = query.documentation
    let statement = try connection.prepare(query.sql)
    let types = try query.parameterTypes
    columns = statement.columnNames.map(NamedQuery.presentedName)
    parameters = Dictionary(
      statement.parameterNames.compactMap { $0?.dropFirst() }.map { name in
        let name = String(name)
        return (name, ["from", "to"].contains(name) ? "day" : (types[name] ?? .text).rawValue)
      }
    ) { first, _ in first }
  }

  var text: String {
    let taken = parameters.sorted { $0.key < $1.key }.map { "\($0.key) (\($0.value))" }
    return "\(name)\(taken.isEmpty ? "" : "; takes \(taken.joined(separator: ", "))")\n"
      + "columns: \(columns.joined(separator: ", "))\n\(description)"
  }
}
