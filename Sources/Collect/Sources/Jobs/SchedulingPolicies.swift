import Store

/// The columns of `scheduling_policy` that are collected.
enum SchedulingPolicyColumn: Int32, TableColumns {
  case arn, name, accountRegion, shareDecaySeconds, computeReservation, weights, tags, progress, digest

  static let table = "scheduling_policy"
}

extension Table.Layout {
  static let schedulingPolicy = Table.Layout(SchedulingPolicyColumn.self, key: [.arn], .latest)
}

/// Batch DescribeSchedulingPolicies.
extension Page {
  mutating func addSchedulingPolicy(_ policy: JSONValue) {
    guard let arn = requiredARN(policy["arn"]) else { return }
    count(.schedulingPolicies)
    let shares = object(policy["fairsharePolicy"], "fairsharePolicy")
    begin(.schedulingPolicy)
    put(SchedulingPolicyColumn.arn, arn)
    put(SchedulingPolicyColumn.name, text(policy["name"], "name") ?? arn.afterLastSlash)
    put(SchedulingPolicyColumn.accountRegion, reference: accountRegion(arn))
    put(
      SchedulingPolicyColumn.shareDecaySeconds,
      shares?["shareDecaySeconds"].flatMap { quantity($0, "fairsharePolicy.shareDecaySeconds") })
    put(
      SchedulingPolicyColumn.computeReservation,
      shares?["computeReservation"].flatMap { quantity($0, "fairsharePolicy.computeReservation") })
    put(SchedulingPolicyColumn.weights, bytes: weights(shares?["shareDistribution"]))
    put(SchedulingPolicyColumn.tags, bytes: policy["tags"].flatMap { tags($0) })
    end(SchedulingPolicyColumn.progress, observedAt)
  }

  /// Weight factors by share identifier, as a JSON object; 1 if a share has none.
  private mutating func weights(_ value: JSONValue?) -> [UInt8]? {
    guard let value, !value.isNull else { return nil }
    var bytes = [UInt8(ascii: "{")]
    for share in list(value, "fairsharePolicy.shareDistribution") {
      guard let name = text(share["shareIdentifier"], "fairsharePolicy.shareDistribution.shareIdentifier") else {
        continue
      }
      if bytes.count > 1 { bytes.append(UInt8(ascii: ",")) }
      appendQuoted(name.buffer, to: &bytes)
      bytes.append(UInt8(ascii: ":"))
      bytes += "\(share["weightFactor"]?.number ?? 1)".utf8
    }
    return bytes + [UInt8(ascii: "}")]
  }
}
