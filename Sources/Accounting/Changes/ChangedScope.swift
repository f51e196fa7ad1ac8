import Domain
import Store

/// What the ledger must compute again after facts changed (the table `changed`), and what is still running.
enum ChangedScope {
  /// Nil if computing everything is less work than looking up a part, or if a part cannot be computed alone: what is
  /// compared with another bill or Spot data feed, anything with Capacity Blocks, and what ECS Managed Instances leave
  /// out, which is counted over all attempts.
  ///
  /// - Parameter built: the time up to which the existing ledger charges, in milliseconds.
  static func make(_ connection: Connection, since built: Int64) throws -> FactScope? {
    let isWhole = "SELECT EXISTS (SELECT 1 FROM changed WHERE kind IN ('all', 'bill', 'feed'))"
    if try connection.integer(isWhole) == 1 { return nil }
    if try !ManagedInstances(connection).isEmpty { return nil }
    let tables = try ScopeTables(connection)
    try addChanged(tables, built)
    if try isMuch(tables) { return nil }
    try tables.followResources()
    try close(tables, built)
    try addUnresolvedTasks(tables, built)
    if try isMuch(tables) { return nil }
    try addReservations(tables, built)
    let scope = try tables.finish()
    return try BlockScope.isTouched(connection) ? nil : scope
  }

  private static func addChanged(_ tables: ScopeTables, _ built: Int64) throws {
    try tables.addInstances("SELECT name FROM changed WHERE kind = 'instance'")
    try tables.addRegistrations("SELECT name FROM changed WHERE kind = 'registration'")
    try tables.addRegistrations(
      """
      SELECT t.container_instance FROM changed c CROSS JOIN task t ON t.task_id = c.name
      WHERE c.kind IN ('task', 'former-task') AND t.container_instance IS NOT NULL
      """)
    try tables.addInstances(
      """
      SELECT u.instance_id FROM changed c CROSS JOIN task_usage u ON u.task_id = c.name
      WHERE c.kind IN ('task', 'former-task') AND u.instance_id IS NOT NULL
      """)
    try tables.addInstances(
      """
      SELECT v.instance_id FROM changed c CROSS JOIN volume v ON v.volume_id = c.name
      WHERE c.kind = 'volume' AND v.instance_id IS NOT NULL
      """)
    try tables.addResources("SELECT 'volume', name FROM changed WHERE kind = 'volume'")
    for kind in ScopeTables.taskKinds {
      try tables.addResources("SELECT '\(kind)', name FROM changed WHERE kind IN ('task', 'former-task')")
    }
    try tables.addAttempts(
      """
      SELECT a.id FROM changed c CROSS JOIN attempt a ON \(AttemptID.isOf("a.id", job: "c.name"))
      WHERE c.kind = 'job'
      """)
    let hasParents = "SELECT EXISTS (SELECT 1 FROM changed WHERE kind = 'parent')"
    if try tables.connection.integer(hasParents) == 1 {
      try tables.addAttempts(
        "SELECT id FROM attempt NOT INDEXED WHERE parent IN (SELECT name FROM changed WHERE kind = 'parent')")
    }
    // Attempts that were still running at the time of collection, wherever they are, and what began after it.
    try tables.addInstances(
      """
      SELECT w.instance FROM witness w CROSS JOIN attempt a ON a.id = w.attempt
      WHERE a.stopped_at_ms IS NULL OR a.stopped_at_ms > \(built)
      """)
    try tables.addAttempts("SELECT CAST(name AS INTEGER) FROM later WHERE kind = 'attempt'")
    try tables.addInstances(
      """
      SELECT name FROM later WHERE kind = 'instance'
      UNION SELECT v.instance_id FROM later l CROSS JOIN volume v ON v.volume_id = l.name
        WHERE l.kind = 'volume' AND v.instance_id IS NOT NULL
      """)
    try addPriced(tables)
    try addFed(tables)
  }

