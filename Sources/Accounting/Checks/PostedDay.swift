import Domain
import Store

/// The postings of a resource and day, added up.
struct PostedDay {
  var resource: Int64
  var day: Int32
  /// Nil if none of them is priced.
  var cost: Int128?
  /// Nil if none has an On-Demand price.
  var onDemand: Int128?
  var milliseconds: Int128 = 0
  var unused: Int128 = 0
  var unusedByInstance: Int128 = 0
  var unusedByAWS: Int128 = 0
}

/// The data that checks use: the ledger, or the part of it for some days, read in one pass over its postings.
struct CheckedLedger {
  /// Ordered by resource.
  private(set) var posted: [PostedDay] = []
  /// Ids of postings with any negative value.
  private(set) var negative: [Int64] = []
  let connection: Connection
  /// Nil for all.
  private let days: Set<Day>?

  /// - Parameter days: nil for all.
  /// - Complexity: O(n) in the number of postings; for some days, in the number of postings of the resources that ran
  ///   on them.
  init(_ connection: Connection, of days: Set<Day>?) throws {
    self.connection = connection
    self.days = days
    if days == nil {
      try read("posting NOT INDEXED")
      return
    }
    let resources = try connection.column(
      "SELECT DISTINCT resource FROM resource_day WHERE \(hasDay) ORDER BY resource", of: Int64.self)
    for number in resources { try read("posting WHERE \(PostingID.isOf("id", resource: "\(number)"))") }
  }

  private mutating func read(_ source: String) throws {
    let isUnused = Account.allCases.map(\.isUnused)
    enum Field: Int32, SelectedColumn {
      case id, resource, day, cost, onDemand, ms, account, unusedByInstance, unusedByAws, isNegative
      var sql: String {
        switch self {
        case .isNegative:
          """
          cost < 0 OR on_demand < 0 OR ms < 0 OR milli_vcpu_ms < 0 OR mib_ms < 0 OR gpu_ms < 0 OR unpriced_ms < 0
            OR unused_by_instance < 0 OR unused_by_aws < 0
          """
        default: name
        }
      }
    }
    var first = posted.count
    try connection.scan(Field.list, from: source) { row in
      let (resource, day) = (row.integer(Field.resource), Int32(truncatingIfNeeded: row.integer(Field.day)))
      if posted.last?.resource != resource { first = posted.count }
      // A resource's postings mostly come in order of days.
      var index = posted.count - 1
      if index < first || posted[index].day != day {
        index = posted[first...].firstIndex { $0.day == day } ?? posted.count
        if index == posted.count { posted.append(PostedDay(resource: resource, day: day)) }
      }
      let cost = row.optionalInteger(Field.cost)
      if let cost { posted[index].cost = (posted[index].cost ?? 0) + Int128(cost) }
      if let listed = row.optionalInteger(Field.onDemand) {
        posted[index].onDemand = (posted[index].onDemand ?? 0) + Int128(listed)
      }
      posted[index].milliseconds += Int128(row.integer(Field.ms))
      let account = Int(row.integer(Field.account))
      if isUnused.indices.contains(account), isUnused[account] { posted[index].unused += Int128(cost ?? 0) }
      posted[index].unusedByInstance += Int128(row.integer(Field.unusedByInstance))
      posted[index].unusedByAWS += Int128(row.integer(Field.unusedByAws))
      if row.integer(Field.isNegative) == 1 { negative.append(row.integer(Field.id)) }
    }
  }

  // MARK: Conditions

  /// A condition on the column `day`.
  var hasDay: String {
    guard let days else { return "1" }
    return "day IN (\(days.map { String($0.number) }.joined(separator: ", ")))"
  }

  /// A condition on a column with numbers of resources.
  func hasResource(_ column: String) -> String {
    days == nil ? "1" : "\(column) IN (SELECT resource FROM resource_day WHERE \(hasDay))"
  }

  func has(day: Int32) -> Bool { days?.contains(Day(number: day)) ?? true }

  /// A resource's name.
  func name(of resource: Int64) throws -> String {
    try connection.first("SELECT name FROM resource WHERE id = ?", resource, of: String.self) ?? ""
  }
}
