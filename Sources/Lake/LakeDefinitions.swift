import Store

/// SQL that defines tables on the lake's files, and on these tables the database's own tables and views, for Athena,
/// Trino, Spark and DuckDB.
///
/// Tables of files are called `lake_…`. The views on them have the names and shapes of the database, so that named
/// queries run on them unchanged.
struct LakeDefinitions {
  let tables: [LakeTable]
  /// The schema's own views, in an order in which they can be created: name and SELECT.
  let views: [(name: String, select: String)]
  /// Ends in a slash.
  let location: String

  /// Named as in the lake.
  var files: [(name: String, text: String)] {
    [
      ("_batchcost/athena.sql", script(athena, note: athenaNote)),
      ("_batchcost/trino.sql", script(trino, note: trinoNote)),
      ("_batchcost/spark.sql", script(spark, note: "")),
      ("_batchcost/duckdb.sql", script(duckDB, note: "")),
    ]
  }

  private let athenaNote = "-- Run the MSCK REPAIR TABLE lines again after days were added.\n\n"
  private let trinoNote =
    "-- In a schema named batchcost of a Hive catalog. Run the CALL lines again after days were added.\n\n"

  private func script(_ make: (LakeTable) -> [String], note: String) -> String {
    let own = views.map { "CREATE OR REPLACE VIEW \($0.name) AS\n\($0.select)" }
    return note + (tables.flatMap(make) + own).map { "\($0);\n\n" }.joined()
  }

  // MARK: Engines

  private func athena(_ table: LakeTable) -> [String] {
    let columns = table.filed.map { "  `\($0.stored)` \($0.kind.hive)" }.joined(separator: ",\n")
    let keys = table.partitions.map { "`\($0.stored)` \($0.kind.hive)" }.joined(separator: ", ")
    let create = """
      CREATE EXTERNAL TABLE IF NOT EXISTS lake_\(table.name) (
      \(columns)
      )\(keys.isEmpty ? "" : "\nPARTITIONED BY (\(keys))")
      STORED AS PARQUET
      LOCATION '\(folder(table))'
      TBLPROPERTIES ('parquet.compression' = 'ZSTD')
      """
    return [create] + (keys.isEmpty ? [] : ["MSCK REPAIR TABLE lake_\(table.name)"]) + [view(table)]
  }

  private func trino(_ table: LakeTable) -> [String] {
    let columns = (table.filed + table.partitions).map { "  \($0.stored) \($0.kind.rawValue)" }.joined(separator: ",\n")
    let keys = table.partitions.map { "'\($0.stored)'" }.joined(separator: ", ")
    let create = """
      CREATE TABLE IF NOT EXISTS lake_\(table.name) (
      \(columns)
      )
      WITH (format = 'PARQUET', external_location = '\(folder(table))'\
      \(keys.isEmpty ? "" : ", partitioned_by = ARRAY[\(keys)]"))
      """
    let repair = "CALL system.sync_partition_metadata('batchcost', 'lake_\(table.name)', 'FULL')"
    return [create] + (keys.isEmpty ? [] : [repair]) + [view(table)]
  }

  private func spark(_ table: LakeTable) -> [String] {
    let columns = (table.filed + table.partitions).map { "  \($0.stored) \($0.kind.spark)" }.joined(separator: ",\n")
    let keys = table.partitions.map(\.stored).joined(separator: ", ")
    let create = """
      CREATE TABLE IF NOT EXISTS lake_\(table.name) (
      \(columns)
      )
      USING parquet\(keys.isEmpty ? "" : "\nPARTITIONED BY (\(keys))")
      LOCATION '\(folder(table))'
      """
    return [create] + (keys.isEmpty ? [] : ["MSCK REPAIR TABLE lake_\(table.name)"]) + [view(table)]
  }

  private func duckDB(_ table: LakeTable) -> [String] {
    let types = table.partitions.map { "'\($0.stored)': \($0.kind.rawValue)" }.joined(separator: ", ")
    let depth = String(repeating: "*/", count: table.partitions.count)
    let options = types.isEmpty ? "hive_partitioning = false" : "hive_partitioning = true, hive_types = {\(types)}"
    let create = """
      CREATE OR REPLACE VIEW lake_\(table.name) AS
      SELECT * FROM read_parquet('\(folder(table))\(depth)*.parquet', \(options))
      """
    return [create, view(table)]
  }

  private func folder(_ table: LakeTable) -> String {
    "\(location.replacing("'", with: "''"))\(table.name)/"
  }

  // MARK: Views

  /// The table as in the database, from the files of all collectors.
  private func view(_ table: LakeTable) -> String {
    let columns = table.columns.map { $0.stored == $0.name ? $0.name : "\($0.stored) AS \($0.name)" }
    let select =
      switch table.name {
      case "calendar":
        // A day that is over for one account is over for all; a day that was still running somewhere is not over.
        "SELECT day, MIN(date) AS date, MIN(week) AS week, MIN(month) AS month, MIN(weekday) AS weekday, MAX(until) AS until\n"
          + "FROM lake_calendar GROUP BY day"
      case "ledger_setting": "SELECT name, MIN(value) AS value\nFROM lake_ledger_setting GROUP BY name"
      default:
        "SELECT \(table.reach == .shared ? "DISTINCT " : "")\(columns.joined(separator: ", "))\nFROM lake_\(table.name)"
      }
    return "CREATE OR REPLACE VIEW \(table.name) AS\n\(select)"
  }
}

extension LakeTable.Kind {
  fileprivate var hive: String {
    switch self {
    case .whole: "bigint"
    case .real: "double"
    case .text: "string"
    }
  }

  fileprivate var spark: String { self == .text ? "STRING" : rawValue }
}

extension LakeDefinitions {
  /// The schema's views, each after the ones that it reads.
  static func views(_ connection: Connection) throws -> [(name: String, select: String)] {
    var left: [(name: String, select: String)] = []
    try connection.each("SELECT name, sql FROM sqlite_master WHERE type = 'view' ORDER BY name") {
      (name: String, sql: String) in
      guard let body = sql.firstRange(of: " AS\n") ?? sql.firstRange(of: " AS ") else { return }
      left.append((name, String(sql[body.upperBound...])))
    }
    var ordered: [(name: String, select: String)] = []
    while !left.isEmpty {
      let names = left.map(\.name)
      let ready = left.filter { view in !names.contains { $0 != view.name && view.select.hasWord($0) } }
      if ready.isEmpty { return ordered + left }
      ordered += ready
      left.removeAll { view in ready.contains { $0.name == view.name } }
    }
    return ordered
  }
}

extension String {
  fileprivate func hasWord(_ word: String) -> Bool {
    split { !($0.isLetter || $0.isNumber || $0 == "_") }.contains(Substring(word))
  }
}
