import Store

/// The resources on which attempts may have postings.
package enum PostedResources {
  /// Leaves their kinds and names in the temporary table `scope_resource`.
  ///
  /// - Parameter attempts: a SELECT of their ids.
  package static func follow(_ attempts: String, _ connection: Connection) throws {
    let tables = try ScopeTables(connection)
    try tables.addAttempts(attempts)
    try tables.followAttempts()
    _ = try tables.finish()
  }
}
