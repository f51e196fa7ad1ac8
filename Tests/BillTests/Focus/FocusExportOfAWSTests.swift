import Accounting
import Collect
import Domain
import Store
import Testing

/// FOCUS with the columns of AWS's own exports: 1.0 with 43 and five of AWS's own, 1.2 with 57 and three, none of which
/// has the usage type.
@Suite struct FocusOfAWS {
  private static let version10 = """
    AvailabilityZone BilledCost BillingAccountId BillingAccountName BillingCurrency BillingPeriodEnd BillingPeriodStart \
    ChargeCategory ChargeClass ChargeDescription ChargeFrequency ChargePeriodEnd ChargePeriodStart \
    CommitmentDiscountCategory CommitmentDiscountId CommitmentDiscountName CommitmentDiscountStatus \
    CommitmentDiscountType ConsumedQuantity ConsumedUnit ContractedCost ContractedUnitPrice EffectiveCost \
    InvoiceIssuerName ListCost ListUnitPrice PricingCategory PricingQuantity PricingUnit ProviderName PublisherName \
    RegionId RegionName ResourceId ResourceName ResourceType ServiceCategory ServiceName SkuId SkuPriceId SubAccountId \
    SubAccountName Tags
    """.split(separator: " ").map(String.init)

  private static let header10 =
    version10 + ["x_CostCategories", "x_Discounts", "x_Operation", "x_ServiceCode", "x_UsageType"]

  private static let header12 =
    (version10 + [
      "BillingAccountType", "CapacityReservationId", "CapacityReservationStatus", "CommitmentDiscountQuantity",
      "CommitmentDiscountUnit", "InvoiceId", "PricingCurrency", "PricingCurrencyContractedUnitPrice",
      "PricingCurrencyEffectiveCost", "PricingCurrencyListUnitPrice", "ServiceSubcategory", "SkuMeter",
      "SkuPriceDetails", "SubAccountType",
    ]).sorted() + ["x_Discounts", "x_Operation", "x_ServiceCode"]

  private typealias Row = [String: String]

  private static func usage(
    _ resource: String, billed: String, effective: String, list: String, type: String, pricing: String = "Standard",
    service: (name: String, code: String) = ("Amazon Elastic Compute Cloud", "AmazonEC2"),
    operation: String = "RunInstances", quantity: String = "1", unit: String = "Hours", _ more: Row = [:]
  ) -> Row {
    [
      "ResourceId": resource, "BilledCost": billed, "EffectiveCost": effective, "ListCost": list, "x_UsageType": type,
      "PricingCategory": pricing, "ServiceName": service.name, "x_ServiceCode": service.code, "x_Operation": operation,
      "ConsumedQuantity": quantity, "ConsumedUnit": unit, "ChargeCategory": "Usage",
    ].merging(more) { $1 }
  }

  private static let rows: [Row] = [
    usage("i-0a", billed: "0.1", effective: "0.1", list: "0.1", type: "EU-BoxUsage:c5.large"),
    usage(
      "i-0b", billed: "0.04", effective: "0.04", list: "0.1", type: "EU-SpotUsage:c5.large", pricing: "Dynamic",
      operation: "RunInstances:SV001"),
    usage(
      "arn:aws:ec2:eu-west-1:111122223333:instance/i-0c", billed: "0", effective: "0.072", list: "0.1",
      type: "EU-BoxUsage:c5.large", pricing: "Committed",
      [
        "CommitmentDiscountCategory": "Spend", "CommitmentDiscountStatus": "Used",
        "CommitmentDiscountType": "Compute Savings Plans", "CommitmentDiscountId": "arn:aws:savingsplans::1:sp/1",
      ]),
    usage(
      "i-0d", billed: "0", effective: "0.063", list: "0.1", type: "EU-BoxUsage:c5.large", pricing: "Committed",
      [
        "CommitmentDiscountCategory": "Usage", "CommitmentDiscountStatus": "Used",
        "CommitmentDiscountType": "Standard Reserved Instances", "CommitmentDiscountId": "arn:aws:ec2::1:ri/1",
      ]),
    usage(
      "vol-0a", billed: "0.0105", effective: "0.0105", list: "0.0105", type: "EU-EBS:VolumeUsage.gp3",
      operation: "CreateVolume-Gp3", quantity: "0.1344086022", unit: "GB-Mo"),
    usage(
      "arn:aws:ec2:eu-west-1:111122223333:network-interface/eni-0a", billed: "0.005", effective: "0.005", list: "0.005",
      type: "EU-PublicIPv4:InUseAddress", service: ("Amazon Virtual Private Cloud", "AmazonVPC"),
      operation: "RunInstances"),
    usage(
      "arn:aws:ecs:eu-west-1:111122223333:task/AWSBatch-fargate-1/\(SmallAccount.taskID(1))", billed: "0.04",
      effective: "0.04", list: "0.04", type: "EU-Fargate-vCPU-Hours:perCPU",
      service: ("Amazon Elastic Container Service", "AmazonECS"), operation: "FargateTask"),
    usage(
      "bucket", billed: "3", effective: "3", list: "3", type: "EU-TimedStorage-ByteHrs",
      service: ("Amazon Simple Storage Service", "AmazonS3"), unit: "GB-Mo"),
    [
      "ChargeCategory": "Purchase", "BilledCost": "12", "EffectiveCost": "0", "ListCost": "12",
      "ServiceName": "Savings Plans for AWS Compute usage", "x_ServiceCode": "ComputeSavingsPlans",
    ],
    [
      "ChargeCategory": "Tax", "BilledCost": "1.5", "EffectiveCost": "1.5", "ListCost": "1.5",
      "ServiceName": "Amazon Elastic Compute Cloud", "x_ServiceCode": "AmazonEC2",
    ],
    [
      "ChargeCategory": "Credit", "BilledCost": "-0.25", "EffectiveCost": "-0.25", "ListCost": "0",
      "ServiceName": "Amazon Elastic Compute Cloud", "x_ServiceCode": "AmazonEC2", "ResourceId": "i-0a",
    ],
  ]

