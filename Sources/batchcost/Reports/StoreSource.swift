import Domain
import Reporting
import Store

/// The store's named queries, for reports.
struct StoreSource: QuerySource {
  let database: Database
  let library: QueryLibrary

  var queryNames: [String] { library.names }

  func rows(_ name: String, parameters: [String: String]) throws -> DataTable {
    let query = try library.query(name)
    return try database.read { try $0.rows(query, parameters: parameters) }
  }
}
