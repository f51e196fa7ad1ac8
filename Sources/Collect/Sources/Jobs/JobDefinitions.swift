import Store

/// The columns of `job_definition` that are collected.
enum JobDefinitionColumn: Int32, TableColumns {
  case arn, name, revision, accountRegion, kind, state, milliVcpus, memoryMib, gpus, retryAttempts, timeoutSeconds,
    tags, described, propagateTags, progress, digest

  static let table = "job_definition"
}

extension Table.Layout {
  static let jobDefinition = Table.Layout(JobDefinitionColumn.self, key: [.arn], .latest)
}

/// Batch DescribeJobDefinitions.
extension Page {
  mutating func addJobDefinition(_ definition: JSONValue) {
    guard let arn = requiredARN(definition["jobDefinitionArn"]) else { return }
    count(.jobDefinitions)
    let (name, revision) = nameAndRevision(arn)
    let named = reference(.jobDefinition, arn)
    var reservation = Reservation()
    if let document = definition["containerProperties"] {
      let container = ContainerMembers(document, "containerProperties", &self)
      reservation.add(container, "containerProperties", &self)
      addNamed(by: container, named)
    }
    if let task = definition["ecsProperties"]?["taskProperties"]?.firstElement {
      reservation.add(task: task, &self)
      addNamed(byTask: task, named)
    }
    if let pod = definition["eksProperties"]?["podProperties"] { reservation.add(pod: pod, &self) }
    let node = definition["nodeProperties"]?["nodeRangeProperties"]?.firstElement
    if let document = node?["container"] {
      let container = ContainerMembers(document, "nodeProperties.container", &self)
      reservation.add(container, "nodeProperties.container", &self)
      addNamed(by: container, named)
    }
    if let pod = node?["eksProperties"]?["podProperties"] { reservation.add(pod: pod, &self) }

    begin(.jobDefinition)
    put(JobDefinitionColumn.arn, arn)
    put(JobDefinitionColumn.name, text(definition["jobDefinitionName"], "jobDefinitionName") ?? name)
    put(JobDefinitionColumn.revision, definition["revision"]?.integer ?? revision)
    put(JobDefinitionColumn.accountRegion, reference: accountRegion(arn))
    put(JobDefinitionColumn.kind, text(definition["type"], "type"))
    put(JobDefinitionColumn.state, text(definition["status"], "status"))
    put(JobDefinitionColumn.milliVcpus, reservation.milliVCPUs)
    put(JobDefinitionColumn.memoryMib, reservation.memoryMiB)
    put(JobDefinitionColumn.gpus, reservation.gpus)
    put(
      JobDefinitionColumn.retryAttempts,
      definition["retryStrategy"]?["attempts"].flatMap { quantity($0, "retryStrategy.attempts") })
    put(
      JobDefinitionColumn.timeoutSeconds,
      definition["timeout"]?["attemptDurationSeconds"].flatMap { quantity($0, "timeout.attemptDurationSeconds") })
    put(JobDefinitionColumn.tags, bytes: definition["tags"].flatMap { tags($0) })
    put(JobDefinitionColumn.described, true)
    put(JobDefinitionColumn.propagateTags, definition["propagateTags"]?.bool.map { $0 ? 1 : 0 })
    end(JobDefinitionColumn.progress, observedAt)
  }
}

/// `align` and 3 for `arn:…:job-definition/align:3`.
func nameAndRevision(_ arn: JSONText) -> (JSONText, Int64) {
  let last = arn.afterLastSlash
  guard let colon = last.lastIndex(of: UInt8(ascii: ":")), let revision = Int64(last.dropFirst(colon + 1).string)
  else { return (last, 0) }
  return (last.slice(0, colon), revision)
}
