import AWS

/// Registrations with ECS: which instance an attempt ran on. ECS forgets them about an hour after the instance ends.
struct LiveContainerInstances: LiveSource {
  let name = "container-instances"
  let operations = [ECS.listContainerInstancesOperation, ECS.describeContainerInstancesOperation]
  let absence = "attempts cannot be placed on instances, and their cost is unknown"

  /// What is listed exists, even if it was missing when an attempt named it.
  private static let known = """
    SELECT 1 FROM cluster c CROSS JOIN container_instance i ON i.cluster = c.id AND i.name = ?
    WHERE i.instance_id IS NOT NULL
    """

  func collect(_ visit: LiveVisit) async throws {
    let unknown = try await visit.texts(
      """
      SELECT c.name || '/' || i.name FROM container_instance i JOIN cluster c ON c.id = i.cluster
      WHERE c.account_region = ? AND i.instance_id IS NULL AND i.missing = 0 ORDER BY 1
      """)
    var wanted: [String: Set<String>] = [:]
    for path in unknown { wanted[String(path.prefix { $0 != "/" }), default: []].insert(path) }
    for cluster in try await visit.clusters() {
      for try await answer in visit.client.pages(of: ECS.listContainerInstances(cluster: cluster)) {
        let names = try LiveAnswer.texts(answer.body, "containerInstanceArns").map(ClusterMember.name)
        let new = try await visit.names(names, without: Self.known)
        wanted[cluster, default: []].formUnion(new.map { "\(cluster)/\($0)" })
      }
    }
    let calls = wanted.sorted { $0.key < $1.key }.flatMap { cluster, paths in
      paths.sorted().parts(of: 100).map { part in
        ECS.describeContainerInstances(part.map { visit.arn("container-instance", $0) }, cluster: cluster)
      }
    }
    try await visit.send(calls)
  }
}
