import Domain
import Store

/// Reads instances from all sources and joins the data, in the order of authority of method page §2.1.
struct InstanceReader {
  private(set) var instances: [InstanceFacts] = []
  private(set) var positionOfID: [String: Int32] = [:]
  /// Position in `instances` by row of `container_instance`; −1 if ECS never said which instance it is.
  private(set) var positionOfRegistration: [Int32] = []
  private(set) var environmentOfRegistration: [Int64?] = []
  /// Registrations whose instance is known from an attempt.
  private(set) var toldRegistrations: [Int32] = []
  private let environments: EnvironmentIndex
  /// Environments on ECS Managed Instances.
  private let managed: Set<Int64>
  private let scope: FactScope

  init(_ connection: Connection, _ scope: FactScope) throws {
    self.scope = scope
    environments = try EnvironmentIndex(connection)
    managed = Set(environments.environments.filter { $0.type == .managedInstances }.map(\.id))
    try readDescriptions(connection)
    try readAddresses(connection)
    try readEvents(connection)
    try readRegistrations(connection)
    try readNodes(connection)
  }

  mutating func position(of id: String) -> Int {
    if let known = positionOfID[id] { return Int(known) }
    positionOfID[id] = Int32(instances.count)
    instances.append(InstanceFacts(id: id))
    return instances.count - 1
  }

  /// Orders the instances by id, so that nothing depends on the order of collection. No further instance may be added
  /// after this.
  ///
  /// - Returns: the new position of each, by its old one.
  mutating func order() -> [Int32] {
    noteManaged()
    positionOfID = [:]
    var moved = [Int32](repeating: 0, count: instances.count)
    for (new, old) in instances.indices.sorted(by: { instances[$0].id < instances[$1].id }).enumerated() {
      moved[old] = Int32(new)
    }
    // In place, along the cycles: a copy would double the memory.
    var left = moved
    for position in left.indices {
      while Int(left[position]) != position {
        let target = Int(left[position])
        instances.swapAt(position, target)
        left.swapAt(position, target)
      }
    }
    for index in positionOfRegistration.indices where positionOfRegistration[index] >= 0 {
      positionOfRegistration[index] = moved[Int(positionOfRegistration[index])]
    }
    return moved
  }

  /// Marks instances of environments on ECS Managed Instances.
  private mutating func noteManaged() {
    if managed.isEmpty { return }
    for position in instances.indices where instances[position].computeEnvironment.map(managed.contains) == true {
      instances[position].isManaged = true
    }
  }

  mutating func update(_ position: Int, _ body: (inout InstanceFacts) -> Void) { body(&instances[position]) }

  /// Row of `compute_environment`; nil if unknown.
  func environment(ofRegistration registration: Int) -> Int64? {
    environmentOfRegistration.indices.contains(registration) ? environmentOfRegistration[registration] : nil
  }

  /// Notes the instance of a registration, from an attempt's status reason or its task.
  mutating func place(registration: Int, on position: Int) {
    guard positionOfRegistration.indices.contains(registration), positionOfRegistration[registration] < 0 else {
      return
    }
    positionOfRegistration[registration] = Int32(position)
    toldRegistrations.append(Int32(registration))
    if let environment = environmentOfRegistration[registration] {
      instances[position].computeEnvironment = instances[position].computeEnvironment ?? environment
    }
  }

  private enum Description: Int32, SelectedColumn {
    case instanceId, source, accountRegion, instanceType, zone, tenancy, lifecycle, usageOperation, platformDetails,
      launchedAtMs, state, stateTransitionAtMs, stateReason, autoScalingGroup,
      capacityReservation, isInBlock, isBatch

    var sql: String {
      switch self {
      case .isInBlock: "capacity_reservation IN (\(DescribedBlock.reservations))"
      case .isBatch: "instr(tags, 'AWSBatchServiceTag') > 0"
      default: name
      }
    }
  }

