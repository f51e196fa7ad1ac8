/// EC2 DescribeSpotInstanceRequests: a request whose status says that EC2 took the instance back is proof of it (method
/// page, §2.5).
extension Page {
  mutating func addSpotRequest(_ request: JSONValue) {
    guard let id = request["SpotInstanceRequestId"]?.text, !id.isEmpty else {
      findings.add(.missingField, "SpotInstanceRequestId", "is missing: the request is left out")
      return
    }
    count(.spotRequests)
    // Without an instance it says nothing about one.
    guard let instance = request["InstanceId"]?.text, !instance.isEmpty else { return }
    let place = place(zone: request["LaunchedAvailabilityZone"]?.text, owner: "")
    let created = request["CreateTime"].flatMap { time($0, "CreateTime") }
    if let created { addRequestEvent(instance, "spot-request", at: created, place) }
    let code = request["Status"]?["Code"]?.text?.string ?? ""
    let (isWarning, isReclaim) = (Self.warnings.contains(code), Self.reclaims.contains(code))
    guard isWarning || isReclaim else { return }
    if let updated = request["Status"]?["UpdateTime"].flatMap({ time($0, "Status.UpdateTime") }) {
      addRequestEvent(instance, isWarning ? "interruption-warning" : "spot-request-reclaimed", at: updated, place)
    } else if let created {
      // Proof that EC2 took it back, but not of when: other sources give the end.
      addRequestEvent(instance, "spot-request-taken", at: created, place)
    } else {
      findings.add(
        .missingField, "Status.UpdateTime",
        "is missing, and so is CreateTime: the proof that EC2 took \(instance.string) back is lost")
    }
  }

  private mutating func addRequestEvent(_ instance: JSONText, _ kind: StaticString, at: Int64, _ place: Int) {
    begin(.instanceEvent)
    put(InstanceEventColumn.instanceId, instance)
    put(InstanceEventColumn.kind, JSONText(kind))
    put(InstanceEventColumn.atMs, at)
    put(InstanceEventColumn.source, "spot-request")
    put(InstanceEventColumn.accountRegion, reference: place)
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
