import Accounting
import Domain
import Store

/// The temporary tables behind an `InsightPart`.
///
/// | table | rows |
/// | --- | --- |
/// | `part_change` | jobs that changed |
/// | `part_job` | jobs that are read; `told`: with all their attempts, `known`: with identities recomputed |
/// | `part_day` | days whose rows are recomputed |
/// | `part_parent` | arrays whose rows are recomputed |
/// | `part_resource` | resources that they ran on; `posted`: postings are read |
struct PartTables {
  let connection: Connection

  /// If more than one in this many jobs is affected, computing everything is less work.
  private static let share: Int64 = 4
  /// Never for so few jobs.
  private static let few: Int64 = 20_000

  init(_ connection: Connection) throws {
    self.connection = connection
    try connection.execute(
      """
      CREATE TEMP TABLE IF NOT EXISTS part_change (id INTEGER PRIMARY KEY) STRICT;
      CREATE TEMP TABLE IF NOT EXISTS part_job (
        part_id INTEGER PRIMARY KEY, told INTEGER NOT NULL, known INTEGER NOT NULL) STRICT;
      CREATE TEMP TABLE IF NOT EXISTS part_day (day INTEGER PRIMARY KEY) STRICT;
      CREATE TEMP TABLE IF NOT EXISTS part_parent (parent INTEGER PRIMARY KEY) STRICT;
      CREATE TEMP TABLE IF NOT EXISTS part_resource (part_id INTEGER PRIMARY KEY, posted INTEGER NOT NULL) STRICT;
      CREATE TEMP TABLE IF NOT EXISTS part_work (job INTEGER PRIMARY KEY, work INTEGER NOT NULL) STRICT;
      """)
    try clear()
  }

  /// Drops everything.
  func clear() throws {
    for table in ["part_change", "part_job", "part_day", "part_parent", "part_resource", "part_work"] {
      try connection.execute("DELETE FROM \(table)")
    }
  }

  // MARK: What changed

