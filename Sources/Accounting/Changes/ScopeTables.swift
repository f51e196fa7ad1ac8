import Domain
import Store

/// The temporary tables behind a `FactScope` while it is being put together.
struct ScopeTables {
  let connection: Connection
  private let hasTasks: Bool

  /// Kinds of resources that a single attempt bears.
  static let taskKinds = ["fargate-task", "training-job"]

  /// Empty tables.
  init(_ connection: Connection) throws {
    self.connection = connection
    hasTasks = try connection.integer("SELECT EXISTS (SELECT 1 FROM task) OR EXISTS (SELECT 1 FROM task_usage)") == 1
    try connection.execute(
      """
      CREATE TEMP TABLE IF NOT EXISTS scope_instance (name TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
      CREATE TEMP TABLE IF NOT EXISTS scope_registration (id INTEGER PRIMARY KEY) STRICT;
      -- is_subject: the ledger decides anew about it; else it is there for its job's other attempts.
      CREATE TEMP TABLE IF NOT EXISTS scope_attempt (
        scope_id INTEGER PRIMARY KEY, is_subject INTEGER NOT NULL) STRICT;
      -- Rows of the ledger that are computed anew, or go away.
      CREATE TEMP TABLE IF NOT EXISTS scope_resource (
        kind TEXT NOT NULL, name TEXT NOT NULL, PRIMARY KEY (kind, name)) STRICT, WITHOUT ROWID;
      CREATE TEMP TABLE IF NOT EXISTS scope_day (day INTEGER PRIMARY KEY) STRICT;
      DELETE FROM scope_instance;
      DELETE FROM scope_registration;
      DELETE FROM scope_attempt;
      DELETE FROM scope_resource;
      DELETE FROM scope_day;
      """)
  }

  func addInstances(_ select: String) throws {
    try connection.execute("INSERT OR IGNORE INTO scope_instance \(select)")
  }

  func addRegistrations(_ select: String) throws {
    try connection.execute("INSERT OR IGNORE INTO scope_registration \(select)")
  }

  /// - Parameter select: a SELECT of their ids.
  func addAttempts(_ select: String) throws {
    try connection.execute("INSERT OR IGNORE INTO scope_attempt SELECT *, 1 FROM (\(select))")
  }

  func addResources(_ select: String) throws {
    try connection.execute("INSERT OR IGNORE INTO scope_resource \(select)")
  }

  /// Whether a part is so large that computing everything is less work; never for small parts.
  ///
  /// Looking up a resource's belongings one by one takes about ten times as long as scanning over them.
  func isMuch(_ part: Int64, of whole: Int64) -> Bool { part > 10_000 && part * 10 > whole }

  func count(_ table: String) throws -> Int64 { try connection.integer("SELECT COUNT(*) FROM \(table)") }

  // MARK: Closure

  /// Adds the instances that resources are, or are attached to, and the attempts of tasks.
  func followResources() throws {
    try addInstances("SELECT name FROM scope_resource WHERE kind = 'instance'")
    try addInstances(
      """
      SELECT v.instance_id FROM scope_resource s CROSS JOIN volume v ON v.volume_id = s.name
      WHERE s.kind = 'volume' AND v.instance_id IS NOT NULL
      """)
    try addInstances(
      """
      SELECT substr(name, 1, length(name) - length('\(AddressTerms.nameSuffix)')) FROM scope_resource
      WHERE kind = 'address'
      """)
    for kind in Self.taskKinds {
      try addAttempts(postedAttempts("SELECT name FROM scope_resource WHERE kind = '\(kind)'", kind: kind))
    }
  }

  /// Adds the attempts of the instances, and the registrations and instances of the attempts, until nothing is new. If
  /// sources do not contradict each other, the second pass adds nothing.
  func close() throws {
    var instances: Int64
    repeat {
      instances = try count("scope_instance")
      try addAttempts(postedAttempts("SELECT name FROM scope_instance", kind: "instance"))
      try addAttempts("SELECT w.attempt FROM scope_instance s CROSS JOIN witness w ON w.instance = s.name")
      // Other attempts that name the same task.
      for kind in Self.taskKinds {
        try addAttempts(
          postedAttempts(
            """
            SELECT a.task_id AS name FROM scope_attempt CROSS JOIN attempt a ON a.id = scope_id
            WHERE \(JobPlatform.hasTasks("a.platform")) AND a.task_id IS NOT NULL
            """, kind: kind))
      }
      try followAttempts()
    } while try count("scope_instance") > instances
  }

  /// Adds the registrations and instances of the attempts.
  func followAttempts() throws {
    let attempts = "scope_attempt CROSS JOIN attempt a ON a.id = scope_id"
    let tasks = "\(attempts) CROSS JOIN task t ON t.task_id = a.task_id"
    try addRegistrations("SELECT a.container_instance FROM \(attempts) WHERE a.container_instance IS NOT NULL")
    try addInstances("SELECT a.instance_id FROM \(attempts) WHERE a.instance_id IS NOT NULL")
    if hasTasks {
      try addRegistrations("SELECT t.container_instance FROM \(tasks) WHERE t.container_instance IS NOT NULL")
      try addInstances(
        """
        SELECT u.instance_id FROM \(attempts) CROSS JOIN task_usage u ON u.task_id = a.task_id
        WHERE u.instance_id IS NOT NULL
        """)
    }
    try addInstances(
      """
      SELECT r.instance_id FROM scope_registration s CROSS JOIN container_instance r ON r.id = s.id
      WHERE r.instance_id IS NOT NULL
      """)
    try addInstances(
      "SELECT t.instance FROM scope_registration s CROSS JOIN told_registration t ON t.registration = s.id")
  }

  private func postedAttempts(_ names: String, kind: String) -> String {
    """
    SELECT p.attempt FROM (\(names)) n CROSS JOIN resource r ON r.kind = '\(kind)' AND r.name = n.name
      CROSS JOIN posting p ON \(PostingID.isOf("p.id", resource: "r.id"))
    WHERE p.attempt IS NOT NULL
    """
  }

  /// The finished scope; nothing is added after this.
  func finish() throws -> FactScope {
    try addResources("SELECT 'instance', name FROM scope_instance")
    try addResources("SELECT 'volume', volume_id FROM volume WHERE instance_id IN (SELECT name FROM scope_instance)")
    try addResources("SELECT 'address', name || '\(AddressTerms.nameSuffix)' FROM scope_instance")
    // Before a task was known, it was named after its job.
    for kind in Self.taskKinds {
      try addResources(
        """
        SELECT '\(kind)', j.job_id || ' attempt ' || a.ordinal
        FROM scope_attempt CROSS JOIN attempt a ON a.id = scope_id CROSS JOIN job j ON j.id = a.job
        WHERE \(JobPlatform.hasTasks("a.platform"))
        """)
      try addResources(
        """
        SELECT '\(kind)', a.task_id FROM scope_attempt CROSS JOIN attempt a ON a.id = scope_id
        WHERE \(JobPlatform.hasTasks("a.platform")) AND a.task_id IS NOT NULL
        """)
    }
    // Whether an attempt counted depends on the next attempt of its job.
    try connection.execute(
      """
      INSERT OR IGNORE INTO scope_attempt
      SELECT a.id, 0 FROM (SELECT DISTINCT \(AttemptID.job(of: "scope_id")) AS job FROM scope_attempt) s
        CROSS JOIN attempt a ON \(AttemptID.isOf("a.id", job: "s.job"))
      """)
    return .part(instances: Set(try connection.column("SELECT name FROM scope_instance", of: String.self)))
  }
}
