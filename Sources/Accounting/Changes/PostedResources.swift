import Store

/// The resources on which attempts may have postings.
package enum PostedResources {
  /// Writes their kinds and names to the temporary table `scope_resource`.
  ///
  /// - Parameter attempts: a SELECT of the attempts' ids.
  package static func follow(_ attempts: String, _ connection: Connection) throws {
    let tables = try ScopeTables(connection)
    try tables.addAttempts(attempts)
    try tables.followAttempts()
    _ = try tables.finish()
  }
}
