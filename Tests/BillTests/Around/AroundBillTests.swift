import Accounting
import Domain
import Store
import Testing

@testable import Collect

/// Bill lines for what surrounds jobs: kept by day and resource, outside the ledger and the reconciliation.
@Suite struct AroundBillTests {
  typealias Row = SmallAccount

  private static func account() throws -> SmallAccount {
    let account = try SmallAccount()
    try account.addInstance("i-0a", launched: "2026-10-05T09:00:00Z", ended: "2026-10-05T10:00:00Z")
    return account
  }

  private static func arn(_ service: String, _ resource: String) -> String {
    "arn:aws:\(service):eu-west-1:111122223333:\(resource)"
  }

  private static let instance = Row.row("i-0a", "2026-10-05T09", amount: "1", cost: "0.1")

  /// Nine lines around jobs, $1.59 in total.
  private static let rows = [
    Row.row(
      arn("logs", "log-group:/aws/batch/job"), "2026-10-05T09", amount: "0.5", cost: "0.285",
      item: "EU-DataProcessing-Bytes", product: "AmazonCloudWatch"),
    Row.row(
      arn("logs", "log-group:/aws/batch/job"), "2026-10-05T10", amount: "0.25", cost: "0.1425",
      item: "EU-DataProcessing-Bytes", product: "AmazonCloudWatch"),
    Row.row(
      arn("logs", "log-group:/aws/vpc/flow:*"), "2026-10-05T09", amount: "1", cost: "0.5", item: "EU-VendedLog-Bytes",
      product: "AmazonCloudWatch"),
    Row.row(
      arn("ec2", "natgateway/nat-0b"), "2026-10-05T09", amount: "2", cost: "0.096", item: "EU-NatGateway-Bytes"),
    Row.row(arn("ec2", "natgateway/nat-0b"), "2026-10-05T09", amount: "1", cost: "0.048", item: "EU-NatGateway-Hours"),
    Row.row("i-0a", "2026-10-05T09", amount: "3", cost: "0.03", item: "EU-DataTransfer-Regional-Bytes"),
    Row.row("i-0web", "2026-10-05T09", amount: "4", cost: "0.04", item: "EU-DataTransfer-Regional-Bytes"),
    Row.row("i-0a", "2026-10-05T09", amount: "1", cost: "0.09", item: "EU-DataTransfer-Out-Bytes"),
    Row.row("genomes", "2026-10-05T09", amount: "20000", cost: "0.1", item: "EU-Requests-Tier1", product: "AmazonS3"),
    Row.row(
      arn("elasticfilesystem", "file-system/fs-0e"), "2026-10-05T09", amount: "0.1", cost: "0.033",
      item: "EU-TimedStorage-ByteHrs", product: "AmazonEFS"),
    Row.row(
      arn("fsx", "file-system/fs-0f"), "2026-10-05T09", amount: "0.1", cost: "0.2255", item: "EU-Storage.SSD_2",
      product: "AmazonFSx"),
  ]

  private static let kept = [
    "logs|/aws/batch/job|eu-west-1|2026-10-05|DataProcessing-Bytes|427500000|750000",
    "logs|/aws/vpc/flow|eu-west-1|2026-10-05|VendedLog-Bytes|500000000|1000000",
    "nat|nat-0b|eu-west-1|2026-10-05|NatGateway-Bytes|96000000|2000000",
    "nat|nat-0b|eu-west-1|2026-10-05|NatGateway-Hours|48000000|0",
    "cross-zone|||2026-10-05|DataTransfer-Regional-Bytes|40000000|4000000",
    "cross-zone|i-0a||2026-10-05|DataTransfer-Regional-Bytes|30000000|3000000",
    "data-transfer|i-0a||2026-10-05|DataTransfer-Out-Bytes|90000000|1000000",
    "s3|genomes||2026-10-05|Requests-Tier1|100000000|0",
    "efs|fs-0e|eu-west-1|2026-10-05|TimedStorage-ByteHrs|33000000|0",
    "fsx|fs-0f|eu-west-1|2026-10-05|Storage.SSD_2|225500000|0",
  ]

  private static func lines(_ account: SmallAccount) throws -> [String] {
    try account.database.lines(
      """
      SELECT k.name, b.name, b.region, date(b.day * 86400, 'unixepoch'), b.item, b.cost, b.kilobytes
      FROM bill_around b JOIN around_kind k ON k.id = b.kind ORDER BY b.kind, b.name, b.day, b.item
      """)
  }

