import Domain
import Store

/// The hosts, where conditions are about places.
extension ChosenJobs {
  func choosePlaces() throws {
    guard lens.isOfPlaces || hasEnvironments else { return }
    var environments: Set<Int64>?
    for condition in lens.conditions where condition.subject == .environment {
      let found = try self.environments(condition)
      environments = environments.map { $0.intersection(found) } ?? found
    }
    let places = lens.isOfPlaces ? domains.compactMap(\.first).filter { $0.column == .accountRegion } : []
    let insert = try connection.prepare("INSERT INTO lens_resource VALUES (?)")
    enum Field: Int32, SelectedColumn {
      case id, accountRegion, computeEnvironment
      var sql: String {
        switch self {
        case .computeEnvironment: "COALESCE(\(name), 0)"
        default: name
        }
      }
    }
    let rows = try connection.prepare(
      "SELECT \(Field.list) FROM main.resource")
    while try rows.step() {
      if let environments, !environments.contains(rows.integer(Field.computeEnvironment)) { continue }
      let place = rows.integer(Field.accountRegion)
      guard places.allSatisfy({ domain in domain.condition.values.contains { domain.numbers(of: $0).contains(place) } })
      else { continue }
      insert.bind(rows.integer(Field.id))
      try insert.run()
    }
    try connection.execute(
      """
      INSERT INTO lens_environment
      SELECT DISTINCT COALESCE(r.compute_environment, 0) FROM lens_resource l JOIN main.resource r ON r.id = l.id
      """)
    guard hasEnvironments else { return }
    try connection.execute(
      """
      INSERT OR IGNORE INTO lens_attempt
      SELECT p.attempt FROM lens_resource r
        CROSS JOIN main.posting p ON \(PostingID.isOf("p.id", resource: "r.id"))
      WHERE p.attempt IS NOT NULL
      """)
  }

  /// Compute environments with hosts; 0 stands for unknown.
  private func environments(_ condition: LensCondition) throws -> Set<Int64> {
    var texts: [Int64: Set<String>] = [:]
    enum Field: Int32, SelectedColumn {
      case computeEnvironment, environment, environmentName
      var sql: String {
        switch self {
        case .computeEnvironment: "COALESCE(r.\(name), 0)"
        case .environment: "COALESCE(e.name, '')"
        case .environmentName: "COALESCE(n.name, '')"
        }
      }
    }
    let rows = try connection.prepare(
      """
      SELECT DISTINCT \(Field.list)
      FROM main.resource r
      LEFT JOIN main.compute_environment e ON e.id = r.compute_environment
      LEFT JOIN main.named_environment n ON n.id = r.compute_environment
      """)
    while try rows.step() {
      texts[rows.integer(Field.computeEnvironment)] = Set(
        [rows.text(Field.environment), rows.text(Field.environmentName)].filter { !$0.isEmpty })
    }
    var chosen: Set<Int64> = []
    for value in condition.values {
      let found = texts.filter { entry in
        value.isEmpty ? entry.value.isEmpty : entry.value.contains(where: value.matches)
      }
      if found.isEmpty { throw LensDomain.error(condition, value, known: Set(texts.values.joined())) }
      chosen.formUnion(found.keys)
    }
    return chosen
  }
}
