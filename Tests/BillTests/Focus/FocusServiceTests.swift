import Collect
import Domain
import Store
import Testing

@testable import Collect

/// FOCUS rows in the columns that converters write, without AWS's own.
enum FocusRows {
  static let header =
    "BillingAccountId,SubAccountId,BillingPeriodStart,ChargePeriodStart,ChargePeriodEnd,ServiceName,ResourceId,"
    + "ChargeCategory,PricingCategory,ConsumedQuantity,ConsumedUnit,BillingCurrency,BilledCost,EffectiveCost,ListCost"

  /// An instance's hour.
  static func usage(
    _ id: String, service: String = "AmazonEC2", cost: String = "0.13", currency: String = "USD",
    quantity: String = "1,Hours"
  ) -> String {
    "999900001111,111122223333,2026-10-01T00:00:00Z,2026-10-05T09:00:00Z,2026-10-05T10:00:00Z,\(service),\(id),Usage,"
      + "Standard,\(quantity),\(currency),\(cost),\(cost),0.1"
  }
}

@Suite struct FocusServiceNames {
  private func account() throws -> SmallAccount {
    let account = try SmallAccount()
    try account.addInstance("i-0a", launched: "2026-10-05T09:00:00Z", ended: "2026-10-05T10:00:00Z")
    return account
  }

  @Test(
    "An instance's hour is found whatever the export calls EC2",
    arguments: [
      "Amazon Elastic Compute Cloud", "Amazon Elastic Compute Cloud - Compute", "AmazonEC2", "Amazon EC2", "EC2",
      "EC2 - Other", "EC2-Instances", "Elastic Compute Cloud",
    ])
  func instances(service: String) async throws {
    let account = try account()
    try await account.reconcile([FocusRows.usage("i-0a", service: service)], header: FocusRows.header)
    #expect(try account.database.lines("SELECT resource, effective FROM bill_line") == ["i-0a|130000000"])
    #expect(try account.database.lines("SELECT cost FROM resource") == ["130000000"])
  }

  @Test(
    "An instance's hour is recognised by its unit, in any spelling",
    arguments: ["1,Hours", "1,Hrs", "1,hour", "1,Compute Hours", "1,Instance-Hours"])
  func hours(quantity: String) async throws {
    let account = try account()
    try await account.reconcile([FocusRows.usage("i-0a", quantity: quantity)], header: FocusRows.header)
    #expect(try account.database.lines("SELECT resource, usage_ms FROM bill_line") == ["i-0a|3600000"])
    #expect(try account.database.lines("SELECT cost FROM resource") == ["130000000"])
  }