  /// The jobs that changed, and the days affected. False if that is much.
  func readChanges() throws -> Bool {
    let start = Self.day(of: "a.started_at_ms")
    let lastDay = Self.day(of: "COALESCE(a.stopped_at_ms, (SELECT MAX(as_of_ms) FROM collection))")
    try connection.execute(
      """
      INSERT OR IGNORE INTO part_change SELECT name FROM insight_change WHERE kind IN ('job', 'cost', 'reshaped');

      INSERT OR IGNORE INTO part_day
      SELECT day FROM insight_change WHERE kind IN ('day', 'cost') AND day >= 0
      UNION SELECT p.day FROM insight_change r CROSS JOIN insight_change p ON p.kind = 'posted' AND p.name = r.name
      WHERE r.kind = 'reshaped'
      -- Its other attempts may have run on hosts that did not change.
      UNION SELECT k.day FROM insight_change r CROSS JOIN attempt a ON \(AttemptID.isOf("a.id", job: "r.name"))
        CROSS JOIN calendar k ON k.day BETWEEN \(start) AND \(lastDay)
      WHERE r.kind = 'reshaped' AND a.started_at_ms IS NOT NULL
      UNION SELECT d.day FROM insight_change c
        CROSS JOIN resource r ON r.kind = 'instance' AND r.name = c.name
        CROSS JOIN resource_day d ON d.resource = r.id
      WHERE c.kind = 'system'
      -- What their jobs name was not known before.
      UNION SELECT c.day FROM daily_cost c
      WHERE c.job_definition IN (SELECT name FROM insight_change WHERE kind = 'definition')
      UNION SELECT k.day FROM unplaced u CROSS JOIN attempt a ON a.id = u.attempt
        CROSS JOIN calendar k ON k.day BETWEEN u.day AND \(Self.lastDay(ofUnplaced: "u"))
      WHERE a.job_definition IN (SELECT name FROM insight_change WHERE kind = 'definition')
      -- What a job cost does not change when it began.
      UNION SELECT \(start) FROM insight_change c CROSS JOIN attempt a ON \(AttemptID.isOf("a.id", job: "c.name"))
      WHERE c.kind = 'job' AND a.started_at_ms IS NOT NULL
      UNION SELECT \(Self.day(of: "j.stopped_at_ms")) FROM part_change CROSS JOIN job j ON j.id = part_change.id
      WHERE j.stopped_at_ms IS NOT NULL
      -- Jobs that wait for them.
      UNION SELECT \(start) FROM insight_change c CROSS JOIN job j ON j.id = c.name
        CROSS JOIN job_dependency d ON d.depends_on = j.job_id
        CROSS JOIN job w ON w.job_id = d.job_id
        CROSS JOIN attempt a ON \(AttemptID.isOf("a.id", job: "w.id"))
      WHERE c.kind = 'job' AND a.started_at_ms IS NOT NULL
      -- What surrounds jobs is divided by their time, also on days on which no host of theirs is known.
      UNION SELECT b.day FROM insight_change c CROSS JOIN attempt a ON \(AttemptID.isOf("a.id", job: "c.name"))
        CROSS JOIN around_day b ON b.day BETWEEN \(start) AND \(lastDay)
      WHERE c.kind = 'job' AND a.started_at_ms IS NOT NULL
      UNION SELECT b.day FROM insight_change c CROSS JOIN attempt a ON a.job_definition = c.name
        CROSS JOIN around_day b ON b.day BETWEEN \(start) AND \(lastDay)
      WHERE c.kind = 'definition' AND a.started_at_ms IS NOT NULL
      -- What still runs has run longer.
      UNION SELECT b.day FROM attempt a INDEXED BY attempt_running
        CROSS JOIN around_day b ON b.day BETWEEN \(start) AND \(lastDay)
      WHERE a.stopped_at_ms IS NULL AND a.started_at_ms IS NOT NULL
      UNION SELECT p.day FROM around_part p
      WHERE \(AttemptID.job(of: "p.attempt")) IN (SELECT name FROM insight_change WHERE kind = 'job');

      INSERT OR IGNORE INTO part_parent
      SELECT j.parent FROM part_change CROSS JOIN job j ON j.id = part_change.id WHERE j.parent IS NOT NULL;

      INSERT INTO part_job SELECT id, 1, 1 FROM part_change;

      -- What On-Demand time would have cost on Spot.
      \(Self.telling(
        """
        SELECT DISTINCT \(AttemptID.job(of: "o.attempt")), 1, 0
        FROM on_demand_run o CROSS JOIN resource r ON r.id = o.resource
        WHERE EXISTS (SELECT 1 FROM insight_change WHERE kind IN ('pool', 'system', 'fargate'))
          AND (r.name IN (SELECT name FROM insight_change WHERE kind = 'system')
            OR r.kind = 'fargate-task' AND EXISTS (SELECT 1 FROM insight_change WHERE kind = 'fargate')
            OR EXISTS (SELECT 1 FROM insight_change c
              WHERE c.kind = 'pool' AND c.name = r.instance_type || ' ' || r.zone AND c.day <= o.day))
        """));
      """)
    try addAroundDays()
    return try !isMuch("part_change")
  }

  /// Adds days on which a bill says otherwise what surrounds jobs.
  private func addAroundDays() throws {
    if try connection.integer("SELECT EXISTS (SELECT 1 FROM insight_change WHERE kind = 'bill')") == 0 { return }
    let statement = try connection.prepare("INSERT OR IGNORE INTO part_day VALUES (?)")
    for day in try AroundDays(AroundLines.read(connection, "TRUE")).changed(connection) {
      statement.bind(Int64(day))
      try statement.run()
    }
  }

  /// Adds days on which a job had a cost whose step changed.
  func addDays(ofPosted jobs: [Int64]) throws {
    let statement = try connection.prepare(
      "INSERT OR IGNORE INTO part_day SELECT day FROM insight_change WHERE kind = 'posted' AND name = ?")
    for job in jobs {
      statement.bind(job)
      try statement.run()
    }
  }

  // MARK: Jobs

  /// Adds jobs of workflow clients: runs and retries are computed from all of them together.
  ///
  /// - Parameter rules: how clients are recognised.
  func addClientJobs(_ rules: [ClientRule]) throws {
    if try connection.integer("SELECT EXISTS (SELECT 1 FROM job_step WHERE client IS NOT NULL)") == 1 {
      try connection.execute(
        """
        INSERT OR IGNORE INTO part_job
        SELECT i.job, 0, 1 FROM job_identity i WHERE i.job_step IN (SELECT id FROM job_step WHERE client IS NOT NULL)
        """)
    }
    let tag = try connection.prepare(
      """
      INSERT OR IGNORE INTO part_job
      SELECT j.id, 0, 1 FROM (SELECT DISTINCT value FROM tag WHERE name = ?) t CROSS JOIN job j ON j.job_id = t.value
      """)
    let spellings = try JobTexts.spellings(connection)
    for case .starter(let name) in rules.flatMap(\.readings).map(\.source) {
      for spelling in spellings[JobTexts.folded(name), default: []] {
        tag.bind(spelling)
        try tag.run()
      }
    }
  }