  private mutating func readDescriptions(_ connection: Connection) throws {
    // `ec2` sorts after `cloudtrail`, so DescribeInstances comes last and wins.
    let rows = try connection.prepare(
      """
      SELECT \(Description.list)
      FROM instance_description WHERE \(scope.hasInstance) ORDER BY instance_id, source
      """)
    while try rows.step() {
      let position = position(of: rows.text(Description.instanceId))
      let source = rows.text(Description.source)
      var facts = instances[position]
      facts.accountRegion = rows.integer(Description.accountRegion)
      facts.instanceType = rows.optionalText(Description.instanceType) ?? facts.instanceType
      facts.zone = rows.optionalText(Description.zone) ?? facts.zone
      facts.tenancy = rows.optionalText(Description.tenancy) ?? facts.tenancy
      facts.lifecycle = Lifecycle(description: rows.optionalText(Description.lifecycle))
      if facts.lifecycle == .onDemand, rows.integer(Description.isInBlock) == 1 { facts.lifecycle = .capacityBlock }
      let (operation, platform) = (
        rows.optionalText(Description.usageOperation), rows.optionalText(Description.platformDetails)
      )
      if operation != nil || platform != nil {
        facts.operatingSystem = OperatingSystem(usageOperation: operation, platformDetails: platform)
        facts.platform = platform ?? operation
      }
      facts.reservation = rows.optionalText(Description.capacityReservation) ?? facts.reservation
      let launched = Instant(plausible: rows.optionalInteger(Description.launchedAtMs))
      if source == "ec2" {
        facts.evidence.launchTime = launched
        facts.evidence.state = rows.optionalText(Description.state)
        facts.evidence.stateTransition = Instant(plausible: rows.optionalInteger(Description.stateTransitionAtMs))
        if rows.optionalText(Description.stateReason)?.hasPrefix("Server.Spot") == true { facts.interrupted = true }
      }
      let group = rows.optionalText(Description.autoScalingGroup)
      if let environment = environments.named(byScalingGroup: group, accountRegion: facts.accountRegion) {
        facts.computeEnvironment = environment
        facts.isBatch = true
      }
      if group?.hasPrefix("AWSBatch-") == true || rows.integer(Description.isBatch) == 1 {
        facts.isBatch = true
      }
      instances[position] = facts
    }
  }

  private mutating func readAddresses(_ connection: Connection) throws {
    try connection.each(
      "SELECT instance_id, network_interface FROM instance_address WHERE \(scope.hasInstance) ORDER BY 1, 2"
    ) { (instance: String, interface: String) in
      let position = position(of: instance)
      instances[position].hasPublicAddress = true
      if !interface.isEmpty { instances[position].networkInterface = interface }
    }
  }

  private enum Event: Int32, SelectedColumn {
    case instanceId, kind, atMs, accountRegion
  }

  private mutating func readEvents(_ connection: Connection) throws {
    let rows = try connection.prepare(
      """
      SELECT \(Event.list) FROM instance_event WHERE \(scope.hasInstance)
      ORDER BY instance_id, kind, at_ms
      """)
    while try rows.step() {
      let position = position(of: rows.text(Event.instanceId))
      guard let at = Instant(plausible: rows.integer(Event.atMs)) else { continue }
      let kind = rows.text(Event.kind)
      // A Spot request does not name an account.
      if instances[position].accountRegion == 0, !kind.hasPrefix("spot-request") {
        instances[position].accountRegion = rows.integer(Event.accountRegion)
      }
      func earliest(_ known: inout Instant?) { known = known.map { min($0, at) } ?? at }
      switch kind {
      case "running": earliest(&instances[position].evidence.runningEvent)
      case "shutting-down", "stopping": earliest(&instances[position].evidence.stoppingEvent)
      case "terminated", "stopped": earliest(&instances[position].evidence.terminatedEvent)
      case "run-instances": earliest(&instances[position].evidence.runInstances)
      case "terminate-instances": earliest(&instances[position].evidence.terminateCall)
      case "bid-evicted":
        earliest(&instances[position].evidence.terminateCall)
        instances[position].interrupted = true
      case "interruption-warning", "spot-request-taken": instances[position].interrupted = true
      case "spot-request": instances[position].lifecycle = instances[position].lifecycle ?? .spot
      case "spot-request-reclaimed":
        earliest(&instances[position].evidence.reclaimedRequest)
        instances[position].interrupted = true
      default: break
      }
    }
  }

