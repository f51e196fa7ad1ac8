import Domain
import Reporting
import Store

/// The store's named queries as a report sees them: what the `report` command does.
package struct StoreSource: QuerySource {
  var database: Database
  var library = QueryLibrary()

  package init(database: Database) { self.database = database }

  package var queryNames: [String] { library.names }

  package func rows(_ query: String, parameters: [String: String]) throws -> Reporting.QueryResult {
    let query = try library.query(query)
    let result = try database.read { try $0.rows(query, parameters: parameters) }
    return Reporting.QueryResult(columns: result.columns, rows: result.rows.map { $0.map(Self.cell) })
  }

  private static func cell(_ cell: Store.Cell) -> Reporting.Cell {
    switch cell {
    case .null: .null
    case .integer(let value): .integer(value)
    case .real(let value): .real(value)
    case .text(let text): .text(text)
    case .money(let money): .money(money)
    case .instant(let instant): .text(instant.description)
    }
  }
}
