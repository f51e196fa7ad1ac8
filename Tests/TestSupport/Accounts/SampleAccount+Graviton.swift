import Foundation

/// Graviton types, which the sample lacks. **Their prices are made up**: On-Demand a few cents a vCPU, a cent more for
/// a newer generation; Spot always a quarter of that.
extension SampleAccount {
  /// Families with GiB and millionths of a dollar an hour for each vCPU. The region seems to have no m8g yet, and of r
  /// only r8g.
  private static let gravitonFamilies = [
    ("c6g", 2, 30_000), ("c7g", 2, 32_000), ("c8g", 2, 34_000), ("c7gn", 2, 45_000), ("m6g", 4, 36_000),
    ("m7g", 4, 38_000), ("r8g", 8, 52_000),
  ]
  private static let gravitonSizes = [
    ("large", 2), ("xlarge", 4), ("2xlarge", 8), ("4xlarge", 16), ("8xlarge", 32), ("12xlarge", 48), ("16xlarge", 64),
  ]

  static func graviton() throws -> [String: [Item]] {
    var lists: [String: [Item]] = [:]
    for (family, gib, rate) in gravitonFamilies {
      for (size, vcpus) in gravitonSizes + (family.contains("8") ? [("24xlarge", 96)] : []) {
        let name = "\(family).\(size)"
        let type: [String: Any] = [
          "InstanceType": name, "ProcessorInfo": ["SupportedArchitectures": ["arm64"]],
          "VCpuInfo": ["DefaultVCpus": vcpus], "MemoryInfo": ["SizeInMiB": vcpus * gib * 1024],
          "BareMetal": false, "BurstablePerformanceSupported": false,
        ]
        lists["InstanceTypes", default: []].append(try item("InstanceTypes", type))
        lists["PriceList", default: []].append(try item("PriceList", product(name, dollars(rate * vcpus))))
        for zone in ["a", "b", "c"] {
          let price: [String: Any] = [
            "InstanceType": name, "AvailabilityZone": "\(region)\(zone)", "ProductDescription": "Linux/UNIX",
            "SpotPrice": dollars(rate * vcpus / 4), "Timestamp": "2026-10-01T00:00:00+00:00",
          ]
          lists["SpotPriceHistory", default: []].append(try item("SpotPriceHistory", price))
        }
      }
    }
    return lists
  }

  private static func dollars(_ millionths: Int) -> String {
    let cents = String(millionths % 1_000_000 + 1_000_000).dropFirst()
    return "\(millionths / 1_000_000).\(cents)"
  }

  private static func product(_ type: String, _ price: String) -> String {
    let attributes = [
      ("instanceType", type), ("tenancy", "Shared"), ("operatingSystem", "Linux"), ("preInstalledSw", "NA"),
      ("capacitystatus", "Used"), ("marketoption", "OnDemand"), ("licenseModel", "No License required"),
      ("usagetype", "EU-BoxUsage:\(type)"), ("operation", "RunInstances"), ("regionCode", region),
      ("locationType", "AWS Region"), ("servicecode", "AmazonEC2"),
    ]
    let members = attributes.map { "\"\($0)\":\"\($1)\"" }.joined(separator: ",")
    return """
      {"product":{"productFamily":"Compute Instance","attributes":{\(members)},"sku":"\(type)"},"serviceCode":"AmazonEC2",\
      "terms":{"OnDemand":{"\(type).JRTCKXETXF":{"priceDimensions":{"\(type).JRTCKXETXF.6YS6EN2CT7":{"unit":"Hrs",\
      "beginRange":"0","endRange":"Inf","pricePerUnit":{"USD":"\(price)"}}},"sku":"\(type)",\
      "effectiveDate":"2026-01-01T00:00:00Z","offerTermCode":"JRTCKXETXF","termAttributes":{}}}}}
      """
  }
}