  @Test("The pricing quantity stands in for a missing consumed quantity; the meter has the usage type")
  func pricedHours() async throws {
    let account = try account()
    try await account.reconcile(
      [FocusRows.usage("i-0a", quantity: ",") + ",1,Hours,USW2-BoxUsage:c5.large"],
      header: FocusRows.header + ",PricingQuantity,PricingUnit,SkuMeter")
    #expect(
      try account.database.lines("SELECT resource, usage_ms, item FROM bill_line")
        == ["i-0a|3600000|BoxUsage:c5.large"])
  }

  @Test(
    "An instance's row in another unit becomes a finding and adds nothing to its time",
    arguments: ["3600,Seconds", ","])
  func otherUnits(quantity: String) async throws {
    let account = try account()
    try await account.reconcile(
      [
        FocusRows.usage("i-0a"), FocusRows.usage("i-0a", quantity: quantity),
        FocusRows.usage("i-0b", quantity: quantity),
      ],
      header: FocusRows.header)
    let unit = quantity == "," ? "no unit" : "Seconds"
    #expect(
      try account.database.lines("SELECT subject, place, message FROM collection_finding") == [
        "\(unit)|unit|is not a unit of hours: its 1 row about Batch's instances is in nobody's cost"
      ])
    #expect(try account.database.lines("SELECT cost FROM resource") == ["130000000"])
  }

  @Test("A missing amount is not $0", arguments: [(",,0.13", "BilledCost"), (",0.13,", "EffectiveCost")])
  func withoutAmounts(amounts: String, column: String) async throws {
    let account = try account()
    let row = FocusRows.usage("i-0a").replacing(",0.13,0.13", with: amounts)
    await #expect {
      try await account.reconcile([row], header: FocusRows.header)
    } throws: {
      ($0 as? CollectionError)?.reason
        == "1 of 1 rows cannot be read; row 2 has no \(column): what it cost is unknown. Nothing of this import was kept"
    }
    #expect(try account.database.lines("SELECT resource FROM bill_line") == [])
  }

  @Test(arguments: [
    ("AmazonECS", "AmazonECS"), ("Amazon Elastic Container Service", "AmazonECS"),
    ("Amazon EC2 Container Service", "AmazonECS"), ("AmazonVPC", "AmazonVPC"),
    ("Amazon Virtual Private Cloud", "AmazonVPC"), ("ComputeSavingsPlans", "ComputeSavingsPlans"),
    ("Savings Plans for AWS Compute usage", "ComputeSavingsPlans"), ("AmazonEKS", "AmazonEKS"),
    ("Amazon Elastic Container Service for Kubernetes", "AmazonEKS"), ("Amazon Elastic Container Registry", nil),
    ("AmazonS3", nil), ("", nil),
  ])
  func others(name: String, code: String?) {
    let bytes = Array(name.utf8)
    #expect(bytes.withUnsafeBytes { FocusService($0).map { "\($0.code)" } } == code)
  }

  @Test("An unknown service on a known instance becomes a finding, so its cost is never lost silently")
  func unknown() async throws {
    let account = try account()
    try await account.reconcile(
      [
        FocusRows.usage("i-0a"), FocusRows.usage("i-0a", service: "Cloud Desktops"),
        FocusRows.usage("db", service: "RDS"),
      ],
      header: FocusRows.header)
    #expect(try account.database.lines("SELECT resource, effective FROM bill_line") == ["i-0a|130000000"])
    #expect(
      try account.database.lines("SELECT subject, place, message FROM collection_finding") == [
        "Cloud Desktops|service|is unknown to batchcost: its 1 row about Batch's instances and tasks is in nobody's cost"
      ])
  }

  @Test("1.0-preview has other columns and is refused by name; so is an export without quantities")
  func preview() async throws {
    func reason(_ header: String) async throws -> String? {
      let account = try account()
      do {
        try await account.reconcile([FocusRows.usage("i-0a")], header: header)
        return nil
      } catch let error as CollectionError {
        return error.reason
      }
    }
    #expect(
      try await reason(FocusRows.header.replacing("ConsumedQuantity", with: "UsageQuantity"))
        == "is FOCUS 1.0-preview, which batchcost does not read: export FOCUS 1.0 or later")
    #expect(
      try await reason(FocusRows.header.replacing("ConsumedQuantity", with: "x"))
        == "the export lacks the column ConsumedQuantity")
  }

  @Test("FOCUS 1.3 divides an instance's hour among tasks: together they make exactly the hour")
  func split() async throws {
    let account = try account()
    let columns = FocusRows.header + ",ServiceProviderName,AllocatedMethodId,AllocatedResourceId"
    try await account.reconcile(
      [("0.078", "0.6", "task-a"), ("0.052", "0.4", "task-b")].map { cost, hours, task in
        FocusRows.usage("arn:aws:ec2:eu-west-1:111122223333:instance/i-0a", cost: cost)
          .replacing(",1,Hours,", with: ",\(hours),Hours,") + ",AWS,split-weighted,\(task)"
      }, header: columns)
    #expect(
      try account.database.lines("SELECT resource, effective, usage_ms FROM bill_line") == ["i-0a|130000000|3600000"])
    #expect(try account.database.lines("SELECT cost FROM resource") == ["130000000"])
  }
}
