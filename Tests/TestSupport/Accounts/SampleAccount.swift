import Foundation

/// An account of AWS that holds the bundled fortnight, behind `FakeAWS`: Batch, ECS, EC2, Pricing, CloudTrail, Logs, S3.
///
/// ```swift
/// let account = try SampleAccount.shared()
/// let aws = FakeAWS(handlers: [account])
/// ```
///
/// Beside what the fortnight holds it has Graviton types, at prices that are made up. It forgets nothing, so that a collection as of the end of the fortnight finds all of it; `at` gives what is known at
/// a moment within it.
package struct SampleAccount: FakeHandler {
  /// A thing in a service, as the AWS CLI prints it.
  struct Item: Sendable {
    let id: String
    let json: String
    /// The members that requests filter by.
    let facets: [String: String]

    var created: Int64 { Int64(facets["createdAt"] ?? "") ?? 0 }
  }

  package static let account = "111122223333"
  package static let region = "eu-west-1"

  let lists: [String: [Item]]
  let byID: [String: [String: Item]]
  /// The jobs that ListJobs lists, newest first, by queue, without children of arrays and multi-node jobs.
  let jobsOfQueue: [String: [Item]]
  let shapes: [String: SampleShape]
  /// Operations that the account's credentials may not use.
  package var denied: Set<String> = []
  let folder: URL

  /// Read once, since it takes a while.
  package static func shared() throws -> SampleAccount { try loaded.get() }
  private static let loaded = Result { try SampleAccount() }

  private init() throws {
    let folder = URL(fileURLWithPath: Repository.fortnight)
    var lists: [String: [Item]] = [:]
    for part in ["batch", "ecs", "ec2", "pricing", "cloudtrail"] {
      for file in try FileManager.default.contentsOfDirectory(atPath: folder.appending(path: part).path).sorted() {
        let document = try SampleFile.json(folder.appending(path: "\(part)/\(file)"))
        for (list, values) in document {
          for value in values as? [Any] ?? [] { lists[list, default: []].append(try Self.item(list, value)) }
        }
      }
    }
    for (list, items) in try Self.graviton() { lists[list, default: []] += items }
    let shapes = try Dictionary(
      uniqueKeysWithValues: [
        "DescribeCapacityBlocks", "DescribeCapacityReservations", "DescribeInstances", "DescribeInstanceTypes",
        "DescribeSpotPriceHistory", "DescribeVolumes",
      ]
      .map { ($0, try SampleShape(Repository.root.appending(path: "Sources/AWS/Shapes/\($0).shape"))) })
    self.init(lists: lists, shapes: shapes, folder: folder, denied: [])
  }

  init(lists: [String: [Item]], shapes: [String: SampleShape], folder: URL, denied: Set<String>) {
    (self.lists, self.shapes, self.folder, self.denied) = (lists, shapes, folder, denied)
    let listed = (lists["jobs"] ?? []).filter { job in
      !job.id.utf8.contains { $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: "#") }
    }
    jobsOfQueue = Dictionary(grouping: listed) { $0.facets["jobQueue"] ?? "" }.mapValues { jobs in
      jobs.sorted { ($0.created, $0.id) > ($1.created, $1.id) }
    }
    byID = lists.mapValues { Dictionary($0.map { ($0.id, $0) }) { first, _ in first } }
  }

  package func answer(_ request: FakeRequest) async -> FakeAnswer? {
    if denied.contains(request.operation) {
      return .error(
        request.service == "ec2" ? "UnauthorizedOperation" : "AccessDeniedException", "not authorized", status: 403,
        for: request)
    }
    // The price list is asked in a region other than the one the prices are for.
    if ["batch", "ecs", "ec2", "cloudtrail", "logs"].contains(request.service), request.region != Self.region {
      return .error("ClientException", "nothing of the sample is here", status: 400, for: request)
    }
    switch request.service {
    case "batch": return batch(request)
    case "ecs": return ecs(request)
    case "ec2": return ec2(request)
    case "s3": return s3(request)
    case "sts" where request.operation == "GetCallerIdentity":
      return .xml(
        "<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>arn:aws:iam::\(Self.account):user/sample</Arn>"
          + "<UserId>AIDA</UserId><Account>\(Self.account)</Account></GetCallerIdentityResult></GetCallerIdentityResponse>"
      )
    default: return history(request)
    }
  }

  /// A page of a list: its token is where the next one starts, or empty at the end.
  func page<Element>(_ all: [Element], after token: String?, size: Int) -> (items: ArraySlice<Element>, next: String) {
    let start = min(Int(token ?? "") ?? 0, all.count)
    let end = min(start + size, all.count)
    return (all[start..<end], end < all.count ? "\(end)" : "")
  }

  static func item(_ list: String, _ value: Any) throws -> Item {
    if let text = value as? String {
      let product = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any] ?? [:]
      let attributes = (product["product"] as? [String: Any])?["attributes"] as? [String: String] ?? [:]
      let quoted = String(decoding: try JSONEncoder().encode(text), as: UTF8.self)
      let service = ["ServiceCode": product["serviceCode"] as? String ?? ""]
      return Item(id: "", json: quoted, facets: attributes.merging(service) { $1 })
    }
    let members = value as? [String: Any] ?? [:]
    let facets = members.compactMapValues { $0 as? String ?? ($0 as? NSNumber).map { "\($0)" } }
    var own = facets
    if let array = members["arrayProperties"] as? [String: Any], let size = array["size"] { own["size"] = "\(size)" }
    if let nodes = members["nodeProperties"] as? [String: Any], let count = nodes["numNodes"] {
      own["nodes"] = "\(count)"
    }
    if let instances = members["Instances"] as? [[String: Any]] {
      own["InstanceId"] = instances.first?["InstanceId"] as? String
    }
    for list in ["taskArn", "containerInstanceArn"] {
      let parts = own[list]?.split(separator: "/") ?? []
      if parts.count == 3 { own["cluster"] = String(parts[1]) }
    }
    let names = ["jobs": "jobId", "tasks": "taskArn", "containerInstances": "containerInstanceArn"]
    return Item(
      id: own[names[list] ?? "InstanceId"] ?? "",
      json: String(decoding: try JSONSerialization.data(withJSONObject: members), as: UTF8.self), facets: own)
  }
}

/// Files of the sample.
enum SampleFile {
  static func unpacked(_ file: URL) throws -> Data {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["gzip", "-dc", file.path]
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return data
  }

  static func json(_ file: URL) throws -> [String: Any] {
    try JSONSerialization.jsonObject(with: unpacked(file)) as? [String: Any] ?? [:]
  }
}
