import AWS
import Domain

/// Spot prices of the types that ran on Spot, or for a queue with a Spot environment, from the start of the first such
/// instance on: what ran On-Demand there is compared with Spot. EC2 keeps 90 days.
///
/// All zones of the region are requested, because advice compares the zone used with its siblings.
struct LiveSpotPrices: LiveSource {
  let name = "spot-prices"
  let operations = [EC2.describeSpotPriceHistoryOperation]
  let absence = "Spot instances have no price"

  func collect(_ visit: LiveVisit) async throws {
    let products = try await products(visit)
    let needs = try await Self.needs(visit)
    let oldest = visit.asOf.milliseconds - 90 * millisecondsPerDay
    try await visit.sideBySide(needs) { need in
      try await Self.ask(need.type, from: max(need.first, oldest), products, visit)
    }
  }

  /// Asks for what is not yet covered. The answer always includes the price in force at the start.
  /// - Parameter interval: how long the last answer counts as new, in milliseconds.
  static func ask(
    _ type: String, from first: Int64, _ products: [String], every interval: Int64 = 0, _ visit: LiveVisit
  ) async throws {
    let source = EC2.describeSpotPriceHistoryOperation.description
    let scope = "\(visit.place.text) \(type) \(products.joined(separator: ", "))"
    let covered = try await visit.checkpoint(source, scope)
    let since = covered.flatMap { Int64($0.position) } ?? .max
    if since <= first, let covered, covered.at.milliseconds > visit.asOf.milliseconds - interval { return }
    let start = since <= first ? covered?.at.milliseconds ?? first : first
    guard start < visit.asOf.milliseconds else { return }
    try await visit.sendAll(
      EC2.describeSpotPriceHistory(
        instanceTypes: [type], productDescriptions: products,
        start: Instant(milliseconds: start).description, end: visit.asOf.description))
    try await visit.writer.write(
      Checkpoint(source: source, scope: scope, position: String(min(since, first)), at: visit.asOf))
  }

  /// Types, and the moment from which their price matters.
  static func needs(_ visit: LiveVisit) async throws -> [(type: String, first: Int64)] {
    // Instances registered with ECS were launched up to an hour before.
    let rows = try await visit.texts(
      """
      WITH place AS (
        SELECT q.id AS queue, e.id AS environment, e.resource_type AS type
        FROM job_queue q, json_each(q.environments) o JOIN compute_environment e ON e.arn = o.value
        WHERE q.account_region = ?1
      ),
      beside AS (
        SELECT environment FROM place WHERE queue IN (SELECT queue FROM place WHERE type = 'SPOT')
        UNION SELECT id FROM compute_environment WHERE account_region = ?1 AND resource_type = 'SPOT'
      ),
      seen AS (
        SELECT instance_type, launched_at_ms AS first FROM instance_description
        WHERE account_region = ?1 AND lifecycle = 'spot'
        UNION ALL
        SELECT COALESCE(i.instance_type, d.instance_type), COALESCE(d.launched_at_ms, i.registered_at_ms - 3600000)
        FROM container_instance i
        JOIN cluster c ON c.id = i.cluster
        JOIN compute_environment e
          ON e.account_region = c.account_region AND SUBSTR(e.cluster_arn, -LENGTH('/' || c.name)) = '/' || c.name
        LEFT JOIN instance_description d ON d.instance_id = i.instance_id AND d.source = 'ec2'
        WHERE c.account_region = ?1 AND e.id IN (SELECT environment FROM beside)
        UNION ALL
        -- Of one that ECS has forgotten, or did not know yet, the scaling group tells the environment.
        SELECT d.instance_type, d.launched_at_ms
        FROM instance_description d
        JOIN compute_environment e ON d.auto_scaling_group = 'AWSBatch-' || e.name || '-asg-' || e.uuid
        WHERE d.account_region = ?1 AND e.id IN (SELECT environment FROM beside)
      )
      SELECT instance_type || ' ' || min(first) FROM seen
      WHERE instance_type IS NOT NULL AND first IS NOT NULL GROUP BY instance_type ORDER BY 1
      """)
    return rows.compactMap { row in
      let parts = row.split(separator: " ")
      guard parts.count == 2, let first = Int64(parts[1]) else { return nil }
      return (String(parts[0]), first)
    }
  }

  /// Both spellings of each operating system that was seen.
  private func products(_ visit: LiveVisit) async throws -> [String] {
    let seen = try await visit.texts(
      """
      SELECT DISTINCT platform_details FROM instance_description
      WHERE account_region = ? AND platform_details IN ('Red Hat Enterprise Linux', 'SUSE Linux', 'Windows')
      """)
    return Set(seen + ["Linux/UNIX"]).sorted().flatMap(Self.spellings)
  }

  static func spellings(of product: String) -> [String] { [product, "\(product) (Amazon VPC)"] }
}
