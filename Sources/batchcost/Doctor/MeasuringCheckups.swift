import Domain
import Store

/// How compute environments, queues and job definitions were set up when last collected: whether usage is measured, and
/// whether tags reach the bill.
struct MeasuringCheckups {
  let path: String

  func all() -> [Checkup] {
    guard
      let checkups = try? Database(readingFrom: path).read({ connection in
        try environments(connection) + queues(connection) + definitions(connection)
      })
    else { return [] }
    return checkups
  }

  // MARK: Container Insights

  private func environments(_ connection: Connection) throws -> [Checkup] {
    var checkups: [Checkup] = []
    try connection.each(
      """
      SELECT e.name, r.region, e.container_insights,
        EXISTS (SELECT 1 FROM cluster c JOIN task t ON t.cluster = c.id JOIN task_usage u ON u.task_id = t.task_id
          WHERE c.account_region = e.account_region AND SUBSTR(e.cluster_arn, -LENGTH('/' || c.name)) = '/' || c.name)
      FROM compute_environment e JOIN account_region r ON r.id = e.account_region
      WHERE e.described = 1 AND e.orchestration IS NOT 'EKS' AND e.state IS NOT 'DISABLED' ORDER BY r.region, e.name
      """
    ) { (environment: String, region: String, mode: String?, isMeasured: Bool) in
      checkups.append(Self.insights(environment: environment, region: region, mode: mode, isMeasured: isMeasured))
    }
    return checkups
  }

  /// - Parameters:
  ///   - mode: `ecsSettings.containerInsights`; nil: not set, which means off unless the cluster or the account turns it
  ///     on.
  ///   - isMeasured: whether the usage of any of its tasks is known.
  static func insights(environment: String, region: String, mode: String?, isMeasured: Bool) -> Checkup {
    let subject = "\(region) \(environment)"
    switch mode {
    case "ENABLED", "ENHANCED": return Checkup(.ok, "usage", subject, "Container Insights is on (\(mode ?? ""))")
    case nil where isMeasured:
      return Checkup(
        .ok, "usage", subject,
        "its tasks are measured although ecsSettings.containerInsights is not set: the cluster measures them"
      )
    default:
      let what = mode.map { "is \($0)" } ?? "is not set, which means off"
      return Checkup(
        .off, "usage", subject,
        "ecsSettings.containerInsights \(what): the usage of jobs is unknown, so smaller sizes cannot be advised; "
          + "`aws batch update-compute-environment --compute-environment \(environment) --ecs-settings "
          + "containerInsights=ENABLED`")
    }
  }

  // MARK: Tags

  private func queues(_ connection: Connection) throws -> [Checkup] {
    enum Field: Int32, SelectedColumn {
      case name, region, propagateTags, count
      var sql: String {
        switch self {
        case .name: "q.\(name)"
        case .propagateTags: "SUM(j.\(name))"
        case .count: "COUNT(j.propagate_tags)"
        default: "r.\(name)"
        }
      }
    }
    let rows = try connection.prepare(
      """
      SELECT \(Field.list)
      FROM job j JOIN job_queue q ON q.id = j.job_queue JOIN account_region r ON r.id = q.account_region
      WHERE j.platform IN (\([JobPlatform.ec2, .fargate].numbers)) GROUP BY q.id HAVING COUNT(j.propagate_tags) > 0 ORDER BY r.region, q.name
      """)
    var checkups: [Checkup] = []
    while try rows.step() {
      let subject = "\(rows.text(Field.region)) \(rows.text(Field.name))"
      checkups.append(
        Self.tags(
          subject, of: "job", passedOn: rows.integer(Field.propagateTags), all: rows.integer(Field.count), without: []))
    }
    return checkups
  }

  private func definitions(_ connection: Connection) throws -> [Checkup] {
    // The newest revision of each definition counts: new jobs use it.
    enum Field: Int32, SelectedColumn {
      case region, name, propagateTags
      var sql: String {
        switch self {
        case .name: "d.\(name)"
        case .propagateTags: "COALESCE(d.\(name), 0)"
        default: "r.\(name)"
        }
      }
    }
    let rows = try connection.prepare(
      """
      SELECT \(Field.list) FROM job_definition d
      JOIN account_region r ON r.id = d.account_region
      WHERE d.described = 1 AND d.state = 'ACTIVE' AND d.revision = (
        SELECT MAX(n.revision) FROM job_definition n
        WHERE n.account_region = d.account_region AND n.name = d.name AND n.described = 1 AND n.state = 'ACTIVE')
      ORDER BY r.region, d.name
      """)
    var regions: [(region: String, all: Int64, without: [String])] = []
    while try rows.step() {
      if regions.last?.region != rows.text(Field.region) { regions.append((rows.text(Field.region), 0, [])) }
      regions[regions.count - 1].all += 1
      if rows.integer(Field.propagateTags) == 0 { regions[regions.count - 1].without.append(rows.text(Field.name)) }
    }
    return regions.map { region in
      Self.tags(
        "\(region.region) job definitions", of: "active job definition", losing: "jobs that do not set it themselves",
        passedOn: region.all - Int64(region.without.count), all: region.all, without: region.without)
    }
  }

  /// - Parameters:
  ///   - losing: whose tags do not reach the bill; nil: those of the jobs without it.
  ///   - passedOn: how many propagate their tags to ECS tasks.
  ///   - without: the names of those that do not; empty if they have none.
  static func tags(
    _ subject: String, of noun: String, losing: String? = nil, passedOn: Int64, all: Int64, without: [String]
  ) -> Checkup {
    let nouns = noun + (all == 1 ? "" : "s")
    if passedOn == all {
      let what = all == 1 ? "the one \(nouns) has" : "all \(all) \(nouns) have"
      return Checkup(.ok, "tags", subject, "tags reach the bill: \(what) propagateTags")
    }
    let names = without.prefix(5).joined(separator: ", ") + (without.count > 5 ? " and \(without.count - 5) more" : "")
    return Checkup(
      .off, "tags", subject,
      "\(passedOn == 0 ? "none" : "\(passedOn)") of \(all) \(nouns) \(passedOn > 1 ? "have" : "has") propagateTags: "
        + "the tags of \(losing ?? (passedOn == 0 ? "these jobs" : "the other jobs")) do not reach the bill"
        + (names.isEmpty ? "" : "; without it: \(names)"))
  }
}
