import Domain
import Store

/// What is derived from the finished tables of the ledger, however much of them was written: findings about the whole,
/// calendar, history of days, settings and summary.
struct LedgerClosing {
  let connection: Connection

  func close(_ settings: LedgerSettings, asOf: Instant) throws {
    try writeFindings()
    try writeMemoryReasons()
    try writeCalendar(asOf)
    try DayHistory.record(connection, asOf: asOf)
    try writeSettings(settings, asOf)
  }

  /// - Parameter postings: their number, which takes long to count.
  func summary(postings: Int) throws -> LedgerSummary {
    var summary = LedgerSummary()
    enum Field: Int32, SelectedColumn {
      case instances, fargateTasks, trainingJobs, attempts, cost, costInCNY, unpriced
      var sql: String {
        let isInChina = "account_region IN (SELECT id FROM account_region WHERE \(Currency.isCNY("region")))"
        return switch self {
        case .instances: "SUM(kind = 'instance')"
        case .fargateTasks: "SUM(kind = 'fargate-task')"
        case .trainingJobs: "SUM(kind = 'training-job')"
        case .attempts: "SUM(CASE WHEN kind IN ('instance', 'fargate-task', 'training-job') THEN attempts END)"
        case .cost: "SUM(CASE WHEN NOT \(isInChina) THEN cost END)"
        case .costInCNY: "SUM(CASE WHEN \(isInChina) THEN cost END)"
        case .unpriced: "SUM(unpriced_ms > 0)"
        }
      }
    }
    let rows = try connection.prepare("SELECT \(Field.list) FROM resource")
    if try rows.step() {
      summary.instances = Int(rows.integer(Field.instances))
      summary.fargateTasks = Int(rows.integer(Field.fargateTasks))
      summary.attempts = Int(rows.integer(Field.attempts))
      summary.cost = Money(nanodollars: rows.integer(Field.cost))
      summary.trainingJobs = Int(rows.integer(Field.trainingJobs))
      summary.costInCNY = Money(nanodollars: rows.integer(Field.costInCNY))
      summary.unpriced = Int(rows.integer(Field.unpriced))
      rows.reset()
    }
    summary.unplaced = Int(try connection.integer("SELECT COUNT(*) FROM unplaced"))
    summary.attempts += summary.unplaced
    summary.findings = Int(try connection.integer("SELECT COUNT(*) FROM ledger_finding"))
    summary.postings = postings
    return summary
  }

  private func writeMemoryReasons() throws {
    try connection.execute("DELETE FROM memory_reason")
    let insert = try connection.prepare("INSERT INTO memory_reason VALUES (?)")
    for reason in Outcome.memoryReasons {
      insert.bind("\(reason)")
      try insert.run()
    }
  }

  // MARK: Findings

  private func writeFindings() throws {
    let global = [
      "unplaced", "unknown-nodes", "storage-unknown", "jobs-unknown", "size-unknown", "absurd-type",
      "after-collection-attempts", "currency",
    ]
    try connection.execute(
      "DELETE FROM ledger_finding WHERE check_name IN (\(global.map { "'\($0)'" }.joined(separator: ", ")))")
    let writer = try FindingWriter(connection)
    enum Field: Int32, SelectedColumn {
      case day, count, ms
      var sql: String {
        switch self {
        case .count: "COUNT(*)"
        case .ms: "SUM(\(name))"
        default: name
        }
      }
    }
    let rows = try connection.prepare("SELECT \(Field.list) FROM unplaced GROUP BY day")
    while try rows.step() {
      let day = Day(number: Int32(rows.integer(Field.day)))
      let attempts = rows.integer(Field.count)
      try writer.write(
        Finding(
          "unplaced", .warning, subject: "\(attempts) attempt\(attempts == 1 ? "" : "s") on \(day)",
          message: "instance unknown: the time is counted, the cost is unknown", day: day,
          milliseconds: rows.integer(Field.ms)
        ))
    }
    try writeSizeless(writer)
    try writeUnknownNodes(writer)
    try writeAbsurdTypes(writer)
    try writeCurrencies(writer)
    try writeLaterAttempts(writer)
    let lacksVolumes = """
      SELECT EXISTS (SELECT 1 FROM resource WHERE kind = 'instance')
        AND NOT EXISTS (SELECT 1 FROM volume WHERE instance_id IS NOT NULL AND size_gib IS NOT NULL)
      """
    if try connection.integer(lacksVolumes) == 1 {
      try writer.write(
        Finding(
          "storage-unknown", .note, subject: "EBS volumes",
          message: "none was collected (DescribeVolumes): their cost is not in these numbers"))
    }
    // AWS, where it was asked, said that there were none.
    let lacksJobs = """
      SELECT EXISTS (SELECT 1 FROM resource WHERE kind = 'instance') AND NOT EXISTS (SELECT 1 FROM job)
        AND NOT EXISTS (SELECT 1 FROM collection WHERE source <> 'file')
      """
    if try connection.integer(lacksJobs) == 1 {
      try writer.write(
        Finding(
          "jobs-unknown", .warning, subject: "Batch jobs",
          message: "none was collected (DescribeJobs): whether any ran is unknown, and all cost counts as unused"))
    }
  }

