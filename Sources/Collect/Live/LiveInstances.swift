import AWS
import Domain

/// Instances: those that carry Batch's tag, and by id those that attempts ran on. EC2 forgets one an hour after its end.
struct LiveInstances: LiveSource {
  let name = "instances"
  let operations = [EC2.describeInstancesOperation]
  let absence = "types, purchase options and times of instances come from ECS and CloudTrail alone"

  func collect(_ visit: LiveVisit) async throws {
    let source = operations[0].description
    let last = try await visit.checkpoint(source, visit.place.text)
    try await visit.sendAll(EC2.describeInstances(filters: [EC2.Filter("tag-key", ["AWSBatchServiceTag"])]))
    // Later runs need not ask again for what EC2 forgot long ago.
    let recent = last.map { $0.at.milliseconds - millisecondsPerDay } ?? 0
    let ids = try await visit.texts(
      """
      WITH named AS (
        SELECT i.instance_id AS id FROM container_instance i JOIN cluster c ON c.id = i.cluster
        WHERE c.account_region = ?1 AND i.instance_id IS NOT NULL AND ifnull(i.registered_at_ms, \(recent)) >= \(recent)
        UNION SELECT a.instance_id FROM attempt a JOIN job j ON j.id = a.job
        WHERE j.account_region = ?1 AND a.instance_id IS NOT NULL AND a.started_at_ms >= \(recent)
        UNION SELECT instance_id FROM instance_description
        WHERE account_region = ?1 AND source = 'ec2' AND state <> 'terminated' AND launched_at_ms >= \(recent)
      )
      SELECT id FROM named WHERE id NOT IN (
        SELECT instance_id FROM instance_description
        WHERE source = 'ec2' AND (state = 'terminated' OR progress >= \(visit.asOf.milliseconds)))
      ORDER BY id
      """)
    try await visit.send(ids.parts(of: 200).map { EC2.describeInstances(ids: $0) }, paged: true)
    try await visit.writer.write(
      Checkpoint(source: source, scope: visit.place.text, position: "", at: visit.asOf))
  }
}

/// vCPUs, memory and GPUs of the types that were seen; each is asked for once.
struct LiveInstanceTypes: LiveSource {
  let name = "instance-types"
  let operations = [EC2.describeInstanceTypesOperation]
  let absence = "capacity is unknown, and cost cannot be divided"

  func collect(_ visit: LiveVisit) async throws {
    let types = try await visit.instanceTypes(beside: "SELECT name FROM instance_type")
    try await visit.send(types.parts(of: 100).map { EC2.describeInstanceTypes($0) }, paged: true)
  }
}

/// Volumes of instances that have not ended; a volume that was deleted cannot be asked for.
struct LiveVolumes: LiveSource {
  let name = "volumes"
  let operations = [EC2.describeVolumesOperation]
  let absence = "the cost of EBS volumes is left out"

  func collect(_ visit: LiveVisit) async throws {
    let ids = try await visit.texts(
      """
      SELECT instance_id FROM instance_description
      WHERE account_region = ? AND source = 'ec2' AND state NOT IN ('terminated', 'shutting-down') ORDER BY 1
      """)
    try await visit.send(
      ids.parts(of: 200).map { EC2.describeVolumes(filters: [EC2.Filter("attachment.instance-id", $0)]) }, paged: true)
  }
}

extension LiveVisit {
  /// Types of instances that were seen, but for those that a query without parameters returns.
  func instanceTypes(beside known: String) async throws -> [String] {
    try await texts(
      """
      SELECT instance_type FROM instance_description
      WHERE account_region = ?1 AND instance_type IS NOT NULL AND instance_type NOT IN (\(known))
      UNION SELECT i.instance_type FROM container_instance i JOIN cluster c ON c.id = i.cluster
      WHERE c.account_region = ?1 AND i.instance_type IS NOT NULL AND i.instance_type NOT IN (\(known))
      ORDER BY 1
      """)
  }
}