  /// Adds resources that are still running, and those whose prices or capacities changed. If a bill gives an instance's
  /// end, the instance is compared with the prices of its whole life.
  private static func addPriced(_ tables: ScopeTables) throws {
    func hasListed(_ pattern: String) -> String {
      "EXISTS (SELECT 1 FROM changed WHERE kind = 'list-price' AND name LIKE '\(pattern)')"
    }
    try tables.addResources(
      """
      SELECT kind, name FROM resource
      WHERE open = 1
        OR (kind = 'instance' AND (
          instance_type IN (SELECT name FROM changed WHERE kind = 'type')
          OR 'AmazonEC2 ' || instance_type IN (SELECT name FROM changed WHERE kind = 'list-price')
          OR EXISTS (SELECT 1 FROM changed WHERE kind = 'pool' AND name = instance_type || ' ' || zone
            AND (COALESCE(since_ms, stopped_at_ms) <= stopped_at_ms OR stop_source = 'bill'))))
        OR (kind = 'capacity-reservation'
          AND 'AmazonEC2 ' || instance_type IN (SELECT name FROM changed WHERE kind = 'list-price'))
        OR (kind = 'fargate-task' AND \(hasListed("AmazonECS %")))
        OR (kind = 'training-job' AND \(hasListed("AmazonSageMaker %")))
        OR (kind = 'volume' AND \(hasListed("AmazonEC2 EBS:%")))
        OR (kind = 'address' AND \(hasListed("AmazonVPC %")))
      """)
  }

  /// Adds instances of the Spot data feed whose price changed in one of its hours.
  private static func addFed(_ tables: ScopeTables) throws {
    if try !SpotRuleEvidence.hasFeed(tables.connection) { return }
    try tables.addInstances(
      """
      SELECT f.instance_id FROM changed c CROSS JOIN spot_feed f
        LEFT JOIN resource r ON r.kind = 'instance' AND r.name = f.instance_id
      WHERE c.kind = 'pool' AND COALESCE(c.since_ms, 0) < (SELECT MAX(at_ms) FROM spot_feed) + \(millisecondsPerHour)
        AND COALESCE(c.since_ms, 0) < f.at_ms + \(millisecondsPerHour)
        AND COALESCE(r.instance_type || ' ' || r.zone = c.name, 1)
      """)
  }

  /// Adds capacity reservations that still hold capacity, that changed, or one of whose instances changed.
  private static func addReservations(_ tables: ScopeTables, _ built: Int64) throws {
    try tables.addResources(
      """
      SELECT '\(ResourceEntry.Kind.reservation.rawValue)', name FROM (
        SELECT name FROM changed WHERE kind = 'reservation'
        UNION SELECT reservation_id FROM capacity_reservation
          WHERE COALESCE(state, 'active') = 'active' OR COALESCE(ended_at_ms, \(built) + 1) > \(built)
        UNION SELECT y.reservation FROM scope_instance s CROSS JOIN reservation_stay y ON y.instance = s.name
        UNION SELECT d.capacity_reservation FROM scope_instance s
          CROSS JOIN instance_description d ON d.instance_id = s.name
          WHERE d.capacity_reservation IS NOT NULL)
      """)
  }

  /// Adds what belongs to it, and attempts that could not be placed before.
  private static func close(_ tables: ScopeTables, _ built: Int64) throws {
    var attempts: Int64
    repeat {
      try tables.close()
      attempts = try tables.count("scope_attempt")
      try tables.addAttempts(
        """
        SELECT u.attempt FROM unplaced u CROSS JOIN attempt a ON a.id = u.attempt
        WHERE a.stopped_at_ms IS NULL OR a.stopped_at_ms > \(built)
          OR a.container_instance IN (SELECT id FROM scope_registration)
          OR a.task_id IN (SELECT name FROM changed WHERE kind = 'task')
          OR EXISTS (SELECT 1 FROM task t WHERE t.task_id = a.task_id
            AND t.container_instance IN (SELECT id FROM scope_registration))
        """)
    } while try tables.count("scope_attempt") > attempts
  }

  /// Adds tasks that changed without their attempts being found yet: only the attempts say whose tasks they are.
  private static func addUnresolvedTasks(_ tables: ScopeTables, _ built: Int64) throws {
    let before = try tables.count("scope_attempt")
    let unresolved = """
      SELECT name FROM changed WHERE kind = 'task'
      EXCEPT SELECT a.task_id FROM scope_attempt CROSS JOIN attempt a ON a.id = scope_id
      """
    if try tables.connection.integer("SELECT EXISTS (\(unresolved))") == 0 { return }
    try tables.addAttempts("SELECT id FROM attempt NOT INDEXED WHERE task_id IN (\(unresolved))")
    if try tables.count("scope_attempt") > before { try close(tables, built) }
  }

  private static func isMuch(_ tables: ScopeTables) throws -> Bool {
    let resources = try max(tables.count("scope_instance"), tables.count("scope_resource"))
    return try tables.isMuch(resources, of: tables.count("resource"))
      || tables.isMuch(tables.count("scope_attempt"), of: tables.connection.integer("SELECT MAX(rowid) FROM job"))
  }
}