  private enum Registration: Int32, SelectedColumn {
    case id, instanceId, instanceType, zone, registeredAtMs, accountRegion, cluster

    var sql: String {
      switch self {
      case .accountRegion: "c.account_region"
      case .cluster: "c.name"
      default: "r.\(name)"
      }
    }
  }

  private mutating func readRegistrations(_ connection: Connection) throws {
    let last = try connection.integer("SELECT COALESCE(MAX(id), 0) FROM container_instance")
    positionOfRegistration = [Int32](repeating: -1, count: Int(last) + 1)
    environmentOfRegistration = [Int64?](repeating: nil, count: Int(last) + 1)
    let rows = try connection.prepare(
      """
      SELECT \(Registration.list)
      FROM container_instance r JOIN cluster c ON c.id = r.cluster WHERE \(scope.hasRegistration)
      ORDER BY c.account_region, c.name, r.name
      """)
    while try rows.step() {
      let registration = Int(rows.integer(Registration.id))
      let region = rows.integer(Registration.accountRegion)
      let environment = environments.named(byCluster: rows.text(Registration.cluster), accountRegion: region)
      environmentOfRegistration[registration] = environment
      guard let id = rows.optionalText(Registration.instanceId) else { continue }
      let position = position(of: id)
      positionOfRegistration[registration] = Int32(position)
      var facts = instances[position]
      if facts.accountRegion == 0 { facts.accountRegion = region }
      facts.instanceType = facts.instanceType ?? rows.optionalText(Registration.instanceType)
      facts.zone = facts.zone ?? rows.optionalText(Registration.zone)
      if let registered = Instant(plausible: rows.optionalInteger(Registration.registeredAtMs)) {
        facts.evidence.registered = facts.evidence.registered.map { min($0, registered) } ?? registered
      }
      if let environment {
        facts.computeEnvironment = facts.computeEnvironment ?? environment
        facts.isBatch = true
      }
      instances[position] = facts
    }
  }

  private enum Node: Int32, SelectedColumn {
    case instanceId, instanceType, zone, environmentUuid, createdAtMs, milliVcpus, memoryMib, gpus
  }

  /// Reads EKS nodes: the cluster knows its instances' types and zones, and what pods can use of them.
  private mutating func readNodes(_ connection: Connection) throws {
    let rows = try connection.prepare(
      "SELECT \(Node.list) FROM kubernetes_node WHERE \(scope.hasInstance) ORDER BY instance_id")
    while try rows.step() {
      let position = position(of: rows.text(Node.instanceId))
      var facts = instances[position]
      facts.instanceType = facts.instanceType ?? rows.optionalText(Node.instanceType)
      facts.zone = facts.zone ?? rows.optionalText(Node.zone)
      if let joined = Instant(plausible: rows.optionalInteger(Node.createdAtMs)) {
        facts.evidence.registered = facts.evidence.registered.map { min($0, joined) } ?? joined
      }
      if let environment = environments.named(byUUID: rows.optionalText(Node.environmentUuid)) {
        facts.computeEnvironment = facts.computeEnvironment ?? environment.id
        if facts.accountRegion == 0 { facts.accountRegion = environment.accountRegion }
        facts.isBatch = true
      }
      if let vcpus = rows.optionalInteger(Node.milliVcpus), let memory = rows.optionalInteger(Node.memoryMib),
        vcpus > 0, memory > 0
      {
        facts.allocatable = Plausible.resources(
          milliVCPUs: vcpus, memoryMiB: memory, gpus: rows.optionalInteger(Node.gpus) ?? 0)
      }
      instances[position] = facts
    }
  }
}
