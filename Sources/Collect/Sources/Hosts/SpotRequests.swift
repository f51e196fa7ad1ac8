import Store

/// The columns of `spot_request_event`: what requests that name no instance say of theirs.
enum SpotRequestEventColumn: Int32, TableColumns {
  case spotRequestId, kind, atMs

  static let table = "spot_request_event"
}

extension Table.Layout {
  static let spotRequestEvent = Table.Layout(
    SpotRequestEventColumn.self, key: [.spotRequestId, .kind, .atMs], .keep)
}

/// EC2 DescribeSpotInstanceRequests: a request whose status says that EC2 took the instance back is proof of it (method
/// page, §2.5).
extension Page {
  mutating func addSpotRequest(_ request: JSONValue) {
    guard let id = request["SpotInstanceRequestId"]?.text, !id.isEmpty else {
      findings.add(.missingField, "SpotInstanceRequestId", "is missing: the request is left out")
      return
    }
    count(.spotRequests)
    let instance = request["InstanceId"]?.text.flatMap { $0.isEmpty ? nil : $0 }
    let place = place(zone: request["LaunchedAvailabilityZone"]?.text, owner: "")
    let created = request["CreateTime"].flatMap { time($0, "CreateTime") }
    let code = request["Status"]?["Code"]?.text?.string ?? ""
    let (isWarning, isReclaim) = (Self.warnings.contains(code), Self.reclaims.contains(code))
    if let created { addRequestEvent(id, instance, "spot-request", at: created, place) }
    guard isWarning || isReclaim else {
      // An open request, or one that was never fulfilled, is about no instance.
      return instance == nil && created == nil ? leaveUnused(nil) : ()
    }
    if let updated = request["Status"]?["UpdateTime"].flatMap({ time($0, "Status.UpdateTime") }) {
      addRequestEvent(id, instance, isWarning ? "interruption-warning" : "spot-request-reclaimed", at: updated, place)
    } else if let created {
      // Proof that EC2 took it back, but not of when: other sources give the end.
      addRequestEvent(id, instance, "spot-request-taken", at: created, place)
    } else {
      findings.add(
        .missingField, "Status.UpdateTime",
        "is missing, and so is CreateTime: the proof that EC2 took \((instance ?? id).string) back is lost")
    }
  }

  /// The instance of a request that names none is the one that names the request.
  private mutating func addRequestEvent(
    _ request: JSONText, _ instance: JSONText?, _ kind: StaticString, at: Int64, _ place: Int
  ) {
    if let instance { return putInstanceEvent(instance, kind, at: at, source: "spot-request", place) }
    begin(.spotRequestEvent)
    put(SpotRequestEventColumn.spotRequestId, request)
    put(SpotRequestEventColumn.kind, JSONText(kind))
    put(SpotRequestEventColumn.atMs, at)
  }

  /// EC2 user guide, "Spot request status codes": the codes for actions of EC2 alone, without `-by-user`,
  /// `-by-schedule`, `-by-service` and `-by-experiment`.
  private static let reclaims: Set<String> = [
    "instance-terminated-by-price", "instance-terminated-no-capacity", "instance-terminated-capacity-oversubscribed",
    "instance-terminated-launch-group-constraint", "instance-stopped-by-price", "instance-stopped-no-capacity",
    "instance-stopped-capacity-oversubscribed",
  ]
  private static let warnings: Set<String> = ["marked-for-termination", "marked-for-stop"]
}
