extension Service {
  /// LookupEvents allows two calls per second.
  package static let cloudTrail = Service(
    id: "CloudTrail", hostPrefix: "cloudtrail", signingName: "cloudtrail",
    wire: .json(version: "1.1", target: "com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101"), requestsPerSecond: 2)
}

/// CloudTrail's event history: 90 days of management events of a region.
package enum CloudTrail {
  package static let lookupEventsOperation = Operation(
    .cloudTrail, "LookupEvents", paging: .init(input: "NextToken", output: "NextToken"))

  /// Returns `Events`, newest first; each `CloudTrailEvent` is a JSON document in a string. Times are seconds since
  /// 1970.
  /// - Parameter attribute: the only one, as CloudTrail takes no more, such as `("EventName", "RunInstances")`.
  package static func lookupEvents(attribute: (key: String, value: String), start: Double, end: Double) -> Call {
    let lookup = JSON.members(
      ("AttributeKey", .string(attribute.key)), ("AttributeValue", .string(attribute.value)))
    return Call(
      lookupEventsOperation,
      .json(
        .members(
          ("LookupAttributes", .array([lookup])), ("StartTime", .double(start)), ("EndTime", .double(end)),
          ("MaxResults", 50))))
  }
}