  /// Jobs on ECS reserve both. AWS CLI 2.9.19, for one, leaves out `ecsProperties`.
  private func writeSizeless(_ writer: FindingWriter) throws {
    let attempts = try connection.integer(
      """
      SELECT COUNT(*) FROM attempt
      WHERE (milli_vcpus = 0 OR memory_mib = 0) AND started_at_ms IS NOT NULL
        AND platform IN (\(JobPlatform.ec2.rawValue), \(JobPlatform.fargate.rawValue))
      """)
    guard attempts > 0 else { return }
    let isOne = attempts == 1
    try writer.write(
      Finding(
        "size-unknown", .warning, subject: "\(attempts) attempt\(isOne ? "" : "s")",
        message: "no source says how many vCPUs or how much memory \(isOne ? "it" : "they") reserved: what "
          + "\(isOne ? "it" : "they") held of instances counts as unused"))
  }

  private func writeUnknownNodes(_ writer: FindingWriter) throws {
    enum Field: Int32, SelectedColumn {
      case node, count, ms
      var sql: String {
        switch self {
        case .count: "COUNT(*)"
        case .ms: "SUM(u.\(name))"
        default: "a.\(name)"
        }
      }
    }
    let rows = try connection.prepare(
      """
      SELECT \(Field.list) FROM unplaced u CROSS JOIN attempt a ON a.id = u.attempt
      WHERE a.platform = \(JobPlatform.eks.rawValue) GROUP BY a.node ORDER BY SUM(u.ms) DESC, a.node LIMIT 20
      """)
    while try rows.step() {
      let attempts = "\(rows.integer(Field.count)) attempt\(rows.integer(Field.count) == 1 ? "" : "s") on EKS"
      let node = rows.optionalText(Field.node)
      try writer.write(
        Finding(
          "unknown-nodes", .warning, subject: node ?? attempts,
          message: node == nil
            ? "Batch does not say on which node"
            : "\(attempts): no instance that ran then is known by this node's name; "
              + "describe-instances has it while the instance runs, and so does `kubectl get nodes -o json`",
          milliseconds: rows.integer(Field.ms)))
    }
  }

  private func writeAbsurdTypes(_ writer: FindingWriter) throws {
    enum Field: Int32, SelectedColumn {
      case name, milliVcpus, memoryMib, gpus
    }
    let rows = try connection.prepare("SELECT \(Field.list) FROM instance_type")
    while try rows.step() {
      let known = Plausible.resources(
        milliVCPUs: rows.integer(Field.milliVcpus), memoryMiB: rows.integer(Field.memoryMib),
        gpus: rows.integer(Field.gpus))
      if known != nil { continue }
      try writer.write(
        Finding(
          "absurd-type", .warning, subject: rows.text(Field.name),
          message: "its vCPUs, memory or GPUs are not plausible: treated as unknown until it is collected again"))
    }
  }

