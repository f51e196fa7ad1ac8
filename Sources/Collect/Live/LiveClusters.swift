/// Container instances and tasks, which belong to a cluster.
enum ClusterMember {
  /// The last part of an ARN, both in its new form and in the old one without the cluster.
  static func name(_ arn: String) -> String { arn.split(separator: "/").last.map(String.init) ?? arn }
}

extension LiveVisit {
  /// Clusters of compute environments, and those named in attempts.
  func clusters() async throws -> [String] {
    let named = try await texts("SELECT name FROM cluster WHERE account_region = ? AND name <> ''")
    let described = try await texts("SELECT cluster_arn FROM compute_environment WHERE account_region = ?")
    return Set(named + described.compactMap { $0.split(separator: "/").last.map(String.init) }).sorted()
  }

  /// - Parameter path: `cluster/name`.
  func arn(_ kind: String, _ path: String) -> String {
    "arn:\(partition):ecs:\(place.region):\(place.account):\(kind)/\(path)"
  }
}
