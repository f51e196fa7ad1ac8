import Foundation

/// Pricing, CloudTrail, Logs, and events in S3.
extension SampleAccount {
  /// The bucket and prefix of the sample's events.
  package static let events = "s3://events/fortnight/"

  func history(_ request: FakeRequest) -> FakeAnswer? {
    let body = (try? JSONSerialization.jsonObject(with: Data(request.body))) as? [String: Any] ?? [:]
    switch request.operation {
    case "GetProducts":
      let service = ["Field": "ServiceCode", "Value": body["ServiceCode"] as? String ?? ""]
      let filters = (body["Filters"] as? [[String: String]] ?? []) + [service]
      let products = (lists["PriceList"] ?? []).filter { product in
        filters.allSatisfy { product.facets[$0["Field"] ?? ""] == $0["Value"] }
      }
      return list("PriceList", products, body["NextToken"] as? String, size: 100)
    case "LookupEvents":
      let attribute = (body["LookupAttributes"] as? [[String: String]])?.first
      let span = ["StartTime", "EndTime"].map { (body[$0] as? NSNumber)?.doubleValue ?? 0 }
      let events = (lists["Events"] ?? []).filter { event in
        guard event.facets[attribute?["AttributeKey"] ?? ""] == attribute?["AttributeValue"] else { return false }
        let time = (event.facets["EventTime"]).flatMap { try? Date($0, strategy: .iso8601) }?.timeIntervalSince1970
        return time.map { span[0] <= $0 && $0 <= span[1] } ?? false
      }
      return list("Events", events, body["NextToken"] as? String, size: 50)
    // Empty: the logs already have all usage.
    case "ListMetrics": return .json("{\"Metrics\":[]}")
    case "StartQuery":
      // One cluster has all usage, since the records do not say which cluster they belong to.
      let group = (body["logGroupNames"] as? [String])?.first ?? ""
      if !group.contains("/AWSBatch-gpu-spot") {
        return .error("ResourceNotFoundException", "no such group", status: 400, for: request)
      }
      // 2026-10-26: the query whose span has this day finds everything.
      let times = ["startTime", "endTime"].map { (body[$0] as? NSNumber)?.int64Value ?? 0 }
      let holdsUsage = times[0] <= 1_792_972_800 && 1_792_972_800 < times[1]
      return .json("{\"queryId\":\"\(holdsUsage ? "all" : "none")\"}")
    case "GetQueryResults":
      if body["queryId"] as? String == "none" { return .json("{\"status\":\"Complete\",\"results\":[]}") }
      let file = folder.appending(path: "logs/task-metrics.json.gz")
      guard let document = try? SampleFile.json(file), let results = document["results"],
        let data = try? JSONSerialization.data(withJSONObject: ["status": "Complete", "results": results])
      else { return nil }
      return .json([UInt8](data))
    default: return nil
    }
  }

  func s3(_ request: FakeRequest) -> FakeAnswer? {
    let names = ["events-0001.jsonl.gz", "events-0002.jsonl.gz"]
    if request.operation == "GetObject" {
      guard let name = names.first(where: request.path.hasSuffix),
        let data = try? Data(contentsOf: folder.appending(path: "events/\(name)"))
      else { return nil }
      return FakeAnswer(body: [UInt8](data))
    }
    let after = request.query["start-after"] ?? ""
    let keys = names.map { "fortnight/\($0)" }.filter { $0 > after }
    let contents = keys.map { "<Contents><Key>\($0)</Key><Size>1</Size></Contents>" }.joined()
    return .xml("<ListBucketResult><IsTruncated>false</IsTruncated>\(contents)</ListBucketResult>")
  }

  private func list(_ name: String, _ all: [Item], _ token: String?, size: Int) -> FakeAnswer {
    let (items, next) = page(all, after: token, size: size)
    return .json("{\"\(name)\":[\(items.map(\.json).joined(separator: ","))],\"NextToken\":\"\(next)\"}")
  }
}
