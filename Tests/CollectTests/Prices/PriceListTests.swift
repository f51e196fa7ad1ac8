import Store
import Testing

@testable import Collect

@Suite struct PriceListTests {
  /// A product of the price list as GetProducts writes it: JSON in a string.
  private func product(
    _ service: String, family: String, _ attributes: [String: String], usd: String, unit: String = "Hrs",
    begin: String = "0", effective: String = "2026-01-01T00:00:00Z"
  ) -> String {
    let pairs = attributes.sorted { $0.key < $1.key }.map { "\"\($0.key)\":\"\($0.value)\"" }.joined(separator: ",")
    let text = """
      {"product":{"productFamily":"\(family)","attributes":{\(pairs),"regionCode":"eu-west-1"},"sku":"S"},
      "serviceCode":"\(service)","terms":{"OnDemand":{"S.J":{"priceDimensions":{"S.J.6":{"unit":"\(unit)",
      "beginRange":"\(begin)","pricePerUnit":{"USD":"\(usd)"}}},"effectiveDate":"\(effective)"}},
      "Reserved":{"S.R":{"priceDimensions":{"S.R.6":{"unit":"Hrs","pricePerUnit":{"USD":"0.0010000000"}}},
      "effectiveDate":"\(effective)"}}}}
      """
    return "\"\(text.replacing("\n", with: "").replacing("\"", with: "\\\""))\""
  }

  private func instance(_ changes: [String: String], family: String = "Compute Instance", usd: String) -> String {
    let common = [
      "instanceType": "c5.large", "operatingSystem": "Linux", "tenancy": "Shared", "preInstalledSw": "NA",
      "capacitystatus": "Used", "marketoption": "OnDemand", "licenseModel": "No License required",
      "usagetype": "EU-BoxUsage:c5.large",
    ]
    return product("AmazonEC2", family: family, common.merging(changes) { $1 }, usd: usd)
  }

  private func prices(_ products: [String]) throws -> [String] {
    let database = try collected("{\"FormatVersion\":\"aws_v1\",\"PriceList\":[\(products.joined(separator: ","))]}")
    #expect(try database.findings == [])
    return try database.lines(
      """
      SELECT region, service, item, operating_system, tenancy, effective_at_ms, rate, unit, source FROM list_price
      ORDER BY service, item, operating_system, tenancy
      """)
  }

  @Test func instancesAtTheirUsualPrice() throws {
    #expect(
      try prices([
        instance([:], usd: "0.0960000000"),
        instance(["tenancy": "Dedicated"], usd: "0.1020000000"),
        instance(["operatingSystem": "RHEL"], usd: "0.1560000000"),
        instance(["operatingSystem": "Windows"], usd: "0.1880000000"),
        instance(["instanceType": "c5.metal"], family: "Compute Instance (bare metal)", usd: "4.6080000000"),
        // None of these is the price of a job's instance.
        instance(["capacitystatus": "UnusedCapacityReservation"], usd: "0.5"),
        instance(["capacitystatus": "AllocatedCapacityReservation"], usd: "0.0000000000"),
        instance(["preInstalledSw": "SQL Web"], usd: "0.6"),
        instance(["operatingSystem": "Windows", "licenseModel": "Bring your own license"], usd: "0.7"),
        instance(["marketoption": "CapacityBlock"], usd: "0.8"),
        instance(["tenancy": "Host"], usd: "0.0000000000"),
      ]) == [
        "eu-west-1|AmazonEC2|c5.large|Linux|Dedicated|1767225600000|102000000|Hrs|price-list",
        "eu-west-1|AmazonEC2|c5.large|Linux|Shared|1767225600000|96000000|Hrs|price-list",
        "eu-west-1|AmazonEC2|c5.large|RHEL|Shared|1767225600000|156000000|Hrs|price-list",
        "eu-west-1|AmazonEC2|c5.large|Windows|Shared|1767225600000|188000000|Hrs|price-list",
        "eu-west-1|AmazonEC2|c5.metal|Linux|Shared|1767225600000|4608000000|Hrs|price-list",
      ])
  }

  @Test(
    "A price by another time than the hour is left out, and told",
    arguments: ["Second", "seconds", "Minutes", "Day", "Month"])
  func otherUnits(_ unit: String) throws {
    let text = instance([:], usd: "0.0000266667").replacing("Hrs", with: unit)
    let database = try collected("{\"PriceList\":[\(text)]}")
    #expect(try database.lines("SELECT * FROM list_price") == [])
    #expect(
      try database.findings == [
        "unknown-value|PriceList[0].unit|is \(unit), where batchcost knows hours: the price is left out"
      ])
  }

  @Test func fargateStorageAndAddresses() throws {
    func usage(_ service: String, _ type: String, _ usd: String, _ unit: String) -> String {
      product(service, family: "Compute", ["usagetype": type], usd: usd, unit: unit)
    }
    #expect(
      try prices([
        usage("AmazonECS", "USE1-Fargate-vCPU-Hours:perCPU", "0.0404800000", "hours"),
        usage("AmazonECS", "EU-SpotUsage:Fargate-GB-Hours", "0.0013340000", "hours"),
        usage("AmazonECS", "EU-SpotUsage-Fargate-ARM-vCPU-Hours:perCPU", "0.0097912400", "hours"),
        usage("AmazonECS", "EU-ECS-EC2-vCPU-Hours", "0.0000000000", "hours"),
        usage("AmazonECS", "EU-ECS-EC2-GB-Hours", "0.1", "hours"),
        usage("AmazonEC2", "EU-EBS:VolumeUsage.gp3", "0.0880000000", "GB-Mo"),
        usage("AmazonEC2", "EBS:VolumeP-IOPS.gp3", "0.0055000000", "IOPS-Mo"),
        usage("AmazonEC2", "EU-CPUCredits:t3", "0.0500000000", "vCPU-Hours"),
        usage("AmazonVPC", "EU-PublicIPv4:InUseAddress", "0.0050000000", "Hrs"),
        usage("AmazonVPC", "EU-NatGateway-Hours", "0.0480000000", "Hrs"),
        product(
          "AmazonVPC", family: "x", ["usagetype": "EU-PublicIPv4:IdleAddress"], usd: "0.0050000000", begin: "100"),
      ]) == [
        "eu-west-1|AmazonEC2|EBS:VolumeP-IOPS.gp3|||1767225600000|5500000|IOPS-Mo|price-list",
        "eu-west-1|AmazonEC2|EBS:VolumeUsage.gp3|||1767225600000|88000000|GB-Mo|price-list",
        "eu-west-1|AmazonECS|Fargate-vCPU-Hours:perCPU|||1767225600000|40480000|hours|price-list",
        "eu-west-1|AmazonECS|SpotUsage:Fargate-ARM-vCPU-Hours:perCPU|||1767225600000|9791240|hours|price-list",
        "eu-west-1|AmazonECS|SpotUsage:Fargate-GB-Hours|||1767225600000|1334000|hours|price-list",
        "eu-west-1|AmazonVPC|PublicIPv4:InUseAddress|||1767225600000|5000000|Hrs|price-list",
      ])
  }
}
