import Store

/// The columns of `job_queue` that are collected.
enum JobQueueColumn: Int32, TableColumns {
  case arn, name, accountRegion, state, priority, queueType, environments, schedulingPolicy, tags, described,
    progress, digest

  static let table = "job_queue"
}

extension Table.Layout {
  static let jobQueue = Table.Layout(JobQueueColumn.self, key: [.arn], .latest)
}

/// Batch DescribeJobQueues.
extension Page {
  mutating func addJobQueue(_ queue: JSONValue) {
    guard let arn = requiredARN(queue["jobQueueArn"]) else { return }
    count(.jobQueues)
    begin(.jobQueue)
    put(JobQueueColumn.arn, arn)
    put(JobQueueColumn.name, text(queue["jobQueueName"], "jobQueueName") ?? arn.afterLastSlash)
    put(JobQueueColumn.accountRegion, reference: accountRegion(arn))
    put(JobQueueColumn.state, text(queue["state"], "state"))
    put(JobQueueColumn.priority, queue["priority"].flatMap { integer($0, "priority") })
    put(JobQueueColumn.queueType, text(queue["jobQueueType"], "jobQueueType"))
    put(JobQueueColumn.environments, bytes: environments(queue["computeEnvironmentOrder"]))
    put(JobQueueColumn.schedulingPolicy, text(queue["schedulingPolicyArn"], "schedulingPolicyArn"))
    put(JobQueueColumn.tags, bytes: queue["tags"].flatMap { tags($0) })
    put(JobQueueColumn.described, true)
    end(JobQueueColumn.progress, observedAt)
  }

  /// ARNs in the order in which Batch tries them, as a JSON array.
  private mutating func environments(_ value: JSONValue?) -> [UInt8]? {
    guard let value, !value.isNull else { return nil }
    var ordered: [(order: Int64, arn: JSONText)] = []
    for entry in list(value, "computeEnvironmentOrder") {
      guard let arn = text(entry["computeEnvironment"], "computeEnvironmentOrder.computeEnvironment") else { continue }
      ordered.append((entry["order"]?.integer ?? 0, arn))
    }
    ordered.sort { $0.order < $1.order }
    return jsonArray(ordered.map(\.arn))
  }
}

/// A JSON array of texts.
func jsonArray(_ texts: [JSONText]) -> [UInt8] {
  var bytes: [UInt8] = [UInt8(ascii: "[")]
  for (index, text) in texts.enumerated() {
    if index > 0 { bytes.append(UInt8(ascii: ",")) }
    appendQuoted(text.buffer, to: &bytes)
  }
  bytes.append(UInt8(ascii: "]"))
  return bytes
}

extension Page {
  /// The ARN that identifies a thing; a finding if there is none.
  mutating func requiredARN(_ value: JSONValue?) -> JSONText? {
    if let arn = value?.text, ARN(arn) != nil { return arn }
    findings.add(.missingField, "", "has no ARN: it is left out")
    return nil
  }
}
