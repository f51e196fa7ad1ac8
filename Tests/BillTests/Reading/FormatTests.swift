import Accounting
import Collect
import Domain
import Store
import TestSupport
import Testing

@testable import Collect

/// One small bill in every format AWS writes.
@Suite struct Formats {
  private func account() throws -> SmallAccount {
    let account = try SmallAccount()
    try account.addInstance("i-0a", launched: "2026-10-05T09:00:00Z", ended: "2026-10-05T10:00:00Z")
    try account.addInstance("i-0b", launched: "2026-10-05T09:00:00Z", ended: "2026-10-05T10:00:00Z", isSpot: true)
    return account
  }

  private static let rows = [
    SmallAccount.row(
      "i-0a", "2026-10-05T09", amount: "1", cost: "0.1", type: "SavingsPlanCoveredUsage", publicCost: "0.1",
      effective: "0.072"),
    SmallAccount.row(
      "i-0b", "2026-10-05T09", amount: "1.0000000000", cost: "0.0400000000", item: "EU-SpotUsage:c5.large"),
    SmallAccount.row("", "2026-10-05T09", amount: "", cost: "1.5", type: "Tax"),
  ]

  private static let expected = [
    "|AmazonEC2|7|8|0|1500000000|1500000000|-", "i-0a|BoxUsage:c5.large|1|0|3600000|100000000|72000000|100000000",
    "i-0b|SpotUsage:c5.large|0|0|3600000|40000000|40000000|-",
  ]

  private func lines(_ database: Database) throws -> [String] {
    try database.lines(
      "SELECT resource, item, charge, kind, usage_ms, invoiced, effective, public FROM bill_line ORDER BY resource, item"
    )
  }

  @Test func cur2() async throws {
    let account = try account()
    try await account.reconcile(Self.rows)
    #expect(try lines(account.database) == Self.expected)
  }

  @Test(
    "Commas or tabs, a line that names them, a byte order mark, UTF-16, quotes: the same bill",
    arguments: ["\t", "sep=,", "sep=\t", "mark", "utf-16", "crlf", "quotes"])
  func written(how: String) async throws {
    let account = try account()
    var lines = [SmallAccount.header] + Self.rows
    if how.hasSuffix("\t") { lines = lines.map { $0.replacing(",", with: "\t") } }
    if how == "quotes" {
      lines = lines.map {
        $0.split(separator: ",", omittingEmptySubsequences: false).map { "\"\($0)\"" }.joined(separator: ",")
      }
    }
    if how.hasPrefix("sep=") { lines.insert(how, at: 0) }
    if how == "crlf" { lines = lines.map { $0 + "\r" } }
    let text = (how == "mark" ? "\u{FEFF}" : "") + lines.joined(separator: "\n") + "\n"
    let folder = try TemporaryFolder()
    let path = try folder.add(
      "bill",
      how == "utf-16" ? [0xff, 0xfe] + text.utf16.flatMap { [UInt8($0 & 0xff), UInt8($0 >> 8)] } : Array(text.utf8))
    let summary = try await BillImporter().importBills(paths: [path], database: account.database)
    #expect(try self.lines(account.database) == Self.expected)
    #expect((summary.rows, summary.notes) == (3, 0))
  }

  @Test("Legacy CUR has other names for the same columns, in another order and case")
  func legacy() async throws {
    let account = try account()
    let names = [
      "bill_payer_account_id": "bill/PayerAccountId", "bill_billing_period_start_date": "bill/BillingPeriodStartDate",
      "line_item_usage_account_id": "lineItem/UsageAccountId", "line_item_line_item_type": "lineItem/LineItemType",
      "line_item_product_code": "lineItem/ProductCode", "line_item_usage_type": "lineItem/UsageType",
      "line_item_operation": "lineItem/Operation", "line_item_resource_id": "lineItem/ResourceId",
      "line_item_usage_start_date": "lineItem/UsageStartDate", "line_item_usage_end_date": "lineItem/UsageEndDate",
      "line_item_usage_amount": "lineItem/UsageAmount", "line_item_unblended_cost": "lineItem/UnblendedCost",
      "pricing_public_on_demand_cost": "pricing/publicOnDemandCost",
      "savings_plan_savings_plan_effective_cost": "savingsPlan/SavingsPlanEffectiveCost",
      "reservation_effective_cost": "reservation/EffectiveCost", "resource_tags": "resourceTags/user:Team",
    ]
    let header = SmallAccount.header.split(separator: ",").reversed().map { names[String($0)] ?? "?" }
    let rows = Self.rows.map {
      $0.split(separator: ",", omittingEmptySubsequences: false).reversed().joined(separator: ",")
    }
    try await account.reconcile(rows, header: header.joined(separator: ","))
    #expect(try lines(account.database) == Self.expected)
    #expect(try account.database.lines("SELECT format FROM bill") == ["cur"])
  }

