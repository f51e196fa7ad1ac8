import Domain
import Store

/// The columns of `job_definition_resource`.
enum JobDefinitionResourceColumn: Int32, TableColumns {
  case jobDefinition, kind, name, region

  static let table = "job_definition_resource"
}

/// The columns of `job_definition_address`.
enum JobDefinitionAddressColumn: Int32, TableColumns {
  case jobDefinition

  static let table = "job_definition_address"
}

extension Table.Layout {
  static let jobDefinitionResource = Table.Layout(
    JobDefinitionResourceColumn.self, key: [.jobDefinition, .kind, .name, .region], .keep)

  static let jobDefinitionAddress = Table.Layout(JobDefinitionAddressColumn.self, key: [.jobDefinition], .keep)
}

/// What containers name beside their instance: the log group that they write to, the file systems of EFS that they mount, and
/// on Fargate whether they have a public address. Told by a job definition as by each of its jobs, since no override of SubmitJob has either (`ContainerOverrides`,
/// `TaskContainerOverrides`; botocore 1.44.8). A file system of FSx is mounted by the host: no job names it.
extension Page {
  /// What a job tells of its definition; once a page is enough.
  mutating func addNamed(by job: JobMembers, _ definition: Int) {
    guard job.container != nil || job.firstTask != nil, toldDefinitions.insert(definition).inserted else { return }
    if let container = job.container { addNamed(by: container, definition) }
    if let task = job.firstTask { addNamed(byTask: task, definition) }
  }

  /// - Parameter definition: its reference.
  mutating func addNamed(by container: ContainerMembers, _ definition: Int) {
    addLogGroup(container.logs, definition)
    addFileSystems(container.volumes, definition)
    addAddress(container.network, definition)
  }

  /// A task of several containers: each has a log configuration of its own, the task has the volumes.
  mutating func addNamed(byTask task: JSONValue, _ definition: Int) {
    for container in task.elements(of: "containers") { addLogGroup(container["logConfiguration"], definition) }
    addFileSystems(task["volumes"], definition)
    addAddress(task["networkConfiguration"], definition)
  }

  private mutating func addAddress(_ network: JSONValue?, _ definition: Int) {
    guard let assigned = network?["assignPublicIp"]?.text, assigned == "ENABLED" else { return }
    begin(.jobDefinitionAddress)
    put(JobDefinitionAddressColumn.jobDefinition, reference: definition)
  }

  /// Without a configuration Batch writes to its own group (user guide, "Use the awslogs log driver").
  private mutating func addLogGroup(_ configuration: JSONValue?, _ definition: Int) {
    if let driver = configuration?["logDriver"]?.text, !(driver == "awslogs") { return }
    let options = configuration?["options"]
    let group = options?["awslogs-group"]?.text
    addNamed(.logs, group ?? JSONText("/aws/batch/job"), options?["awslogs-region"]?.text, definition)
  }

  private mutating func addFileSystems(_ volumes: JSONValue?, _ definition: Int) {
    for volume in volumes?.elements ?? JSONElements.none {
      guard let id = volume["efsVolumeConfiguration"]?["fileSystemId"]?.text, !id.isEmpty else { continue }
      addNamed(.efs, id, nil, definition)
    }
  }

  private mutating func addNamed(_ kind: AroundKind, _ name: JSONText, _ region: JSONText?, _ definition: Int) {
    begin(.jobDefinitionResource)
    put(JobDefinitionResourceColumn.jobDefinition, reference: definition)
    put(JobDefinitionResourceColumn.kind, kind.rawValue)
    put(JobDefinitionResourceColumn.name, name)
    put(JobDefinitionResourceColumn.region, region ?? JSONText(""))
  }
}
