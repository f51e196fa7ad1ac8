extension Table.Layout {
  static let jobDefinition = Table.Layout(
    "job_definition",
    """
    arn name revision account_region kind state milli_vcpus memory_mib gpus retry_attempts timeout_seconds tags
    described
    """, key: "arn", .latest)
}

/// Batch DescribeJobDefinitions.
extension Page {
  mutating func addJobDefinition(_ definition: JSONValue) {
    guard let arn = requiredARN(definition["jobDefinitionArn"]) else { return }
    count(.jobDefinitions)
    let (name, revision) = nameAndRevision(arn)
    var reservation = Reservation()
    if let container = definition["containerProperties"] {
      reservation.add(ContainerMembers(container, "containerProperties", &self), "containerProperties", &self)
    }
    if let task = definition["ecsProperties"]?["taskProperties"]?.firstElement {
      reservation.add(task: task, &self)
    }
    if let pod = definition["eksProperties"]?["podProperties"] { reservation.add(pod: pod, &self) }
    let node = definition["nodeProperties"]?["nodeRangeProperties"]?.firstElement
    if let container = node?["container"] {
      reservation.add(ContainerMembers(container, "nodeProperties.container", &self), "nodeProperties.container", &self)
    }

    begin(.jobDefinition)
    put(arn)
    put(text(definition["jobDefinitionName"], "jobDefinitionName") ?? name)
    put(definition["revision"]?.integer ?? revision)
    put(reference: accountRegion(arn))
    put(text(definition["type"], "type"))
    put(text(definition["status"], "status"))
    put(reservation.milliVCPUs)
    put(reservation.memoryMiB)
    put(reservation.gpus)
    put(definition["retryStrategy"]?["attempts"].flatMap { quantity($0, "retryStrategy.attempts") })
    put(definition["timeout"]?["attemptDurationSeconds"].flatMap { quantity($0, "timeout.attemptDurationSeconds") })
    put(bytes: definition["tags"].flatMap { tags($0) })
    put(true)
    end(progress: observedAt)
  }
}

/// `align` and 3 of `arn:…:job-definition/align:3`.
func nameAndRevision(_ arn: JSONText) -> (JSONText, Int64) {
  let last = arn.afterLastSlash
  guard let colon = last.lastIndex(of: UInt8(ascii: ":")), let revision = Int64(last.dropFirst(colon + 1).string)
  else { return (last, 0) }
  return (last.slice(0, colon), revision)
}
