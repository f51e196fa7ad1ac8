import Domain
import Store

/// The columns of `task` that are collected.
enum TaskColumn: Int32, TableColumns {
  case taskId, cluster, containerInstance, launchType, capacityProvider, zone, architecture, operatingSystem,
    milliVcpus, memoryMib, ephemeralGib, status, createdAtMs, pullStartedAtMs, pullStoppedAtMs, startedAtMs,
    stoppingAtMs, executionStoppedAtMs, stoppedAtMs, stopCode, stoppedReason, progress, digest

  static let table = "task"
}

extension Table.Layout {
  static let task = Table.Layout(TaskColumn.self, key: [.taskId, .cluster], .latest)
}

/// The columns of `task_gpu`.
enum TaskGPUColumn: Int32, TableColumns {
  case taskId, gpu

  static let table = "task_gpu"
}

extension Table.Layout {
  static let taskGPU = Table.Layout(TaskGPUColumn.self, key: [.taskId, .gpu], .keep)
}

/// ECS DescribeTasks, and the `detail` of an `ECS Task State Change` event.
private struct TaskMembers {
  var arn, clusterARN, containerInstance, launchType, provider, zone, status, stopCode, stoppedReason: JSONText?
  var system, architecture: JSONText?
  var cpu, memory, ephemeral, version: Int64?
  /// By UUID.
  var gpus: [JSONText] = []
  var createdAt, pullStartedAt, pullStoppedAt, startedAt, stoppingAt, executionStoppedAt, stoppedAt: Int64?

  init(_ task: JSONValue, _ page: inout Page) {
    for (key, value) in task.members {
      switch key {
      case "taskArn": arn = page.text(value, "taskArn")
      case "clusterArn": clusterARN = page.text(value, "clusterArn")
      case "containerInstanceArn": containerInstance = page.text(value, "containerInstanceArn")
      case "launchType": launchType = page.text(value, "launchType")
      case "capacityProviderName": provider = page.text(value, "capacityProviderName")
      case "availabilityZone": zone = page.text(value, "availabilityZone")
      case "lastStatus": status = page.text(value, "lastStatus")
      case "stopCode": stopCode = page.text(value, "stopCode")
      case "stoppedReason": stoppedReason = page.text(value, "stoppedReason")
      case "platformFamily": system = page.text(value, "platformFamily")
      case "version": version = value.integer
      // 1024 units per vCPU.
      case "cpu":
        cpu = page.quantity(value, "cpu", in: 0...Plausible.milliVCPUs.upperBound).map { ($0 * 1000 + 512) / 1024 }
      case "memory": memory = page.quantity(value, "memory", in: Plausible.memoryMiB)
      // The second one came with keys of one's own; either may be told alone.
      case "ephemeralStorage", "fargateEphemeralStorage":
        let size = value["sizeInGiB"].flatMap { page.quantity($0, "\(key.string).sizeInGiB", in: Plausible.storageGiB) }
        ephemeral = size ?? ephemeral
      case "attributes":
        for attribute in page.list(value, "attributes") {
          if let name = attribute["name"]?.text, name == "ecs.cpu-architecture" {
            architecture = attribute["value"]?.text
          }
        }
      case "containers":
        for container in value.elements { gpus += container.elements(of: "gpuIds").compactMap(\.text) }
      case "createdAt": createdAt = page.time(value, "createdAt")
      case "pullStartedAt": pullStartedAt = page.time(value, "pullStartedAt")
      case "pullStoppedAt": pullStoppedAt = page.time(value, "pullStoppedAt")
      case "startedAt": startedAt = page.time(value, "startedAt")
      case "stoppingAt": stoppingAt = page.time(value, "stoppingAt")
      case "executionStoppedAt": executionStoppedAt = page.time(value, "executionStoppedAt")
      case "stoppedAt": stoppedAt = page.time(value, "stoppedAt")
      default: break
      }
    }
  }

  var newest: Int64 {
    max(
      max(createdAt ?? 0, pullStartedAt ?? 0, pullStoppedAt ?? 0),
      max(startedAt ?? 0, stoppingAt ?? 0, executionStoppedAt ?? 0, stoppedAt ?? 0))
  }

  /// ECS increments a version with every change; if it is missing, the status and the newest time decide.
  func progress(complete: Bool) -> Int64 {
    let counted = min(max(version ?? 0, 0), 1 << 14)
    return ((counted << 4 | statusRank) << 43 | newest) << 1 | (complete ? 1 : 0)
  }

  private var statusRank: Int64 {
    guard let status else { return 0 }
    switch status {
    case "PROVISIONING": return 1
    case "PENDING": return 2
    case "ACTIVATING": return 3
    case "RUNNING": return 4
    case "DEACTIVATING": return 5
    case "STOPPING": return 6
    case "DEPROVISIONING": return 7
    case "STOPPED": return 8
    case "DELETED": return 9
    default: return 0
    }
  }
}

extension Page {
  mutating func addTask(_ document: JSONValue, complete: Bool) {
    let task = TaskMembers(document, &self)
    guard let arn = task.arn, let parts = ARN(arn) else {
      findings.add(.missingField, "taskArn", "is missing: the task is left out")
      return
    }
    count(.tasks)
    let place = accountRegion(arn)
    begin(.task)
    put(TaskColumn.taskId, parts.name)
    put(TaskColumn.cluster, reference: taskCluster(task, parts, place))
    put(TaskColumn.containerInstance, reference: task.containerInstance.flatMap { containerInstance($0) })
    put(TaskColumn.launchType, task.launchType)
    put(TaskColumn.capacityProvider, task.provider)
    put(TaskColumn.zone, task.zone)
    put(TaskColumn.architecture, task.architecture)
    put(TaskColumn.operatingSystem, task.system)
    put(TaskColumn.milliVcpus, task.cpu)
    put(TaskColumn.memoryMib, task.memory)
    put(TaskColumn.ephemeralGib, task.ephemeral)
    put(TaskColumn.status, task.status)
    put(TaskColumn.createdAtMs, task.createdAt)
    put(TaskColumn.pullStartedAtMs, task.pullStartedAt)
    put(TaskColumn.pullStoppedAtMs, task.pullStoppedAt)
    put(TaskColumn.startedAtMs, task.startedAt)
    put(TaskColumn.stoppingAtMs, task.stoppingAt)
    put(TaskColumn.executionStoppedAtMs, task.executionStoppedAt)
    put(TaskColumn.stoppedAtMs, task.stoppedAt)
    put(TaskColumn.stopCode, task.stopCode)
    put(TaskColumn.stoppedReason, task.stoppedReason)
    end(TaskColumn.progress, task.progress(complete: complete))
    for gpu in task.gpus {
      begin(.taskGPU)
      put(TaskGPUColumn.taskId, parts.name)
      put(TaskGPUColumn.gpu, gpu)
    }
    note(task.newest > 0 ? task.newest : nil, since: task.createdAt, in: place)
  }

  /// The cluster in the ARN; for the old form of ARN without one, from `clusterArn`.
  private mutating func taskCluster(_ task: TaskMembers, _ arn: ARN, _ place: Int) -> Int {
    if arn.cluster == nil, let parts = task.clusterARN.flatMap({ ARN($0) }) {
      let region = String(decoding: references.text(references.list[place]), as: UTF8.self)
      return reference(.cluster, "\(region):\(parts.name.string)")
    }
    return cluster(of: arn, place)
  }
}
