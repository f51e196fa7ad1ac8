import Domain
import Store

/// What one scope cost on one UTC day, and why. Money is in nanodollars.
struct DayFigures: Equatable, Sendable {
  /// Attempt and startup cost of attempts that counted.
  var work: Int64 = 0
  /// Attempt and startup cost of retried or failed attempts.
  var retried: Int64 = 0
  var unused: Int64 = 0
  /// Reserved, in milli-vCPU × ms, by attempts that counted.
  var resourceTime: Int64 = 0
  /// Jobs whose first attempt began.
  var jobs: Int64 = 0
  var time = PricedTime()

  var cost: Int64 { work + retried + unused }
}

/// The daily cost of one scope, without gaps, from the ledger's first day to the last that had ended at the time of
/// collection.
struct DailySeries: Equatable, Sendable {
  enum Kind: String, CaseIterable, Sendable {
    case everything
    case jobQueue = "job-queue"
    /// All revisions together.
    case jobDefinition = "job-definition"
    /// `team=ml`; array children have their parent's tags.
    case tag
    /// Capacity that no job reserved, of all environments.
    case unused
  }

  var kind: Kind
  /// Empty for everything.
  var name: String
  var firstDay: Day
  /// From `firstDay` on, one a day.
  var days: [DayFigures]
  /// For the day of collection, up to then.
  var today = DayFigures()

  func day(_ index: Int) -> Day { firstDay + Int32(index) }

  /// All scopes of a kind in the ledger, by name. Only the scope of everything has unused cost.
  ///
  /// - Complexity: O(n) in the rows of `daily_cost`.
  static func read(_ kind: Kind, _ rollups: Rollups, _ connection: Connection) throws -> [DailySeries] {
    read(try ScopeNames(kind, connection), rollups.daily.rows, rollups)
  }

  /// Passes the tags of each queue's jobs, one queue after the other.
  static func eachQueuesTags(
    _ rollups: Rollups, _ connection: Connection, _ body: ([DailySeries]) -> Void
  ) throws {
    let queues = try ScopeNames(.jobQueue, connection)
    let tags = try ScopeNames(.tag, connection)
    for (queue, rows) in Dictionary(grouping: rollups.daily.rows, by: { queues.scopes(of: $0).first })
    where queue != nil { body(read(tags, ContiguousArray(rows), rollups)) }
  }

  private static func read(
    _ names: ScopeNames, _ rows: ContiguousArray<DailyCostTable.Row>, _ rollups: Rollups
  ) -> [DailySeries] {
    let (kind, first) = (names.kind, rollups.daily.firstDay)
    let count = max(0, Int(rollups.asOf.day.number - first.number))
    let empty = [DayFigures](repeating: DayFigures(), count: count)
    var series = names.names.map { DailySeries(kind: kind, name: $0, firstDay: first, days: empty) }
    var isKnown = [Bool](repeating: false, count: series.count)
    for row in rows {
      let index = Int(row.day - first.number)
      guard index <= count else { continue }
      for scope in names.scopes(of: row) {
        isKnown[scope] = true
        if index < count { series[scope].days[index].add(row) } else { series[scope].today.add(row) }
      }
    }
    return series.indices.filter { isKnown[$0] }.map { series[$0] }
  }
}

/// The scopes of a kind to which a row of `daily_cost` belongs.
struct ScopeNames {
  let kind: DailySeries.Kind
  /// Sorted.
  private(set) var names: [String] = []
  /// Positions in `names` by row of the queue, the definition or the tag set.
  private var positions: [Int32: [Int]] = [:]

  init(_ kind: DailySeries.Kind, _ connection: Connection) throws {
    self.kind = kind
    let sql: String
    switch kind {
    case .everything, .unused:
      names = [""]
      return
    // Of several accounts or regions, queues of one name are told apart.
    case .jobQueue: sql = "SELECT id, name FROM named_queue"
    case .jobDefinition: sql = "SELECT id, name FROM job_definition"
    case .tag: sql = "SELECT tag_set, name || '=' || value FROM tag"
    }
    var pairs: [(id: Int32, name: String)] = []
    try connection.each(sql) { (id: Int64, name: String) in pairs.append((Int32(id), name)) }
    names = Set(pairs.map(\.name)).sorted()
    let order = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, $0) })
    for pair in pairs { if let position = order[pair.name] { positions[pair.id, default: []].append(position) } }
  }

  func scopes(of row: DailyCostTable.Row) -> [Int] {
    switch kind {
    case .everything: Self.whole
    case .unused: row.isUnused ? Self.whole : []
    case .jobQueue: row.isUnused ? [] : positions[row.queue] ?? []
    case .jobDefinition: row.isUnused ? [] : positions[row.definition] ?? []
    case .tag: row.isUnused ? [] : positions[row.tagSet] ?? []
    }
  }

  private static let whole = [0]
}