  @Test("CUR: lines are kept by resource and day; the ledger and its comparison with the bill do not change")
  func cur() async throws {
    let account = try Self.account()
    let without = try await account.reconcile([Self.instance])
    let statement = try await account.reconcile([Self.instance] + Self.rows)
    #expect(try Self.lines(account) == Self.kept)
    #expect(statement.prefix { !$0.hasPrefix("Data transfer") } == without.dropLast()[...])
    #expect(try account.database.lines("SELECT SUM(cost) FROM resource") == ["100000000"])
    #expect(try account.database.lines("SELECT message FROM collection_finding") == [])
    // EC2's lines still count among the bill's own lines; those of other services do not.
    #expect(try account.database.lines("SELECT SUM(invoiced) FROM bill_line") == ["404000000"])
  }

  @Test("What AWS lists for logs and for NAT gateways, of which metrics and addresses are no part")
  func kinds() async throws {
    let account = try Self.account()
    func line(_ item: String, _ product: String, _ resource: String = "") -> String {
      Row.row(resource, "2026-10-05T09", amount: "1", cost: "1", item: item, product: product)
    }
    let logs = [
      "DataProcessing-Bytes", "DataProcessingIA-Bytes", "DataScanned-Bytes", "Logs-LiveTail", "TimedStorage-ByteHrs",
      "DataProtection-Bytes", "VendedLog-Bytes", "VendedLogIA-Bytes", "S3-Egress-Bytes", "S3-Egress-InputBytes",
      "FH-Egress-Bytes",
    ]
    let metrics = ["CW:MetricMonitorUsage", "CW:MetricsUsage", "CW:AlarmMonitorUsage", "CW:GMD-Metrics"]
    let gateways = [
      "NatGateway-Bytes", "NatGateway-Hours", "NatGateway-Prvd-Bytes", "NatGateway-Prvd-Gbps",
      "RegionalNatGateway-Bytes", "RegionalNatGateway-Hours",
    ]
    try await account.reconcile(
      [Self.instance] + (logs + metrics).map { line("EU-\($0)", "AmazonCloudWatch") }
        + gateways.map { line("EU-\($0)", "AmazonEC2", Self.arn("ec2", "natgateway/nat-0b")) })
    let kept = try account.database.lines(
      "SELECT k.name, b.item FROM bill_around b JOIN around_kind k ON k.id = b.kind ORDER BY b.kind, b.item")
    #expect(kept == logs.sorted().map { "logs|\($0)" } + gateways.sorted().map { "nat|\($0)" })
  }

  @Test("Importing again without them removes them")
  func again() async throws {
    let account = try Self.account()
    try await account.reconcile([Self.instance] + Self.rows)
    try await account.reconcile([Self.instance])
    #expect(try Self.lines(account) == [])
  }

  @Test("Other accounts, credits, metrics and requests that cost and moved nothing are not kept")
  func others() async throws {
    let account = try Self.account()
    try await account.reconcile([
      Self.instance,
      Row.row("web", "2026-10-05T09", amount: "1", cost: "5", item: "EU-Requests-Tier1", product: "AmazonS3")
        .replacing("111122223333", with: "444455556666"),
      Row.row("genomes", "2026-10-05T09", amount: "1", cost: "-5", type: "Credit", product: "AmazonS3"),
      Row.row(
        "", "2026-10-05T09", amount: "1", cost: "0.3", item: "EU-CW:MetricMonitorUsage", product: "AmazonCloudWatch"),
      Row.row("genomes", "2026-10-05T09", amount: "9", cost: "0", item: "EU-Requests-Tier2", product: "AmazonS3"),
    ])
    #expect(try Self.lines(account) == [])
  }

