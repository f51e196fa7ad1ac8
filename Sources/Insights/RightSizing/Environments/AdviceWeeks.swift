import Domain
import Store

/// The weeks whose advice is computed again: those with a day that is, and those for which anything else changed that
/// advice depends on. The advice for other weeks stays.
struct AdviceWeeks {
  /// All of them together.
  static let tables = ["advice", "graviton", "advice_week"]

  let chosen: Set<String>
  private let digests: [String: Int64]

  /// - Parameter digests: of what the advice for each week depends on, apart from what ran in it.
  init(_ connection: Connection, _ scope: InsightScope, digests: [String: Int64]) throws {
    self.digests = digests
    guard scope.isPart else {
      chosen = Set(digests.keys)
      return
    }
    var same: Set<String> = []
    try connection.each("SELECT week, digest FROM advice_week") { (week: String, digest: Int64) in
      if digests[week] == digest { same.insert(week) }
    }
    same.subtract(
      try connection.column(
        "SELECT DISTINCT week FROM calendar WHERE day IN (SELECT day FROM part_day)", of: String.self))
    chosen = Set(digests.keys).subtracting(same)
  }

  /// Removes the advice for all weeks but those that stay.
  func clear(_ connection: Connection) throws {
    let kept = digests.keys.filter { !chosen.contains($0) }.sorted().map { "'\($0)'" }.joined(separator: ", ")
    for table in Self.tables { try connection.execute("DELETE FROM \(table) WHERE week NOT IN (\(kept))") }
  }

  func write(_ connection: Connection) throws {
    let rows = try TableWriter<AdviceWeekColumn>(connection)
    for week in chosen.sorted() {
      rows.put(.week, week)
      rows.put(.digest, digests[week])
      try rows.write()
    }
  }
}

private enum AdviceWeekColumn: Int32, TableColumns {
  case week, digest
  static let table = "advice_week"
}
