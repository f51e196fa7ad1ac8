import Domain
import Store

/// Finds an instance's compute environment by its ECS cluster or its Auto Scaling group.
struct EnvironmentIndex {
  struct Environment {
    /// Row of `compute_environment`.
    var id: Int64
    /// Row of `account_region`.
    var accountRegion: Int64
    var name: String
    /// Batch's own id of it, which ends the names of its Auto Scaling groups and labels its EKS nodes; nil if unknown.
    var uuid: String?
    /// The name of its ECS cluster; nil if no source gives it.
    var cluster: String?
    /// Nil if it was never described.
    var type: EnvironmentType?
    /// What ECS Managed Instances are launched as; nil for other environments.
    var capacityOption: PurchaseOption?

    /// The purchase option of an instance that nobody described; nil if it cannot be known.
    var option: PurchaseOption? { type == .managedInstances ? capacityOption : type?.option }
  }

  private(set) var environments: [Environment] = []
  private var byCluster: [String: Int64] = [:]
  private var byUUID: [String: Int64] = [:]

  init(_ connection: Connection) throws {
    enum Field: Int32, SelectedColumn {
      case id, accountRegion, name, uuid, clusterArn, resourceType, capacityOption
    }
    let rows = try connection.prepare(
      "SELECT \(Field.list) FROM compute_environment ORDER BY arn")
    while try rows.step() {
      let cluster = rows.optionalText(Field.clusterArn).flatMap { $0.split(separator: "/").last.map(String.init) }
      let environment = Environment(
        id: rows.integer(Field.id), accountRegion: rows.integer(Field.accountRegion), name: rows.text(Field.name),
        uuid: rows.optionalText(Field.uuid),
        cluster: cluster, type: rows.optionalText(Field.resourceType).map(EnvironmentType.init),
        capacityOption: PurchaseOption(capacity: rows.optionalText(Field.capacityOption)))
      environments.append(environment)
      if let cluster { byCluster["\(environment.accountRegion)/\(cluster)"] = environment.id }
      if let uuid = environment.uuid { byUUID[uuid] = environment.id }
    }
  }

  func named(byCluster cluster: String, accountRegion: Int64) -> Int64? {
    if let known = byCluster["\(accountRegion)/\(cluster)"] { return known }
    // Batch names a managed environment's cluster after it: AWSBatch-<name>-<uuid>.
    return environments.first {
      $0.accountRegion == accountRegion && $0.cluster == nil && cluster.hasPrefix("AWSBatch-\($0.name)-")
        && cluster.utf8.count == "AWSBatch-\($0.name)-".utf8.count + 36
    }?.id
  }

  /// By the label on EKS nodes.
  func named(byUUID uuid: String?) -> Environment? {
    guard let uuid, let id = byUUID[uuid] else { return nil }
    return environments.first { $0.id == id }
  }

  /// `AWSBatch-<environment>-asg-<uuid>`; the uuid belongs to the environment.
  func named(byScalingGroup group: String?, accountRegion: Int64) -> Int64? {
    guard let group, group.hasPrefix("AWSBatch-") else { return nil }
    if let range = group.range(of: "-asg-"), let known = byUUID[String(group[range.upperBound...])] { return known }
    return environments.filter {
      $0.accountRegion == accountRegion && group.hasPrefix("AWSBatch-\($0.name)-")
    }.max { $0.name.utf8.count < $1.name.utf8.count }?.id
  }
}

extension PurchaseOption {
  /// `capacityOptionType` of ECS Managed Instances (botocore 1.44.8); nil for another one, or none.
  fileprivate init?(capacity: String?) {
    switch capacity {
    case "ON_DEMAND": self = .onDemand
    case "SPOT": self = .spot
    default: return nil
    }
  }
}
