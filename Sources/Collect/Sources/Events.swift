/// EventBridge events, one per document: changes of jobs, tasks, container instances and instances.
extension Page {
  mutating func addEvent(_ event: JSONValue, nested: NestedDocuments) {
    guard let type = event["detail-type"]?.text, let detail = event["detail"] else {
      findings.add(.missingField, "detail", "is missing: the event is left out")
      return
    }
    let mark = mark
    let at = event["time"].flatMap { time($0, "time") }
    let place = place(
      region: event["region"]?.text?.string ?? "", account: event["account"]?.text?.string ?? "")
    switch type {
    case "Batch Job State Change", "Batch Service Job State Change":
      addJob(detail, complete: false, nested: nested)
    case "SageMaker Training Job State Change": addTrainingJob(detail)
    case "ECS Task State Change": addTask(detail, complete: false)
    case "ECS Container Instance State Change": addContainerInstance(detail, complete: false)
    case "EC2 Instance State-change Notification":
      guard let id = detail["instance-id"]?.text, let state = detail["state"]?.text, let at else { return incomplete() }
      begin(.instanceEvent)
      put(InstanceEventColumn.instanceId, id)
      put(InstanceEventColumn.kind, state)
      put(InstanceEventColumn.atMs, at)
      put(InstanceEventColumn.source, "event")
      put(InstanceEventColumn.accountRegion, reference: place)
    case "EC2 Spot Instance Interruption Warning":
      guard let id = detail["instance-id"]?.text, let at else { return incomplete() }
      addInstanceEvent(id, "interruption-warning", at: at, source: "event", place)
    case "AWS API Call via CloudTrail", "AWS Service Event via CloudTrail": addTrailEvent(detail)
    case "Object Created": addObject(ofEvent: detail)
    default:
      // Other events may be in the same archive.
      return leaveUnused("EventBridge events of type \(type.string.prefix(80)) are not used")
    }
    guard hasRows(since: mark) else { return }
    count(.events)
    note(at, in: place)
  }

  private mutating func incomplete() {
    findings.add(.missingField, "detail", "lacks the instance, the state or the time: the event is left out")
  }
}
