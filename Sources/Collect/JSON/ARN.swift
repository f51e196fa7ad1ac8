/// `arn:partition:service:region:account:resource`, split into the parts that are needed, without copies.
struct ARN {
  /// `eu-west-1:111122223333`, as in the ARN: it identifies an account and region in a page.
  let place: JSONText
  /// Everything after the account: `job-queue/urgent`, `container-instance/cluster/id`.
  let resource: JSONText

  /// Nil for text that is not an ARN.
  init?(_ text: JSONText) {
    guard text.hasPrefix("arn:") else { return nil }
    guard let partition = text.firstIndex(of: UInt8(ascii: ":"), from: 4),
      let service = text.firstIndex(of: UInt8(ascii: ":"), from: partition + 1),
      let region = text.firstIndex(of: UInt8(ascii: ":"), from: service + 1),
      let account = text.firstIndex(of: UInt8(ascii: ":"), from: region + 1)
    else { return nil }
    place = text.slice(service + 1, account)
    resource = text.dropFirst(account + 1)
  }

  /// The last part of the resource.
  var name: JSONText { resource.afterLastSlash }

  /// `cluster` in `task/cluster/id` and `container-instance/cluster/id`; nil for the old form without a cluster.
  var cluster: JSONText? {
    guard let first = resource.firstIndex(of: UInt8(ascii: "/")),
      let last = resource.lastIndex(of: UInt8(ascii: "/")), last > first
    else { return nil }
    return resource.slice(first + 1, last)
  }
}