  @Test("FOCUS: Dynamic is Spot, Committed with Spend is a Savings Plan, purchases are fees")
  func focus() async throws {
    let account = try account()
    let header =
      "BillingAccountId,SubAccountId,BillingPeriodStart,ChargePeriodStart,ChargePeriodEnd,ServiceName,ResourceId,"
      + "ChargeCategory,PricingCategory,CommitmentDiscountCategory,CommitmentDiscountStatus,ConsumedQuantity,ConsumedUnit,"
      + "BillingCurrency,BilledCost,EffectiveCost,ListCost,x_UsageType"
    let start = "999900001111,111122223333,2026-10-01T00:00:00Z,2026-10-05T09:00:00Z,2026-10-05T10:00:00Z,"
    let ec2 = start + "Amazon Elastic Compute Cloud,"
    try await account.reconcile(
      [
        ec2 + "i-0a,Usage,Committed,Spend,Used,1,Hours,USD,0,0.072,0.1,EU-BoxUsage:c5.large",
        ec2 + "i-0b,Usage,Dynamic,,,1,Hours,USD,0.04,0.04,0.1,EU-SpotUsage:c5.large",
        ec2 + ",Tax,,,,,,USD,1.5,1.5,1.5,",
        start + "Savings Plans for AWS Compute usage,,Purchase,,,,,,USD,12,0,12,",
        start + "Amazon Simple Storage Service,bucket,Usage,Standard,,,1,GB,USD,3,3,3,TimedStorage",
      ], header: header)
    #expect(
      try lines(account.database) == [
        "|AmazonEC2|7|8|0|1500000000|1500000000|-", "|ComputeSavingsPlans|4|8|0|12000000000|0|-",
        "i-0a|BoxUsage:c5.large|1|0|3600000|0|72000000|100000000",
        "i-0b|SpotUsage:c5.large|0|0|3600000|40000000|40000000|100000000",
      ])
    #expect(
      try account.database.statement().prefix(3) == [
        "Ledger, as estimated|2|0.14", "Savings Plan rate|1|-0.028", "Bill, effective cost of Batch|2|0.112",
      ])
  }

  @Test(arguments: [
    ("EU-SpotUsage:c5.large", "SpotUsage:c5.large", BillKind.instance),
    ("BoxUsage:m5.xlarge", "BoxUsage:m5.xlarge", .instance),
    ("APN1-EBS:VolumeUsage.gp3", "EBS:VolumeUsage.gp3", .ebs), ("EBS:VolumeUsage", "EBS:VolumeUsage", .ebs),
    ("USE1-Fargate-vCPU-Hours:perCPU", "Fargate-vCPU-Hours:perCPU", .fargate),
    ("USE1-SpotUsage:Fargate-GB-Hours", "SpotUsage:Fargate-GB-Hours", .fargate),
    ("EUC1-PublicIPv4:InUseAddress", "PublicIPv4:InUseAddress", .ipv4),
    ("ECS-EC2-GB-Hours", "ECS-EC2-GB-Hours", .other),
    ("EUW2-CPUCredits:t3", "CPUCredits:t3", .cpuCredits),
    ("EBSOptimized:c3.large", "EBSOptimized:c3.large", .ebsOptimized),
    ("EU-UnusedBox:c5.large", "UnusedBox:c5.large", .capacityReservation),
    ("EU-DataTransfer-Regional-Bytes", "DataTransfer-Regional-Bytes", .dataTransfer), ("", "", .other),
  ])
  func usageTypes(type: String, item: String, kind: BillKind) {
    let bytes = Array(type.utf8)
    bytes.withUnsafeBytes { bytes in
      #expect(UsageType.item(bytes).string == item)
      #expect(UsageType.kind(ofItem: UsageType.item(bytes)) == kind)
    }
  }
}
