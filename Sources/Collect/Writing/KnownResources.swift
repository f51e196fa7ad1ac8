import Domain
import Store

/// Collected resources, by id: a bill's rows about them are kept.
struct KnownResources {
  private var ids: Set<UInt64> = []
  private var clusters: Set<UInt64> = []
  private var accounts: Set<UInt64> = []
  /// Whether Batch also runs on EKS.
  let hasPods: Bool

  init(_ connection: Connection) throws {
    let rows = try connection.prepare(
      """
      SELECT instance_id FROM instance_description UNION SELECT instance_id FROM instance_event
      UNION SELECT instance_id FROM container_instance WHERE instance_id IS NOT NULL
      UNION SELECT instance_id FROM attempt WHERE instance_id IS NOT NULL
      UNION SELECT capacity_reservation FROM instance_description WHERE capacity_reservation IS NOT NULL
      UNION SELECT task_id FROM attempt WHERE platform = \(JobPlatform.sageMaker.rawValue) AND task_id IS NOT NULL
      UNION SELECT instance_id FROM task_usage WHERE instance_id IS NOT NULL
      UNION SELECT volume_id FROM volume WHERE instance_id IS NOT NULL
      UNION SELECT network_interface FROM instance_address WHERE network_interface <> ''
      """)
    while try rows.step() { ids.insert(rows.withBytes(0) { UnsafeRawBufferPointer($0).fnv }) }
    hasPods =
      try connection.integer(
        """
        SELECT EXISTS (SELECT 1 FROM attempt WHERE node IS NOT NULL)
          OR EXISTS (SELECT 1 FROM compute_environment WHERE orchestration = 'EKS')
        """) == 1
    let names = try connection.prepare("SELECT name FROM cluster")
    while try names.step() { clusters.insert(names.withBytes(0) { UnsafeRawBufferPointer($0).fnv }) }
    let owners = try connection.prepare("SELECT DISTINCT account FROM account_region WHERE account <> ''")
    while try owners.step() { accounts.insert(owners.withBytes(0) { UnsafeRawBufferPointer($0).fnv }) }
  }

  /// Whether anything of Batch's was collected in the account.
  func hasAccount(_ account: UnsafeRawBufferPointer) -> Bool { accounts.contains(account.fnv) }

  @inline(__always) func contains(_ id: UnsafeRawBufferPointer) -> Bool { ids.contains(id.fnv) }

  /// `arn:aws:ecs:eu-west-1:111122223333:task/AWSBatch-spot-…/8340cc08…`: Batch names the clusters that it creates.
  func isBatchTask(_ arn: UnsafeRawBufferPointer) -> Bool {
    guard let slash = arn.firstIndex(of: UInt8(ascii: "/")) else { return false }
    let rest = UnsafeRawBufferPointer(rebasing: arn[(slash + 1)...])
    guard let end = rest.firstIndex(of: UInt8(ascii: "/")) else { return false }
    let cluster = UnsafeRawBufferPointer(rebasing: rest[..<end])
    return cluster.hasPrefix("AWSBatch-") || cluster.contains("_Batch_") || clusters.contains(cluster.fnv)
  }
}

/// `arn:aws:eks:eu-west-1:111122223333:pod/CLUSTER/NAMESPACE/NAME/UID`, the names of pods on bills.
enum PodARN {
  /// The pod's name; Batch's own begin with `aws-batch.` and a UUID.
  static func name(_ arn: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer? {
    guard arn.hasPrefix("arn:"), arn.contains(":pod/") else { return nil }
    let parts = arn.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    return parts.count == 5 ? UnsafeRawBufferPointer(rebasing: parts[3]) : nil
  }
}
