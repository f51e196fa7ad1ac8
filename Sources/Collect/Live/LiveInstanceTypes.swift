import AWS

/// vCPUs, memory and GPUs of the types that were seen; each is requested once.
struct LiveInstanceTypes: LiveSource {
  let name = "instance-types"
  let operations = [EC2.describeInstanceTypesOperation]
  let absence = "capacity is unknown, and cost cannot be divided"

  func collect(_ visit: LiveVisit) async throws {
    let types = try await visit.instanceTypes(beside: "SELECT name FROM instance_type")
    try await visit.send(types.parts(of: 100).map { EC2.describeInstanceTypes($0) }, paged: true)
  }
}

extension LiveVisit {
  /// Types of instances that were seen, except those returned by a query without parameters.
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
