import Domain
import Store

/// The columns of `container_instance` that are collected.
enum ContainerInstanceColumn: Int32, TableColumns {
  case cluster, name, instanceId, instanceType, zone, operatingSystem, registeredAtMs, registeredCpu,
    registeredMemoryMib, registeredGpus, status, progress, digest

  static let table = "container_instance"
}

/// The columns of `container_instance` that are collected.
enum MissingContainerInstanceColumn: Int32, TableColumns {
  case cluster, name, missing

  static let table = "container_instance"
}

extension Table.Layout {
  static let containerInstance = Table.Layout(ContainerInstanceColumn.self, key: [.cluster, .name], .latest)
  static let missingContainerInstance = Table.Layout(
    MissingContainerInstanceColumn.self, key: [.cluster, .name], .largest(MissingContainerInstanceColumn.missing.name))
}

/// ECS DescribeContainerInstances, and the `detail` of an `ECS Container Instance State Change` event.
extension Page {
  mutating func addContainerInstance(_ instance: JSONValue, complete: Bool) {
    guard let arn = requiredARN(instance["containerInstanceArn"]), let parts = ARN(arn) else { return }
    count(.containerInstances)
    let place = accountRegion(arn)
    let registeredAt = instance["registeredAt"].flatMap { time($0, "registeredAt") }
    let status = text(instance["status"], "status")
    var (cpu, memory, gpus): (Int64?, Int64?, Int64?)
    for resource in list(instance["registeredResources"], "registeredResources") {
      guard let name = resource["name"]?.text else { continue }
      switch name {
      case "CPU": cpu = resource["integerValue"].flatMap { quantity($0, "registeredResources.CPU") }
      case "MEMORY":
        memory = resource["integerValue"].flatMap {
          quantity($0, "registeredResources.MEMORY", in: Plausible.memoryMiB)
        }
      case "GPU": gpus = resource["stringSetValue"].map { Int64($0.elements.count { _ in true }) }
      default: break
      }
    }
    var (type, zone, system): (JSONText?, JSONText?, JSONText?)
    for attribute in list(instance["attributes"], "attributes") {
      guard let name = attribute["name"]?.text else { continue }
      switch name {
      case "ecs.instance-type": type = text(attribute["value"], "attributes.\(name.string)")
      case "ecs.availability-zone": zone = text(attribute["value"], "attributes.\(name.string)")
      case "ecs.os-type": system = text(attribute["value"], "attributes.\(name.string)")
      default: break
      }
    }
    begin(.containerInstance)
    put(ContainerInstanceColumn.cluster, reference: cluster(of: parts, place))
    put(ContainerInstanceColumn.name, parts.name)
    put(ContainerInstanceColumn.instanceId, text(instance["ec2InstanceId"], "ec2InstanceId"))
    put(ContainerInstanceColumn.instanceType, type)
    put(ContainerInstanceColumn.zone, zone)
    put(ContainerInstanceColumn.operatingSystem, system)
    put(ContainerInstanceColumn.registeredAtMs, registeredAt)
    put(ContainerInstanceColumn.registeredCpu, cpu)
    put(ContainerInstanceColumn.registeredMemoryMib, memory)
    put(ContainerInstanceColumn.registeredGpus, gpus)
    put(ContainerInstanceColumn.status, status)
    let version = min(max(instance["version"]?.integer ?? 0, 0), 1 << 48)
    end(ContainerInstanceColumn.progress, (version << 3 | statusRank(status)) << 1 | (complete ? 1 : 0))
    note(registeredAt, in: place)
  }

  /// A container instance that was requested from ECS but was already forgotten.
  mutating func addFailure(_ failure: JSONValue) {
    guard let arn = failure["arn"]?.text, let parts = ARN(arn), parts.resource.hasPrefix("container-instance/") else {
      return leaveUnused("failures of ECS about anything but container instances are not used")
    }
    count(.containerInstances)
    begin(.missingContainerInstance)
    put(MissingContainerInstanceColumn.cluster, reference: cluster(of: parts, accountRegion(arn)))
    put(MissingContainerInstanceColumn.name, parts.name)
    put(MissingContainerInstanceColumn.missing, true)
  }

  /// The cluster in an ARN; one without a name for the old form of ARN.
  mutating func cluster(of arn: ARN, _ place: Int) -> Int {
    let region = String(decoding: references.text(references.list[place]), as: UTF8.self)
    return reference(.cluster, "\(region):\(arn.cluster?.string ?? "")")
  }

  private func statusRank(_ status: JSONText?) -> Int64 {
    guard let status else { return 0 }
    switch status {
    case "REGISTERING", "REGISTRATION_FAILED": return 1
    case "ACTIVE": return 2
    case "DRAINING": return 3
    case "DEREGISTERING": return 4
    case "INACTIVE": return 5
    default: return 0
    }
  }
}