  @Test("A line of 60 hours over four days is divided by time")
  func spread() async throws {
    let account = try Self.account()
    let line = Row.row(
      "genomes", "2026-10-05T18", amount: "1", cost: "1", item: "EU-TimedStorage-ByteHrs", product: "AmazonS3"
    )
    .replacing("2026-10-05T19:00:00.000Z", with: "2026-10-08T06:00:00.000Z")
    .replacing("2026-10-05T19:00:00Z", with: "2026-10-08T06:00:00Z")
    try await account.reconcile([Self.instance, line])
    // Of the 60 hours, 6, 24, 24 and 6 fall on these days.
    #expect(
      try account.database.lines("SELECT date(day * 86400, 'unixepoch'), cost FROM bill_around ORDER BY day") == [
        "2026-10-05|100000000", "2026-10-06|400000000", "2026-10-07|400000000", "2026-10-08|100000000",
      ])
  }

  @Test("An unreadable line becomes a finding and does not reject the bill")
  func unreadable() async throws {
    let account = try Self.account()
    let broken = ["", "1,5"].map {
      Row.row("genomes", "2026-10-05T09", amount: "1", cost: "COST", item: "EU-Requests-Tier1", product: "AmazonS3")
        .replacing("COST", with: $0.isEmpty ? "" : "\"\($0)\"")
    }
    try await account.reconcile([Self.instance] + broken)
    #expect(try account.database.lines("SELECT SUM(cost) FROM resource") == ["100000000"])
    #expect(
      try account.database.lines("SELECT subject, severity, message FROM collection_finding") == [
        "AmazonS3|warning|2 rows about what surrounds jobs cannot be read: the first has no line_item_unblended_cost: what it cost is unknown"
      ])
  }

  @Test("A file with only such lines is not a bill")
  func alone() async throws {
    let account = try Self.account()
    await #expect(throws: CollectionError.self) {
      try await account.reconcile([
        Row.row("genomes", "2026-10-05T09", amount: "1", cost: "5", item: "EU-Requests-Tier1", product: "AmazonS3")
      ])
    }
  }

  @Test(
    "FOCUS, by service code or name, with the usage type in its own column or as the meter",
    arguments: ["x_UsageType", "SkuMeter"])
  func focus(column: String) async throws {
    let account = try Self.account()
    let header =
      "BillingAccountId,SubAccountId,BillingPeriodStart,ChargePeriodStart,ChargePeriodEnd,RegionId,ServiceName,ResourceId,"
      + "ChargeCategory,ConsumedQuantity,ConsumedUnit,BillingCurrency,BilledCost,EffectiveCost,ListCost,\(column)"
    func row(_ service: String, _ resource: String, _ quantity: String, _ cost: String, _ type: String) -> String {
      "999900001111,111122223333,2026-10-01T00:00:00Z,2026-10-05T09:00:00Z,2026-10-05T10:00:00Z,eu-west-1,\(service),"
        + "\(resource),Usage,\(quantity),USD,\(cost),\(cost),\(cost),\(type)"
    }
    try await account.reconcile(
      [
        row("Amazon Elastic Compute Cloud", "i-0a", "1,Hours", "0.1", "EU-BoxUsage:c5.large"),
        row(
          "Amazon CloudWatch", Self.arn("logs", "log-group:/aws/batch/job"), "0.75,GB", "0.4275",
          "EU-DataProcessing-Bytes"),
        row(
          "Amazon Elastic Compute Cloud", Self.arn("ec2", "natgateway/nat-0b"), "2,GB", "0.096", "EU-NatGateway-Bytes"),
        row("AWS Data Transfer", "i-0a", "3,GB", "0.03", "EU-DataTransfer-Regional-Bytes"),
        row("Amazon Simple Storage Service", "arn:aws:s3:::genomes", "20000,Requests", "0.1", "EU-Requests-Tier1"),
        row(
          "Amazon Elastic File System", Self.arn("elasticfilesystem", "file-system/fs-0e"), "0.1,GB-Mo", "0.033",
          "EU-TimedStorage-ByteHrs"),
        row("Amazon FSx", Self.arn("fsx", "file-system/fs-0f"), "0.1,GB-Mo", "0.2255", "EU-Storage.SSD_2"),
      ], header: header)
    #expect(
      try Self.lines(account) == [
        "logs|/aws/batch/job|eu-west-1|2026-10-05|DataProcessing-Bytes|427500000|750000",
        "nat|nat-0b|eu-west-1|2026-10-05|NatGateway-Bytes|96000000|2000000",
        "cross-zone|i-0a|eu-west-1|2026-10-05|DataTransfer-Regional-Bytes|30000000|3000000",
        "s3|genomes|eu-west-1|2026-10-05|Requests-Tier1|100000000|0",
        "efs|fs-0e|eu-west-1|2026-10-05|TimedStorage-ByteHrs|33000000|0",
        "fsx|fs-0f|eu-west-1|2026-10-05|Storage.SSD_2|225500000|0",
      ])
  }
}