  /// Adds jobs with a definition that only one job may use.
  func addJobs(ofDefinitions definitions: Set<Int64>) throws {
    if definitions.isEmpty { return }
    let numbers = definitions.sorted().map(String.init).joined(separator: ", ")
    try connection.execute(
      "INSERT OR IGNORE INTO part_job SELECT id, 0, 1 FROM job WHERE job_definition IN (\(numbers))")
  }

  /// Marks jobs whose data must be complete.
  func tell(_ jobs: some Sequence<Int64>) throws {
    let statement = try connection.prepare(Self.telling("VALUES (?, 1, 0)"))
    for job in jobs {
      statement.bind(job)
      try statement.run()
    }
  }

  /// Marks all jobs on instances with measured GPUs if one of them or a measurement changed: each takes its share of
  /// what all of them held.
  func addGPUHosts() throws {
    if try connection.integer("SELECT EXISTS (SELECT 1 FROM gpu_usage) OR EXISTS (SELECT 1 FROM gpu_use_day)") == 0 {
      return
    }
    try PostedResources.follow(
      """
      SELECT a.id FROM part_change CROSS JOIN attempt a ON \(AttemptID.isOf("a.id", job: "part_change.id"))
      WHERE a.gpus > 0
      """, connection)
    try connection.execute(
      Self.telling(
        """
        SELECT DISTINCT \(AttemptID.job(of: "p.attempt")), 1, 0
        FROM (SELECT name FROM insight_change WHERE kind = 'gpu' UNION SELECT s.name FROM scope_resource s
            WHERE s.kind = 'instance' AND EXISTS (SELECT 1 FROM gpu_usage u WHERE u.instance_id = s.name)) h
          CROSS JOIN resource r ON r.kind = 'instance' AND r.name = h.name
          CROSS JOIN posting p ON \(PostingID.isOf("p.id", resource: "r.id"))
        WHERE p.attempt IS NOT NULL
        """))
  }

  /// Marks retried or failed jobs with a new object among their checkpoints, by the user's rules.
  func addCheckpoints() throws {
    let key = "replace(replace(c.prefix, '{job_name}', j.name), '{job_id}', j.job_id)"
    try connection.execute(
      Self.telling(
        """
        SELECT f.job, 1, 0 FROM (SELECT DISTINCT \(AttemptID.job(of: "attempt")) AS job FROM failed_attempt) f
          CROSS JOIN job j ON j.id = f.job
          CROSS JOIN checkpoint_rule c ON c.prefix IS NOT NULL
        WHERE EXISTS (SELECT 1 FROM insight_change o
          WHERE o.kind = 'object' AND o.name >= \(key) AND o.name < \(key) || char(1114111))
        GROUP BY f.job
        """))
  }

  /// Adds what ran on the days, and what belongs to it. False if that is much.
  ///
  /// - Parameter works: jobs that are tries at the same work, by job.
  func followDays(works: [(job: Int64, work: Int64)]) throws -> Bool {
    try connection.execute(
      """
      INSERT OR IGNORE INTO part_resource
      SELECT DISTINCT resource, 1 FROM resource_day WHERE day IN (SELECT day FROM part_day);
      INSERT OR IGNORE INTO part_resource
      SELECT DISTINCT r.id, 1 FROM part_day d CROSS JOIN resource r
        ON r.started_at_ms < (d.day + 1) * \(millisecondsPerDay) AND r.stopped_at_ms >= d.day * \(millisecondsPerDay);
      """)
    if try isMuch("part_resource", of: "resource") { return false }
    try connection.execute(
      """
      \(Self.telling(
        """
        SELECT DISTINCT \(AttemptID.job(of: "p.attempt")), 1, 0
        FROM part_resource CROSS JOIN posting p ON \(PostingID.isOf("p.id", resource: "part_id"))
        WHERE p.attempt IS NOT NULL AND p.day IN (SELECT day FROM part_day)
        """));
      \(Self.telling("SELECT DISTINCT job, 1, 0 FROM quiet_job WHERE day IN (SELECT day FROM part_day)"));
      \(Self.telling(
        """
        SELECT DISTINCT \(AttemptID.job(of: "u.attempt")), 1, 0
        FROM unplaced u CROSS JOIN part_day d ON d.day BETWEEN u.day AND \(Self.lastDay(ofUnplaced: "u"))
        WHERE TRUE
        """));
      \(Self.telling(
        """
        SELECT DISTINCT \(AttemptID.job(of: "p.attempt")), 1, 0
        FROM part_day d CROSS JOIN around_part p ON p.day = d.day WHERE TRUE
        """));
      \(Self.telling("SELECT j.id, 1, 0 FROM part_parent CROSS JOIN job j ON j.parent = part_parent.parent WHERE j.kind <> \(JobKind.arrayParent.rawValue)"));
      """)
    try followWorks(works)
    if try isMuch("part_job") { return false }
    // Most jobs have all their cost on these resources.
    let (created, stopped) = (Self.day(of: "j.created_at_ms"), Self.day(of: "j.stopped_at_ms"))
    try PostedResources.follow(
      """
      SELECT a.id FROM part_job CROSS JOIN job j ON j.id = part_id
        CROSS JOIN attempt a ON \(AttemptID.isOf("a.id", job: "part_id"))
      WHERE told = 1 AND (
        j.stopped_at_ms IS NULL OR a.stopped_at_ms IS NULL OR a.started_at_ms < j.created_at_ms
        OR a.stopped_at_ms > j.stopped_at_ms
        OR (SELECT COUNT(*) FROM part_day WHERE day BETWEEN \(created) AND \(stopped)) <= \(stopped) - \(created))
      """, connection)
    try connection.execute(
      """
      INSERT OR IGNORE INTO part_resource
      SELECT r.id, 1 FROM scope_resource s CROSS JOIN resource r ON r.kind = s.kind AND r.name = s.name
      """)
    return true
  }

