import Store

/// A table of the database in the lake: its columns, and how its rows are split into files.
struct LakeTable: Sendable {
  struct Column: Sendable {
    let name: String
    /// Its name in the lake's files, where `account` is the AWS account.
    let stored: String
    let kind: Kind
    /// The number to add for each collector, so that ids of several databases do not clash; 0 for none.
    let shift: Int64
    /// Its position in the primary key, from 1; 0 if it is not part of it.
    let key: Int
  }

  enum Kind: String, Sendable {
    case whole = "BIGINT"
    case real = "DOUBLE"
    case text = "VARCHAR"
  }

  enum Reach: Sendable, Equatable {
    /// The same rows in every database.
    case shared
    /// Split by collector only.
    case own
    /// Split by account and region.
    case placed
    /// Split by account, region and day.
    case dated
  }

  let name: String
  let columns: [Column]
  let reach: Reach
  /// The row of `account_region`, as SQL; NULL if it has none.
  let place: String
  /// Days since 1970-01-01, as SQL.
  let day: String
  /// FROM and JOINs.
  let source: String

  /// The columns in the files: the day is in the folder's name.
  var filed: [Column] { columns.filter { !(reach == .dated && $0.name == "day") } }

  /// The folder keys of the table's files, outermost first.
  var partitions: [Column] {
    switch reach {
    case .shared, .own: []
    case .placed: Self.placeKeys
    case .dated: Self.placeKeys + [Column(name: "day", stored: "day", kind: .whole, shift: 0, key: 0)]
    }
  }

  private static let placeKeys = ["account", "region"].map {
    Column(name: $0, stored: $0, kind: .text, shift: 0, key: 0)
  }
}

extension LakeTable {
  /// What the lake holds of a database: facts, prices, ledger and insights, but not the progress of collecting and
  /// building.
  static func all(_ connection: Connection) throws -> [LakeTable] {
    let names = try connection.column(
      "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite!_%' ESCAPE '!' ORDER BY name",
      of: String.self)
    return try names.filter { !housekeeping.contains($0) }.map { try LakeTable($0, connection) }
  }

  private static let housekeeping: Set<String> = [
    "grdb_migrations", "database_identity", "checkpoint", "changed", "fact_revision", "ledger_summary",
    "witness", "told_registration", "later", "insight_change", "quiet_job", "run_job", "pool_day", "pool_work_day",
    "advice_week", "around_day",
    "compared_share", "reservation_stay", "spot_request_event",
  ]
  private static let shared: Set<String> = [
    "ledger_account", "purchase_option", "price_source", "outcome", "job_kind", "job_platform", "bill_kind",
    "bill_charge", "around_kind", "difference_kind", "memory_reason",
    "poisson_limit", "instance_type", "spot_advice", "list_price", "bill_day",
  ]
  /// The day of tables that grow with every job and hour.
  private static let days = [
    "job": "created_at_ms / 86400000", "attempt": "COALESCE(t.started_at_ms, t.stopped_at_ms, 0) / 86400000",
    "task": "COALESCE(t.created_at_ms, t.pull_started_at_ms, t.started_at_ms, 0) / 86400000",
    "instance_event": "t.at_ms / 86400000", "spot_price": "t.at_ms / 86400000",
    "resource": "t.started_at_ms / 86400000", "hourly_use": "t.hour / 24", "resource_day": "t.day",
    "posting": "t.day", "daily_cost": "t.day", "submission_day": "t.day", "on_demand_run": "t.day",
    "start_wait": "t.day", "around_part": "t.day", "job_identity": "j.created_at_ms / 86400000",
  ]
  /// Columns that lead to an account and region, the most reliable first.
  private static let ways: [(column: String, join: String, place: String)] = [
    ("account_region", "", "t.account_region"),
    ("resource", "LEFT JOIN resource r ON r.id = t.resource", "r.account_region"),
    ("job_queue", "LEFT JOIN job_queue q ON q.id = t.job_queue", "q.account_region"),
    ("job", "LEFT JOIN job j ON j.id = t.job", "j.account_region"),
    ("cluster", "LEFT JOIN cluster k ON k.id = t.cluster", "k.account_region"),
    ("attempt", "LEFT JOIN job a ON a.id = t.attempt / 1024", "a.account_region"),
    ("compute_environment", "LEFT JOIN compute_environment e ON e.id = t.compute_environment", "e.account_region"),
  ]
  /// Columns with ids that each database numbers for itself.
  private static let ids: Set<String> = [
    "account_region", "compute_environment", "job_queue", "job_definition", "tag_set", "parent", "job", "cluster",
    "container_instance", "resource", "lost_on", "job_step", "right_sizing", "bill", "next", "submission",
    "workflow_run",
    "series",
  ]

  private init(_ name: String, _ connection: Connection) throws {
    enum Field: Int32, SelectedColumn {
      case name, type, pk
    }
    let rows = try connection.prepare("SELECT \(Field.list) FROM pragma_table_xinfo(?)")
    rows.bind(name)
    var columns: [(name: String, type: String, key: Int)] = []
    while try rows.step() {
      columns.append((rows.text(Field.name), rows.text(Field.type), Int(rows.integer(Field.pk))))
    }
    let names = Set(columns.map(\.name))
    let found =
      Self.shared.contains(name) || name == "account_region" ? [] : Self.ways.filter { names.contains($0.column) }
    self.name = name
    reach =
      Self.shared.contains(name) ? .shared : found.isEmpty ? .own : Self.days[name] == nil ? .placed : .dated
    // An attempt without a queue may have an environment, and unused cost has no queue: then the next column is tried.
    source = "\(name) t " + found.map(\.join).joined(separator: " ")
    place =
      found.isEmpty
      ? "NULL" : found.count == 1 ? found[0].place : "COALESCE(\(found.map(\.place).joined(separator: ", ")))"
    day = Self.days[name].map { $0.hasPrefix("created") ? "t.\($0)" : $0 } ?? "0"
    let isPlaced = !found.isEmpty
    self.columns = columns.map { column in
      Column(
        name: column.name, stored: isPlaced && column.name == "account" ? "ledger_account" : column.name,
        kind: column.type == "TEXT" ? .text : column.type == "REAL" ? .real : .whole,
        shift: Self.shift(name, column.name, isShared: Self.shared.contains(name)), key: column.key)
    }
  }

  /// An attempt's id is its job's id × 1024 plus its number; a posting's is its resource's id × 2^20 plus its number.
  private static func shift(_ table: String, _ column: String, isShared: Bool) -> Int64 {
    switch (table, column) {
    case _ where isShared: 0
    case ("posting", "id"): step << 20
    case ("attempt", "id"), (_, "attempt"): step << 10
    case (_, "id"): step
    default: ids.contains(column) ? step : 0
    }
  }

  /// More rows than any table of one database has.
  private static let step: Int64 = 1 << 28
  /// The most collectors of one lake: the largest id stays below 2^63.
  static let mostCollectors = 1 << 15
}