  private static let always: Row = [
    "BillingAccountId": "999900001111", "SubAccountId": "111122223333", "BillingCurrency": "USD",
    "BillingPeriodStart": "2026-10-01T00:00:00.000Z", "BillingPeriodEnd": "2026-11-01T00:00:00.000Z",
    "ChargePeriodStart": "2026-10-05T09:00:00.000Z", "ChargePeriodEnd": "2026-10-05T10:00:00.000Z",
    "Tags": #""{""user:Team"":""a, b""}""#, "ChargeDescription": #""$0.1 per hour, on demand""#,
  ]

  private func lines(_ header: [String]) async throws -> [String] {
    let account = try SmallAccount()
    for id in ["i-0a", "i-0b", "i-0c", "i-0d"] {
      try account.addInstance(
        id, launched: "2026-10-05T09:00:00Z", ended: "2026-10-05T10:00:00Z", isSpot: id == "i-0b")
    }
    try account.addVolume("vol-0a", of: "i-0a", created: "2026-10-05T09:00:00Z")
    try account.addAddress("eni-0a", of: "i-0a")
    try await account.reconcile(
      Self.rows.map { row in header.map { row[$0] ?? Self.always[$0] ?? "" }.joined(separator: ",") },
      header: header.joined(separator: ","))
    #expect(try account.database.lines("SELECT format, rows FROM bill") == ["focus|10"])
    return try account.database.lines(
      """
      SELECT resource, item, charge, kind, usage_ms, invoiced, effective, public FROM bill_line ORDER BY resource, charge
      """)
  }

  @Test("1.0, with the usage type")
  func version10() async throws {
    #expect(Self.header10.count == 48)
    #expect(
      try await lines(Self.header10) == [
        "|ComputeSavingsPlans|4|8|0|12000000000|0|-", "|AmazonEC2|7|8|0|1500000000|1500000000|-",
        "11111111111111111111111111111111|Fargate-vCPU-Hours:perCPU|0|1|3600000|40000000|40000000|40000000",
        "eni-0a|PublicIPv4:InUseAddress|0|3|0|5000000|5000000|5000000",
        "i-0a|BoxUsage:c5.large|0|0|3600000|100000000|100000000|100000000", "i-0a|Other|5|9|0|-250000000|-250000000|-",
        "i-0b|SpotUsage:c5.large|0|0|3600000|40000000|40000000|100000000",
        "i-0c|BoxUsage:c5.large|1|0|3600000|0|72000000|100000000",
        "i-0d|BoxUsage:c5.large|2|0|3600000|0|63000000|100000000",
        "vol-0a|EBS:VolumeUsage.gp3|0|2|0|10500000|10500000|10500000",
      ])
  }

  @Test("1.2, without it: resource, unit and pricing category identify the same kinds")
  func version12() async throws {
    #expect(Self.header12.count == 60)
    #expect(
      try await lines(Self.header12) == [
        "|ComputeSavingsPlans|4|8|0|12000000000|0|-", "|AmazonEC2|7|8|0|1500000000|1500000000|-",
        "11111111111111111111111111111111|Fargate-Hours|0|1|0|40000000|40000000|40000000",
        "eni-0a|PublicIPv4:InUseAddress|0|3|0|5000000|5000000|5000000",
        "i-0a|BoxUsage|0|0|3600000|100000000|100000000|100000000", "i-0a|Other|5|9|0|-250000000|-250000000|-",
        "i-0b|SpotUsage|0|0|3600000|40000000|40000000|100000000",
        "i-0c|BoxUsage|1|0|3600000|0|72000000|100000000", "i-0d|BoxUsage|2|0|3600000|0|63000000|100000000",
        "vol-0a|EBS:VolumeUsage|0|2|0|10500000|10500000|10500000",
      ])
  }
}