  private func followWorks(_ works: [(job: Int64, work: Int64)]) throws {
    if works.isEmpty { return }
    let statement = try connection.prepare("INSERT INTO part_work VALUES (?, ?)")
    for (job, work) in works {
      statement.bind(job, work)
      try statement.run()
    }
    try connection.execute(
      Self.telling(
        """
        SELECT job, 1, 0 FROM part_work
        WHERE work IN (SELECT w.work FROM part_work w CROSS JOIN part_job ON part_id = w.job WHERE told = 1)
        """))
  }

  /// Adds Spot instances compared with pools whose prices changed.
  func addPriced(_ since: [String: Int32]) throws {
    let statement = try connection.prepare(
      """
      INSERT OR IGNORE INTO part_resource
      SELECT id, 0 FROM resource WHERE kind = 'instance' AND instance_type = ? AND stopped_at_ms >= ?
      """)
    for (type, day) in since {
      statement.bind(type, Int64(day) * millisecondsPerDay)
      try statement.run()
    }
  }

  // MARK: The assembled part

  func part(pricedSince: [String: Int32]) throws -> InsightPart {
    func numbers(_ sql: String) throws -> Set<Int32> {
      Set(try connection.column(sql, of: Int64.self).map { Int32(truncatingIfNeeded: $0) })
    }
    return InsightPart(
      days: try numbers("SELECT day FROM part_day"), parents: try numbers("SELECT parent FROM part_parent"),
      pricedSince: pricedSince)
  }

  /// By instance type: the day from which its Spot prices changed; −1 for always.
  func pricedSince() throws -> [String: Int32] {
    var since: [String: Int32] = [:]
    try connection.each(
      """
      SELECT t.name, MIN(c.day) FROM insight_change c
        CROSS JOIN (SELECT DISTINCT instance_type AS name FROM resource WHERE kind = 'instance') t
          ON substr(c.name, 1, length(t.name) + 1) = t.name || ' '
      WHERE c.kind = 'pool' GROUP BY t.name
      """
    ) { (type: String, day: Int64) in since[type] = Int32(truncatingIfNeeded: day) }
    return since
  }

  private func isMuch(_ table: String, of whole: String = "job") throws -> Bool {
    let count = try connection.integer("SELECT COUNT(*) FROM \(table)")
    return try count > Self.few && count * Self.share > connection.integer("SELECT MAX(rowid) FROM \(whole)")
  }

  private static func telling(_ rows: String) -> String {
    "INSERT INTO part_job \(rows) ON CONFLICT DO UPDATE SET told = 1"
  }

  /// An attempt on an unknown host has no postings that tell the days on which it ran.
  private static func lastDay(ofUnplaced row: String) -> String { "\(row).day + \(row).ms / \(millisecondsPerDay) + 1" }

  /// The day of a time, in SQL.
  private static func day(of time: String) -> String {
    "((\(time) - CASE WHEN \(time) < 0 THEN \(millisecondsPerDay - 1) ELSE 0 END) / \(millisecondsPerDay))"
  }
}
