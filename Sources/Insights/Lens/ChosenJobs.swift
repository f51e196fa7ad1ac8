import Domain
import Store

/// The jobs and hosts that a lens chooses: temporary tables from which everything else follows.
///
/// | table | rows |
/// | --- | --- |
/// | `lens_job` | `job.id` of the jobs, including parents of chosen children; empty if there are many, see `isChosen` |
/// | `lens_parent` | `job_parent.id` of chosen children |
/// | `lens_number` | what each condition accepts: queues, definitions, tag sets, accounts and regions |
/// | `lens_resource` | `resource.id` of the hosts; only if a condition is about hosts |
/// | `lens_environment` | `compute_environment.id` of these hosts; 0 if unknown |
/// | `lens_attempt` | `attempt.id` of what ran on compute environments; only if a condition names one |
struct ChosenJobs {
  let lens: Lens
  let connection: Connection
  var domains: [[LensDomain]] = []
  /// `job.id` of the chosen jobs.
  let chosen: NumberSet

  /// - Throws: `LensError` if no job has a value, or all of them, or several an id that begins with one.
  init(_ lens: Lens, _ connection: Connection) throws {
    let lens = try lens.withWholeIDs(connection)
    (self.lens, self.connection) = (lens, connection)
    chosen = NumberSet(upTo: try connection.integer("SELECT COALESCE(MAX(id), 0) FROM main.job"))
    try connection.execute(
      """
      CREATE TEMP TABLE lens_job (id INTEGER PRIMARY KEY);
      CREATE TEMP TABLE lens_parent (id INTEGER PRIMARY KEY);
      CREATE TEMP TABLE lens_number (condition INTEGER NOT NULL, id INTEGER NOT NULL, PRIMARY KEY (condition, id))
        WITHOUT ROWID;
      CREATE TEMP TABLE lens_resource (id INTEGER PRIMARY KEY);
      CREATE TEMP TABLE lens_environment (id INTEGER PRIMARY KEY);
      CREATE TEMP TABLE lens_attempt (id INTEGER PRIMARY KEY);
      """)
    domains = try lens.conditions.map { try LensDomain.all($0, connection) }
    try choosePlaces()
    try chooseJobs()
    isMany = chosen.count * 8 > Int(try connection.integer("SELECT COUNT(*) FROM main.job"))
    if isMany { connection.addSet(Self.function, chosen) } else { try write(chosen.members, "lens_job") }
  }

  func write(_ numbers: some Sequence<Int64>, _ table: String) throws {
    let rows = try RowFeed(connection, into: table, columns: 1)
    for number in numbers {
      rows.append(number)
      try rows.endRow()
    }
    try rows.flush()
  }

  private static let function = "is_chosen_job"
  private var isMany = false

  /// An SQL condition: the job is chosen. A few jobs are looked up; for many, each row is tested.
  func isChosen(_ job: String) -> String {
    isMany ? "\(Self.function)(\(job))" : "\(job) IN (SELECT id FROM lens_job)"
  }

  /// Whether all jobs are chosen, and all hosts if hosts are chosen.
  func isWhole() throws -> Bool {
    if try chosen.count < connection.integer("SELECT COUNT(*) FROM main.job") { return false }
    guard lens.isOfPlaces else { return !hasEnvironments }
    return try connection.integer(
      "SELECT NOT EXISTS (SELECT id FROM main.resource EXCEPT SELECT id FROM lens_resource)")
      == 1
  }

  /// Whether a condition is about hosts.
  var hasEnvironments: Bool { lens.conditions.contains { $0.subject == .environment } }

  /// Whether rollups have the columns for all conditions.
  var isOfRollups: Bool {
    !hasEnvironments
      && domains.allSatisfy { alternatives in
        alternatives.count == 1
          && alternatives.allSatisfy { [.queue, .definition, .tagSet, .accountRegion].contains($0.column) }
      }
  }

  /// Whether each queue's jobs are either all chosen or all left out.
  var isOfQueues: Bool {
    isOfRollups && domains.joined().allSatisfy { [.queue, .accountRegion].contains($0.column) }
  }

  /// Whether each compute environment's hosts are either all chosen or all left out; hosts in unknown environments
  /// count as one environment.
  func keepsEnvironmentsWhole() throws -> Bool {
    try connection.integer(
      """
      SELECT NOT EXISTS (
        SELECT 1 FROM main.resource r LEFT JOIN lens_resource l ON l.id = r.id
        GROUP BY COALESCE(r.compute_environment, 0) HAVING COUNT(l.id) NOT IN (0, COUNT(*)))
      """) == 1
  }

  /// Whether it may choose only some children of a parent.
  var dividesFamilies: Bool {
    hasEnvironments
      || domains.joined().contains {
        switch $0.column {
        case .identity, .id: true
        default: false
        }
      }
  }

  /// An SQL condition: the row of a rollup belongs to chosen jobs. Its columns are those of `daily_cost`.
  var rollupCondition: String {
    var parts: [String] = []
    for (index, alternatives) in domains.enumerated() {
      guard let domain = alternatives.first else { continue }
      let numbers = "(SELECT id FROM lens_number WHERE condition = \(index))"
      switch domain.column {
      case .queue: parts.append("job_queue IN \(numbers)")
      case .definition: parts.append("job_definition IN \(numbers)")
      case .tagSet: parts.append("COALESCE(tag_set, 0) IN \(numbers)")
      case .accountRegion:
        parts.append("job_queue IN (SELECT id FROM main.job_queue WHERE account_region IN \(numbers))")
      case .identity, .name, .id: break
      }
    }
    return parts.isEmpty ? "TRUE" : parts.joined(separator: " AND ")
  }
}
