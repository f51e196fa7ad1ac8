/// EC2 DescribeSpotInstanceRequests: a request whose status says that EC2 took the instance back is proof of it (method
/// page, §2.5).
extension Page {
  mutating func addSpotRequest(_ request: JSONValue) {
    guard let id = request["SpotInstanceRequestId"]?.text, !id.isEmpty else {
      findings.add(.missingField, "SpotInstanceRequestId", "is missing: the request is left out")
      return
    }
    count(.spotRequests)
    // Without an instance it says nothing of one.
    guard let instance = request["InstanceId"]?.text, !instance.isEmpty else { return }
    let place = place(zone: request["LaunchedAvailabilityZone"]?.text, owner: "")
    if let created = request["CreateTime"].flatMap({ time($0, "CreateTime") }) {
      addRequestEvent(instance, "spot-request", at: created, place)
    }
    guard let code = request["Status"]?["Code"]?.text?.string,
      let updated = request["Status"]?["UpdateTime"].flatMap({ time($0, "Status.UpdateTime") })
    else { return }
    if Self.warnings.contains(code) { addRequestEvent(instance, "interruption-warning", at: updated, place) }
    if Self.reclaims.contains(code) { addRequestEvent(instance, "spot-request-reclaimed", at: updated, place) }
  }

  private mutating func addRequestEvent(_ instance: JSONText, _ kind: StaticString, at: Int64, _ place: Int) {
    begin(.instanceEvent)
    put(InstanceEventColumn.instanceId, instance)
    put(InstanceEventColumn.kind, JSONText(kind))
    put(InstanceEventColumn.atMs, at)
    put(InstanceEventColumn.source, "spot-request")
    put(InstanceEventColumn.accountRegion, reference: place)
  }

  /// EC2 user guide, "Spot request status codes": what EC2 alone does. `-by-user`, `-by-schedule`, `-by-service` and
  /// `-by-experiment` are not among them.
  private static let reclaims: Set<String> = [
    "instance-terminated-by-price", "instance-terminated-no-capacity", "instance-terminated-capacity-oversubscribed",
    "instance-terminated-launch-group-constraint", "instance-stopped-by-price", "instance-stopped-no-capacity",
    "instance-stopped-capacity-oversubscribed",
  ]
  private static let warnings: Set<String> = ["marked-for-termination", "marked-for-stop"]
}
