import Foundation

/// EC2, whose answers are XML.
extension SampleAccount {
  func ec2(_ request: FakeRequest) -> FakeAnswer {
    let form = request.form
    switch request.operation {
    case "DescribeInstances":
      let ids = form["Filter.1.Name"] == "instance-id" ? values("Filter.1.Value", form) : nil
      let all = lists["Reservations"] ?? []
      return xml(request, "Reservations", ids.map { ids in all.filter { ids.contains($0.id) } } ?? all, pageSize: 1000)
    case "DescribeInstanceTypes":
      let names = values("Filter.1.Value", form)
      let types = (lists["InstanceTypes"] ?? []).filter { type in
        names.contains { Self.matches(type.facets["InstanceType"] ?? "", $0) }
      }
      return xml(request, "InstanceTypes", types, pageSize: 100)
    case "DescribeCapacityBlocks": return xml(request, "CapacityBlocks", lists["CapacityBlocks"] ?? [], pageSize: 1000)
    case "DescribeCapacityReservations":
      return xml(request, "CapacityReservations", lists["CapacityReservations"] ?? [], pageSize: 1000)
    case "DescribeVolumes": return xml(request, "Volumes", [], pageSize: 500)
    case "DescribeSpotPriceHistory": return spotPrices(request, form)
    default: return .error("InvalidAction", "unknown", status: 400, for: request)
    }
  }

  /// Filters may contain `*`.
  private static func matches(_ name: String, _ filter: String) -> Bool {
    let parts = filter.split(separator: "*", omittingEmptySubsequences: false)
    guard parts.count == 2 else { return name == filter }
    return name.count >= filter.count - 1 && name.hasPrefix(parts[0]) && name.hasSuffix(parts[1])
  }

  /// The price changes in the span, and each pool's last one before it.
  private func spotPrices(_ request: FakeRequest, _ form: [String: String]) -> FakeAnswer {
    let types = values("InstanceType", form)
    let products = values("ProductDescription", form)
    let start = form["StartTime"] ?? ""
    let end = form["EndTime"] ?? ""
    let wanted = (lists["SpotPriceHistory"] ?? []).filter {
      types.contains($0.facets["InstanceType"] ?? "") && products.contains($0.facets["ProductDescription"] ?? "")
        && time($0) <= end.prefix(19)
    }
    var before: [String: Item] = [:]
    var within: [Item] = []
    for price in wanted {
      if time(price) >= start.prefix(19) {
        within.append(price)
        continue
      }
      let pool = ["AvailabilityZone", "InstanceType", "ProductDescription"].map { price.facets[$0] ?? "" }.joined()
      if before[pool].map({ time($0) < time(price) }) ?? true { before[pool] = price }
    }
    return xml(
      request, "SpotPriceHistory", within + before.sorted { $0.key < $1.key }.map(\.value), pageSize: 1000)
  }

  private func time(_ price: Item) -> Substring { (price.facets["Timestamp"] ?? "").prefix(19) }

  private func values(_ name: String, _ form: [String: String]) -> Set<String> {
    Set(form.filter { $0.key.hasPrefix("\(name).") }.values)
  }

  private func xml(_ request: FakeRequest, _ list: String, _ all: [Item], pageSize: Int) -> FakeAnswer {
    let (items, next) = page(all, after: request.form["NextToken"], size: pageSize)
    let objects = items.map { (try? JSONSerialization.jsonObject(with: Data($0.json.utf8))) ?? [:] }
    let name = request.operation
    let content = shapes[name]?.xml([list: objects]) ?? ""
    return .xml("<\(name)Response>\(content)<nextToken>\(next)</nextToken></\(name)Response>")
  }
}

/// The element names of an operation's answer, to write XML from what the AWS CLI prints.
package struct SampleShape: Sendable {
  private struct Member: Sendable {
    let element: String
    let item: String?
    let inner: SampleShape
  }

  private var members: [String: Member] = [:]

  init(_ file: URL) throws {
    let text = try String(contentsOf: file, encoding: .utf8)
    var lines = text.split(separator: "\n").filter { !$0.hasPrefix("#") }[...]
    self.init(&lines, depth: 0)
  }

  private init(_ lines: inout ArraySlice<Substring>, depth: Int) {
    while let line = lines.first, line.prefix(while: { $0 == " " }).count == depth * 2 {
      lines.removeFirst()
      let words = line.split(separator: " ").map(String.init)
      let item = words.dropFirst(2).first { $0.hasPrefix("[") }.map { String($0.dropFirst().dropLast()) }
      members[words[1]] = Member(element: words[0], item: item, inner: SampleShape(&lines, depth: depth + 1))
    }
  }

  func xml(_ value: Any) -> String {
    guard let object = value as? [String: Any] else { return Self.text(value) }
    return object.sorted { $0.key < $1.key }.map { key, value in
      guard let member = members[key] else { return "" }
      guard let elements = value as? [Any] else {
        return "<\(member.element)>\(member.inner.xml(value))</\(member.element)>"
      }
      let item = member.item ?? "item"
      let items = elements.map { "<\(item)>\(member.inner.xml($0))</\(item)>" }.joined()
      return "<\(member.element)>\(items)</\(member.element)>"
    }.joined()
  }

  private static func text(_ value: Any) -> String {
    if let number = value as? NSNumber, String(cString: number.objCType) == "c" {
      return number.boolValue ? "true" : "false"
    }
    return "\(value)".replacing("&", with: "&amp;").replacing("<", with: "&lt;")
  }
}
