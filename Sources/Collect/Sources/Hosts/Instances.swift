import Domain
import Store

/// The columns of `instance_description` that are collected.
enum InstanceDescriptionColumn: Int32, TableColumns {
  case instanceId, source, accountRegion, instanceType, zone, tenancy, lifecycle, usageOperation, platformDetails,
    launchedAtMs, state, stateTransitionAtMs, stateReason, autoScalingGroup, spotRequestId, tags, capacityReservation,
    progress, digest

  static let table = "instance_description"
}

/// The columns of `instance_address` that are collected.
enum InstanceAddressColumn: Int32, TableColumns {
  case instanceId, networkInterface, accountRegion

  static let table = "instance_address"
}

extension Table.Layout {
  static let instanceDescription = Table.Layout(InstanceDescriptionColumn.self, key: [.instanceId, .source], .latest)

  static let instanceAddress = Table.Layout(InstanceAddressColumn.self, key: [.instanceId, .networkInterface], .keep)
}

/// EC2 DescribeInstances.
extension Page {
  mutating func addReservation(_ reservation: JSONValue) {
    guard reservation.isObject else { return findings.add(.wrongType, "", "is not an object: its instances are lost") }
    guard let instances = reservation["Instances"] else {
      return findings.add(.missingField, "Instances", "is missing: the reservation's instances are lost")
    }
    let owner = text(reservation["OwnerId"], "OwnerId")?.string ?? ""
    for instance in list(instances, "Instances") {
      let mark = mark
      addInstance(instance, owner: owner)
      settle(mark)
    }
  }

  mutating func addInstance(_ instance: JSONValue, owner: String) {
    guard let id = instance["InstanceId"]?.text else {
      findings.add(.missingField, "Instances.InstanceId", "is missing: the instance is left out")
      return
    }
    count(.instances)
    let placement = object(instance["Placement"], "Placement")
    let zone = text(placement?["AvailabilityZone"], "Placement.AvailabilityZone")
    let place = place(zone: zone, owner: owner)
    let launchedAt = instance["LaunchTime"].flatMap { time($0, "LaunchTime") }
    let state = text(object(instance["State"], "State")?["Name"], "State.Name")
    let transitionAt = text(instance["StateTransitionReason"], "StateTransitionReason").flatMap(transitionTime)
    begin(.instanceDescription)
    put(InstanceDescriptionColumn.instanceId, id)
    put(InstanceDescriptionColumn.source, "ec2")
    put(InstanceDescriptionColumn.accountRegion, reference: place)
    put(InstanceDescriptionColumn.instanceType, text(instance["InstanceType"], "InstanceType"))
    put(InstanceDescriptionColumn.zone, zone)
    put(InstanceDescriptionColumn.tenancy, text(placement?["Tenancy"], "Placement.Tenancy"))
    put(
      InstanceDescriptionColumn.lifecycle,
      outpost(instance["OutpostArn"]) ?? text(instance["InstanceLifecycle"], "InstanceLifecycle"))
    put(InstanceDescriptionColumn.usageOperation, text(instance["UsageOperation"], "UsageOperation"))
    put(
      InstanceDescriptionColumn.platformDetails,
      text(instance["PlatformDetails"], "PlatformDetails") ?? windows(instance["Platform"]))
    put(InstanceDescriptionColumn.launchedAtMs, launchedAt)
    put(InstanceDescriptionColumn.state, state)
    put(InstanceDescriptionColumn.stateTransitionAtMs, transitionAt)
    put(InstanceDescriptionColumn.stateReason, text(instance["StateReason"]?["Code"], "StateReason.Code"))
    put(InstanceDescriptionColumn.autoScalingGroup, tag("aws:autoscaling:groupName", in: instance["Tags"]))
    put(InstanceDescriptionColumn.spotRequestId, text(instance["SpotInstanceRequestId"], "SpotInstanceRequestId"))
    put(InstanceDescriptionColumn.tags, bytes: pairedTags(instance["Tags"]))
    put(
      InstanceDescriptionColumn.capacityReservation, text(instance["CapacityReservationId"], "CapacityReservationId"))
    end(InstanceDescriptionColumn.progress, (launchedAt ?? 0) << 4 | instanceStateRank(state))
    note(launchedAt, in: place)
    note(transitionAt, in: place)
    putHostName(
      text(instance["PrivateDnsName"], "PrivateDnsName"), of: id,
      region: zone.map { region(ofZone: $0.string) } ?? String(fallbackPlace.prefix { $0 != ":" }))
    if instance["PublicIpAddress"]?.text != nil {
      begin(.instanceAddress)
      put(InstanceAddressColumn.instanceId, id)
      put(InstanceAddressColumn.networkInterface, publicInterface(instance["NetworkInterfaces"]) ?? JSONText(""))
      put(InstanceAddressColumn.accountRegion, reference: place)
    }
  }

  /// `Platform` is `windows`, or missing; it may be all that is told of the operating system (DescribeInstances with
  /// `--query`, RunInstances).
  func windows(_ platform: JSONValue?) -> JSONText? {
    guard let name = platform?.text?.string.lowercased(), name == "windows" else { return nil }
    return JSONText("Windows")
  }

  /// What takes the place of the lifecycle of an instance on an Outpost, which has the zone, the type and the lifecycle of
  /// one in the region.
  func outpost(_ arn: JSONValue?) -> JSONText? {
    guard let arn = arn?.text, !arn.isEmpty else { return nil }
    return JSONText("outpost")
  }

  /// The region of a zone, and the account in the reservation; otherwise what the caller knows.
  mutating func place(zone: JSONText?, owner: String) -> Int {
    guard let zone, !zone.isEmpty else { return reference(.accountRegion, fallbackPlace) }
    let account = owner.isEmpty ? String(fallbackPlace.drop { $0 != ":" }.dropFirst()) : owner
    return place(region: region(ofZone: zone.string), account: account)
  }

  /// The network interface with a public address.
  private mutating func publicInterface(_ interfaces: JSONValue?) -> JSONText? {
    for interface in list(interfaces, "NetworkInterfaces") where interface["Association"]?["PublicIp"]?.text != nil {
      return interface["NetworkInterfaceId"]?.text
    }
    return nil
  }

  func tag(_ key: StaticString, in tags: JSONValue?) -> JSONText? {
    guard let tags else { return nil }
    for tag in tags.elements {
      if let name = (tag["Key"] ?? tag["key"])?.text, name == key { return (tag["Value"] ?? tag["value"])?.text }
    }
    return nil
  }
}

/// The states of an instance's life, later ones larger.
func instanceStateRank(_ state: JSONText?) -> Int64 {
  guard let state else { return 0 }
  switch state {
  case "pending": return 1
  case "running": return 2
  case "stopping": return 3
  case "stopped": return 4
  case "shutting-down": return 5
  case "terminated": return 6
  default: return 0
  }
}

/// The time in `User initiated (2026-10-24 01:39:12 GMT)`.
private func transitionTime(_ reason: JSONText) -> Int64? {
  guard let open = reason.lastIndex(of: UInt8(ascii: "(")),
    let close = reason.firstIndex(of: UInt8(ascii: ")"), from: open)
  else { return nil }
  return Instant(reason.slice(open + 1, close).string)?.milliseconds
}
