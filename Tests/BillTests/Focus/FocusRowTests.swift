import Domain
import Store
import Testing

@testable import Accounting

/// One posting as a row of FOCUS: half of an instance's $0.34 on 4 December 2026, day 20,791 since 1970.
@Suite struct FocusRowTests {
  private static let posting: [String: String] = [
    "day_number": "20791", "region": "'us-west-2'", "account": "'111122223333'", "resource_kind": "'instance'",
    "resource": "'i-1'", "instance_type": "'c5.xlarge'", "purchase_option": "'on-demand'",
    "effective_cost_nanodollars": "170000000", "list_cost_nanodollars": "200000000", "account_kind": "'attempt'",
    "ledger_account": "'attempt'", "vcpu_ms": "5400000000", "charge_nanodollars": "340000000",
    "charge_end_nanodollars": "170000000", "job_id": "'j1'", "attempt": "2", "job_name": "'=one'", "tags": "'{}'",
    "job_definition": "'d'", "job_definition_revision": "7",
  ]

  /// The fields of a posting that differs in these columns.
  private func fields(
    _ changes: [String: String] = [:], version: FocusVersion = .v12, isSafe: Bool = false
  ) throws -> [String: String] {
    let columns = Self.posting.merging(changes) { $1 }
    return try Database(path: ":memory:").read { connection in
      let statement = try connection.prepare("SELECT " + columns.map { "\($1) AS \($0)" }.joined(separator: ", "))
      let row = FocusRow(statement, version: version, scheme: "split-cost")
      defer { statement.reset() }
      #expect(try statement.step())
      let found = zip(row.columns, row.fields(isSafe: isSafe))
      return Dictionary(uniqueKeysWithValues: found.compactMap { name, value in value.map { (name, $0) } })
    }
  }

  private func expect(_ expected: [String: String], in found: [String: String]) {
    for (name, value) in expected.sorted(by: { $0.key < $1.key }) {
      #expect(found[name] == (value.isEmpty ? nil : value), "\(name)")
    }
  }

  @Test func aShareOfAnInstance() throws {
    expect(
      [
        "BilledCost": "0.17", "EffectiveCost": "0.17", "ContractedCost": "0.17", "ListCost": "0.2",
        "ListUnitPrice": "0.2", "PricingQuantity": "1", "PricingCategory": "Standard", "BillingCurrency": "USD",
        "BillingPeriodStart": "2026-12-01T00:00:00Z", "BillingPeriodEnd": "2027-01-01T00:00:00Z",
        "ChargePeriodStart": "2026-12-04T00:00:00Z", "ChargePeriodEnd": "2026-12-05T00:00:00Z",
        "ConsumedQuantity": "1.5", "ConsumedUnit": "vCPU-Hours", "ResourceId": "i-1", "ResourceType": "EC2 instance",
        "ChargeDescription": "c5.xlarge EC2 instance, share of job j1, attempt 2", "SkuId": "BoxUsage:c5.xlarge",
        "SkuPriceId": "BoxUsage:c5.xlarge/on-demand", "SkuPriceDetails": #"{"InstanceType":"c5.xlarge"}"#,
        "Tags": "{}", "x_JobName": "=one", "x_JobDefinition": "d:7", "x_UnusedKind": "", "InvoiceId": "",
        "CommitmentDiscountId": "", "AllocatedMethodId": "",
      ], in: try fields())
    #expect(try fields(isSafe: true)["x_JobName"] == "'=one")
  }

  @Test("In 1.3 the charge is the resource's, and the row says which half of it this is")
  func allocated() throws {
    expect(
      [
        "ChargeDescription": "c5.xlarge EC2 instance", "Tags": "", "AllocatedTags": "{}",
        "AllocatedMethodId": "batchcost/split-cost", "AllocatedResourceId": "j1#2", "AllocatedResourceName": "=one",
        "AllocatedMethodDetails":
          #"{"Elements":[{"AllocatedRatio":0.5,"UsageQuantity":1.5,"UsageUnit":"vCPU-Hours"}]}"#,
        "HostProviderName": "AWS", "ServiceProviderName": "AWS",
      ], in: try fields(version: .v13))
    #expect(try fields(["charge_nanodollars": "0"], version: .v13)["AllocatedMethodDetails"] == nil)
  }

  @Test func unusedCapacityHasNoJob() throws {
    expect(
      [
        "ChargeDescription": "c5.xlarge EC2 instance, unused: packing", "x_UnusedKind": "packing",
        "x_LedgerAccount": "unused.packing", "x_JobId": "", "ListCost": "0.17",
      ],
      in: try fields([
        "account_kind": "'unused'", "ledger_account": "'unused.packing'", "job_id": "NULL",
        "list_cost_nanodollars": "NULL",
      ]))
  }

  @Test("Usage that a commitment covers is invoiced with the commitment")
  func committed() throws {
    expect(
      [
        "BilledCost": "0", "EffectiveCost": "0.17", "ContractedCost": "0.2", "PricingCategory": "Committed",
        "CommitmentDiscountId": "sp-1", "CommitmentDiscountCategory": "Spend", "CommitmentDiscountQuantity": "0.17",
        "CommitmentDiscountType": "Compute Savings Plans", "CommitmentDiscountUnit": "USD",
        "CommitmentDiscountStatus": "Used",
      ], in: try fields(["purchase_option": "'savings-plan'", "commitment": "'sp-1'"]))
    expect(
      [
        "CommitmentDiscountCategory": "Usage", "CommitmentDiscountQuantity": "1.5",
        "CommitmentDiscountType": "Reserved Instances", "CommitmentDiscountUnit": "vCPU-Hours",
      ], in: try fields(["purchase_option": "'reserved'", "commitment": "'ri-1'"]))
    #expect(try fields(["purchase_option": "'reserved'"])["CommitmentDiscountId"] == nil)
  }

  @Test func chinaIsBilledInYuan() throws {
    expect(["BillingCurrency": "CNY", "PricingCurrency": "CNY"], in: try fields(["region": "'cn-north-1'"]))
  }

  @Test(
    "Every kind of resource has its service and its usage",
    arguments: [
      ("instance", "spot", "Amazon Elastic Compute Cloud", "Virtual Machines", "SpotUsage:c5.xlarge", "Dynamic"),
      ("fargate-task", "fargate", "Amazon Elastic Container Service", "Containers", "Fargate", "Standard"),
      (
        "fargate-task", "fargate-spot", "Amazon Elastic Container Service", "Containers", "SpotUsage:Fargate", "Dynamic"
      ),
      ("training-job", "sagemaker", "Amazon SageMaker", "Machine Learning", "Train:c5.xlarge", "Standard"),
      ("volume", "on-demand", "Amazon Elastic Compute Cloud", "Block Storage", "EBS:VolumeUsage", "Standard"),
      (
        "address", "on-demand", "Amazon Virtual Private Cloud", "Network Infrastructure", "PublicIPv4:InUseAddress",
        "Standard"
      ),
      (
        "capacity-reservation", "on-demand", "Amazon Elastic Compute Cloud", "Virtual Machines", "UnusedBox:c5.xlarge",
        "Standard"
      ),
    ])
  func kinds(
    kind: String, option: String, service: String, subcategory: String, sku: String, category: String
  ) throws {
    expect(
      ["ServiceName": service, "ServiceSubcategory": subcategory, "SkuId": sku, "PricingCategory": category],
      in: try fields(["resource_kind": "'\(kind)'", "purchase_option": "'\(option)'"]))
  }
}
