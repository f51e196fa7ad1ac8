import Store

extension Lens {
  /// Opens a database for reading, narrowed to the jobs that the lens chooses. The file stays as it is.
  ///
  /// - Throws: `LensError` where a condition names what no job has, `StoreError` where the file cannot be read.
  package func open(_ path: String) throws -> Database {
    if conditions.isEmpty, pseudonyms == nil { return try Database(readingFrom: path) }
    let leavesUnusedOut = !isOfPlaces
    let pseudonyms = pseudonyms
    let standIns = StandIns(
      isUnknown: { leavesUnusedOut && Self.isOfUnusedCost($0) }, shown: { pseudonyms?.name(.pattern, $0) ?? $0 })
    let database = try Database(readingFrom: path, through: standIns)
    standIns.add(
      try database.read { connection in
        pseudonyms?.register(connection)
        return try LensTables(ChosenJobs(self, connection), connection).makers()
      })
    return database
  }

  /// Whether a column of a query is about unused cost.
  private static func isOfUnusedCost(_ column: String) -> Bool {
    column.contains("unused") || column.hasPrefix("packing_")
  }
}
