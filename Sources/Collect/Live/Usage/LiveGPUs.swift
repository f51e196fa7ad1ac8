import AWS
import Domain

/// GPU use minute by minute, if the CloudWatch agent or a DCGM exporter sends it to CloudWatch by instance and GPU.
/// CloudWatch keeps minutes for 15 days, and lists metrics for two weeks after their last point.
///
/// CloudWatch charges per requested metric, three per GPU: accounts without GPU instances request nothing, and an
/// instance that ended is requested once more.
struct LiveGPUs: LiveSource {
  let name = "gpus"
  let operations = [CloudWatch.listMetricsOperation, CloudWatch.getMetricDataOperation]
  let absence = "idle GPUs that jobs hold are not shown"

  static let listed: Int64 = 14 * millisecondsPerDay
  /// A list of recently active metrics covers three hours.
  static let recent: Int64 = 3 * 3_600_000
  /// Points arrive up to some minutes late.
  static let lateness: Int64 = 5 * 60_000

  func collect(_ visit: LiveVisit) async throws {
    let instances = Set(
      try await visit.texts(
        """
        SELECT DISTINCT i.instance_id FROM container_instance i JOIN cluster c ON c.id = i.cluster
        LEFT JOIN instance_type t ON t.name = i.instance_type
        WHERE c.account_region = ?1 AND i.instance_id IS NOT NULL AND (i.registered_gpus > 0 OR t.gpus > 0)
        """))
    if instances.isEmpty { return }
    let (source, scope) = (operations[0].description, "\(visit.place.text) GPUs")
    let last = try await visit.checkpoint(source, scope)
    let isRecent = last.map { visit.asOf.milliseconds - $0.at.milliseconds < Self.recent / 2 } ?? false
    var found: [String: Set<GPUMetrics.GPU>] = [:]
    for family in GPUMetrics.Family.allCases {
      for try await answer in visit.client.pages(
        of: CloudWatch.listMetrics(metric: family.rawValue, onlyRecent: isRecent))
      {
        for gpu in try GPUMetrics.gpus(answer.body, family) where instances.contains(gpu.instance) {
          found[gpu.instance, default: []].insert(gpu)
        }
      }
    }
    let ended = try await ended(visit)
    try await visit.sideBySide(found.sorted { $0.key < $1.key }) { instance, gpus in
      try await measure(instance, Array(gpus), ended: ended[instance], visit)
    }
    try await visit.writer.write(Checkpoint(source: source, scope: scope, position: "", at: visit.asOf))
  }

  private func measure(_ instance: String, _ gpus: [GPUMetrics.GPU], ended: Int64?, _ visit: LiveVisit) async throws {
    let (source, scope) = (operations[1].description, "\(visit.place.text) \(instance)")
    let covered = try await visit.checkpoint(source, scope)?.at.milliseconds
    if let covered, let ended, ended < covered { return }
    let minute: Int64 = 60_000
    let start = max(covered ?? 0, visit.asOf.milliseconds - Self.listed) / minute * minute
    let end = (visit.asOf.milliseconds - Self.lateness) / minute * minute
    guard start < end else { return }
    var metrics = GPUMetrics(gpus.sorted { ($0.name, $0.family.rawValue) < ($1.name, $1.family.rawValue) })
    let call = CloudWatch.getMetricData(metrics.queries, start: Double(start / 1000), end: Double(end / 1000))
    for try await answer in visit.client.pages(of: call) { try metrics.add(answer.body) }
    try await visit.writer.ingest(
      metrics.minutes, named: call.operation.description,
      checkpoint: Checkpoint(source: source, scope: scope, position: "", at: Instant(milliseconds: end)))
  }

  /// When instances ended, if EC2 reported it.
  private func ended(_ visit: LiveVisit) async throws -> [String: Int64] {
    let rows = try await visit.texts(
      """
      SELECT instance_id || ' ' || state_transition_at_ms FROM instance_description
      WHERE account_region = ? AND source = 'ec2' AND state = 'terminated' AND state_transition_at_ms IS NOT NULL
      """)
    return rows.reduce(into: [:]) { ended, row in
      let parts = row.split(separator: " ")
      if parts.count == 2 { ended[String(parts[0])] = Int64(parts[1]) }
    }
  }
}
