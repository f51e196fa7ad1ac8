import Store

/// The columns of `instance_event` that are collected.
enum InstanceEventColumn: Int32, TableColumns {
  case instanceId, kind, atMs, source, accountRegion

  static let table = "instance_event"
}

extension Table.Layout {
  static let instanceEvent = Table.Layout(InstanceEventColumn.self, key: [.instanceId, .kind, .atMs, .source], .keep)
}

/// CloudTrail LookupEvents: the starts and ends of instances. Elements contain the event as text, in `CloudTrailEvent`;
/// files delivered by CloudTrail contain the events themselves.
extension Page {
  mutating func addTrailEvent(_ event: JSONValue) {
    guard let name = event["eventName"]?.text else {
      findings.add(.missingField, "eventName", "is missing: the event is left out")
      return
    }
    // A denied call started and ended nothing.
    if let error = event["errorCode"], !error.isNull {
      return leaveUnused("CloudTrail events of refused calls are not used")
    }
    guard let at = event["eventTime"].flatMap({ time($0, "eventTime") }) else {
      return findings.add(.missingField, "eventTime", "is missing: the event is left out")
    }
    let mark = mark
    let account = (event["recipientAccountId"] ?? event["userIdentity"]?["accountId"])?.text?.string ?? ""
    let region = event["awsRegion"]?.text?.string ?? ""
    let place = place(region: region, account: account)
    let response = event["responseElements"] ?? event
    switch name {
    case "RunInstances":
      let items = response["instancesSet"]?["items"] ?? response
      for instance in items.elements {
        addLaunched(instance, at: at, place)
        if let id = instance["instanceId"]?.text {
          putHostName(instance["privateDnsName"]?.text, of: id, region: region)
        }
      }
    case "CreateFleet":
      let fleet = (response["CreateFleetResponse"] ?? response)["fleetInstanceSet"] ?? response
      let items = fleet["item"] ?? fleet
      if items.isObject { addFleet(items, at: at, place) }
      for item in items.elements { addFleet(item, at: at, place) }
    case "TerminateInstances":
      let set = response["instancesSet"] ?? event["requestParameters"]?["instancesSet"]
      for instance in (set ?? event).elements(of: "items") { addTerminated(instance, at: at, place) }
    case "BidEvictedEvent":
      for id in (event["serviceEventDetails"] ?? event).elements(of: "instanceIdSet") {
        if let id = id.text { addInstanceEvent(id, "bid-evicted", at: at, source: "cloudtrail", place) }
      }
    default: return leaveUnused("CloudTrail events of \(name.string.prefix(80)) are not used")
    }
    if hasRows(since: mark) {
      count(.cloudTrail)
    } else {
      leaveUnused("CloudTrail events that name no instance, or one that had ended, are not used")
    }
  }

  private mutating func addTerminated(_ instance: JSONValue, at: Int64, _ place: Int) {
    guard let id = instance["instanceId"]?.text else { return }
    // Ending an instance that has already ended does not say when it ended.
    if instanceStateRank(instance["previousState"]?["name"]?.text) >= 5 { return }
    addInstanceEvent(id, "terminate-instances", at: at, source: "cloudtrail", place)
  }

  private mutating func addLaunched(_ instance: JSONValue, at: Int64, _ place: Int) {
    guard let id = instance["instanceId"]?.text else { return }
    addInstanceEvent(id, "run-instances", at: at, source: "cloudtrail", place)
    let launchedAt = instance["launchTime"].flatMap { time($0, "launchTime") } ?? at
    let tags = instance["tagSet"]?["items"]
    begin(.instanceDescription)
    put(InstanceDescriptionColumn.instanceId, id)
    put(InstanceDescriptionColumn.source, "cloudtrail")
    put(InstanceDescriptionColumn.accountRegion, reference: place)
    put(InstanceDescriptionColumn.instanceType, instance["instanceType"]?.text)
    put(InstanceDescriptionColumn.zone, instance["placement"]?["availabilityZone"]?.text)
    put(InstanceDescriptionColumn.tenancy, instance["placement"]?["tenancy"]?.text)
    put(
      InstanceDescriptionColumn.lifecycle, outpost(instance["outpostArn"]) ?? instance["instanceLifecycle"]?.text)
    put(InstanceDescriptionColumn.usageOperation, instance["usageOperation"]?.text)
    put(
      InstanceDescriptionColumn.platformDetails,
      instance["platformDetails"]?.text ?? windows(instance["platform"]))
    put(InstanceDescriptionColumn.launchedAtMs, launchedAt)
    put(InstanceDescriptionColumn.state, instance["instanceState"]?["name"]?.text)
    put(InstanceDescriptionColumn.autoScalingGroup, tag("aws:autoscaling:groupName", in: tags))
    put(InstanceDescriptionColumn.spotRequestId, instance["spotInstanceRequestId"]?.text)
    put(InstanceDescriptionColumn.tags, bytes: pairedTags(tags))
    put(InstanceDescriptionColumn.capacityReservation, instance["capacityReservationId"]?.text)
    end(InstanceDescriptionColumn.progress, at)
  }

  /// CreateFleet says less about its instances: only what the request overrode.
  private mutating func addFleet(_ item: JSONValue, at: Int64, _ place: Int) {
    let overrides = item["launchTemplateAndOverrides"]?["overrides"]
    let ids = item["instanceIds"]?["item"] ?? item["instanceIds"] ?? item
    if let id = ids.text { addFleetInstance(id, item, overrides, at: at, place) }
    for id in ids.elements {
      if let id = id.text { addFleetInstance(id, item, overrides, at: at, place) }
    }
  }

  private mutating func addFleetInstance(
    _ id: JSONText, _ item: JSONValue, _ overrides: JSONValue?, at: Int64, _ place: Int
  ) {
    addInstanceEvent(id, "run-instances", at: at, source: "cloudtrail", place)
    let lifecycle = item["lifecycle"]?.text
    begin(.instanceDescription)
    put(InstanceDescriptionColumn.instanceId, id)
    put(InstanceDescriptionColumn.source, "cloudtrail")
    put(InstanceDescriptionColumn.accountRegion, reference: place)
    put(InstanceDescriptionColumn.instanceType, (item["instanceType"] ?? overrides?["instanceType"])?.text)
    put(InstanceDescriptionColumn.zone, overrides?["availabilityZone"]?.text)
    put(InstanceDescriptionColumn.lifecycle, lifecycle.flatMap { $0 == "on-demand" ? nil : $0 })
    put(InstanceDescriptionColumn.launchedAtMs, at)
    end(InstanceDescriptionColumn.progress, at - 1)
  }

  mutating func addInstanceEvent(
    _ id: JSONText, _ kind: StaticString, at: Int64, source: StaticString, _ place: Int
  ) {
    putInstanceEvent(id, kind, at: at, source: source, place)
    note(at, in: place)
  }

  /// The same of a source that does not tell when AWS was seen at work.
  mutating func putInstanceEvent(
    _ id: JSONText, _ kind: StaticString, at: Int64, source: StaticString, _ place: Int
  ) {
    begin(.instanceEvent)
    put(InstanceEventColumn.instanceId, id)
    put(InstanceEventColumn.kind, JSONText(kind))
    put(InstanceEventColumn.atMs, at)
    put(InstanceEventColumn.source, JSONText(source))
    put(InstanceEventColumn.accountRegion, reference: place)
  }
}

extension JSONText {
  init(_ literal: StaticString) { self.init(start: literal.utf8Start, count: literal.utf8CodeUnitCount) }
}