  /// Places that are billed in a currency other than dollars.
  private func writeCurrencies(_ writer: FindingWriter) throws {
    try connection.each(
      """
      SELECT DISTINCT a.region FROM resource r JOIN account_region a ON a.id = r.account_region
      WHERE \(Currency.isCNY("a.region")) ORDER BY a.region
      """
    ) { (region: String) in
      try writer.write(
        Finding(
          "currency", .note, subject: region,
          message: "is billed in CNY: its amounts are in CNY, in separate totals, and never added to dollars"))
    }
  }

  /// Clock differences, and attempts that start during a live collection, are no finding.
  private func writeLaterAttempts(_ writer: FindingWriter) throws {
    let late = try connection.integer(
      """
      SELECT COUNT(*) FROM later l JOIN attempt t ON t.id = CAST(l.name AS INTEGER) JOIN job j ON j.id = t.job
      WHERE l.kind = 'attempt' AND t.started_at_ms > \(millisecondsPerHour) + (
        SELECT MAX(c.as_of_ms) FROM collection c WHERE c.account_region = j.account_region)
      """)
    guard late > 0 else { return }
    try writer.write(
      Finding(
        "after-collection-attempts", .warning, subject: "\(late) attempt\(late == 1 ? "" : "s")",
        message: "started after the time of collection: not charged"))
  }

  // MARK: Calendar and settings

  /// Every day from the first in the ledger to the day of collection, whether or not anything ran: a week has seven
  /// days.
  private func writeCalendar(_ asOf: Instant) throws {
    try connection.execute("DELETE FROM calendar")
    guard let known = try knownDays(asOf) else { return }
    let rows = try TableWriter<CalendarColumn>(connection)
    for number in known.lowerBound...max(known.upperBound, Int64(asOf.day.number)) {
      let day = Day(number: Int32(number))
      rows.put(.day, number)
      rows.put(.date, day.description)
      rows.put(.week, day.weekDescription)
      rows.put(.month, String(day.description.prefix(7)))
      rows.put(.weekday, day.weekday + 1)
      let isCut = day == asOf.day
      rows.put(.until, isCut ? String(asOf.description.dropFirst(11).prefix(5)) : nil)
      try rows.write()
    }
  }

  /// Days of charges, and of attempts without one; if there are none at all, days of jobs, which wait or never started.
  private func knownDays(_ asOf: Instant) throws -> ClosedRange<Int64>? {
    let run = "SELECT day FROM daily_cost UNION SELECT day FROM unplaced"
    let jobs = """
      SELECT created_at_ms / \(millisecondsPerDay) AS day FROM job
      WHERE created_at_ms BETWEEN \(Plausible.times.lowerBound) AND \(asOf.milliseconds)
      """
    for days in [run, jobs] {
      let first = try connection.integer("SELECT COALESCE(MIN(day), 0) FROM (\(days))")
      let last = try connection.integer("SELECT COALESCE(MAX(day), -1) FROM (\(days))")
      if first <= last { return first...last }
    }
    return nil
  }

  private func writeSettings(_ settings: LedgerSettings, _ asOf: Instant) throws {
    try connection.execute("DELETE FROM ledger_setting")
    let values =
      [
        ("weights", settings.scheme.name), ("spot_price_rule", settings.spotRule.rawValue),
        ("collected_at", asOf.description), ("collected_at_ms", String(asOf.milliseconds)),
        ("unused_policy", "separate"),
        try CollectionTimes(connection, asOf: settings.asOf).stored,
      ] + (settings.asOf.map { [("as_of", $0.description)] } ?? [])
    let rows = try TableWriter<LedgerSettingColumn>(connection)
    for (name, value) in values {
      rows.put(.name, name)
      rows.put(.value, value)
      try rows.write()
    }
  }
}

/// Writes rows of `ledger_finding`.
struct FindingWriter {
  private let rows: TableWriter<LedgerFindingColumn>

  init(_ connection: Connection) throws {
    rows = try TableWriter(connection, replacing: true)
  }

  func write(_ finding: Finding) throws {
    rows.put(.checkName, finding.check)
    rows.put(.severity, finding.severity.rawValue)
    rows.put(.subject, finding.subject)
    rows.put(.message, finding.message)
    rows.put(.day, finding.day.map { Int64($0.number) })
    rows.put(.amountMs, finding.milliseconds)
    try rows.write()
  }
}
