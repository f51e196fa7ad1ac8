import Domain
import Reporting
import Store

/// The store's named queries as a report sees them, as the `report` command provides them.
package struct StoreSource: QuerySource {
  var database: Database
  var library = QueryLibrary()

  package init(database: Database) { self.database = database }

  package var queryNames: [String] { library.names }

  package func rows(_ query: String, parameters: [String: String]) throws -> DataTable {
    let query = try library.query(query)
    return try database.read { try $0.rows(query, parameters: parameters) }
  }
}
