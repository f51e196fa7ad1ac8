import Accounting
import Domain
import Store

extension Lens {
  /// The lens, narrowed to one currency if its data are billed in several, because amounts in two currencies are never
  /// added. It is the one in which most time was billed, unless `currency=` asks for another.
  package func inOneCurrency(_ path: String) throws -> Lens {
    if conditions.contains(where: { $0.subject == .currency }) { return self }
    let all = try Database(readingFrom: path).read { try $0.currencies() }
    guard all.count > 1 else { return self }
    let shown = conditions.isEmpty ? all : try open(path).read { try $0.currencies() }
    guard shown.count > 1, let first = shown.first else { return self }
    return and(Lens(.currency, first.rawValue, source: "currency=\(first.rawValue)"))
  }

  /// Opens a database for reading, narrowed to the jobs that the lens chooses. The file does not change.
  ///
  /// - Parameter anew: compute everything again even if all jobs are chosen; this changes only the time it takes.
  /// - Throws: `LensError` if a condition names something that no job has, `StoreError` if the file cannot be read.
  package func open(_ path: String, anew: Bool = false) throws -> Database {
    if conditions.isEmpty, pseudonyms == nil { return try Database(readingFrom: path) }
    let leavesUnusedOut = !isOfPlaces
    let pseudonyms = pseudonyms
    let standIns = StandIns(
      isUnknown: { leavesUnusedOut && Self.isOfUnusedCost($0) }, shown: { pseudonyms?.name(.pattern, $0) ?? $0 })
    let database = try Database(readingFrom: path, through: standIns)
    standIns.add(
      try database.read { connection in
        pseudonyms?.register(connection)
        return try LensTables(ChosenJobs(self, connection), connection, anew: anew).makers()
      })
    return database
  }

  /// Whether a column of a query is about unused cost.
  private static func isOfUnusedCost(_ column: String) -> Bool {
    column.contains("unused") || column.hasPrefix("packing_")
  }
}
