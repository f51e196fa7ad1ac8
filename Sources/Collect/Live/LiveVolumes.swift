import AWS

/// Volumes of instances that have not ended; a deleted volume cannot be described.
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
