import Domain
import Store

/// Everything that ran on some days, from which the rollups of those days are made.
enum DayScope {
  /// Nil if that is much of the ledger, or cannot be computed alone.
  static func make(_ connection: Connection, _ days: Set<Day>) throws -> FactScope? {
    let tables = try ScopeTables(connection)
    let statement = try connection.prepare("INSERT INTO scope_day VALUES (?)")
    for day in days {
      statement.bind(Int64(day.number))
      try statement.run()
    }
    try tables.addResources(
      """
      SELECT kind, name FROM resource
      WHERE id IN (SELECT resource FROM resource_day WHERE day IN (SELECT day FROM scope_day))
      """)
    if try tables.isMuch(tables.count("scope_resource"), of: tables.count("resource")) { return nil }
    try tables.followResources()
    try tables.close()
    let scope = try tables.finish()
    return try BlockScope.isTouched(connection) ? nil : scope
  }
}
