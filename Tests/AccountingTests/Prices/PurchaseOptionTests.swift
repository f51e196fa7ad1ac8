import Testing

@testable import Accounting

/// Every purchase option, operating system and tenancy has its own price, or none: golden values worked out by hand.
@Suite struct PurchaseOptionTests {
  @Test(
    "An instance that is neither On-Demand nor Spot gets a finding and no price, never the On-Demand one",
    arguments: [
      (
        "capacity-block", "in a Capacity Block, which is paid for by a fee at purchase: only the bill has the cost",
        "capacity-block"
      ),
      (
        "interruptible-capacity-reservation",
        "in an interruptible capacity reservation, which has no price of its own here", "interruptible-reservation"
      ),
      ("scheduled", "purchase option unknown: not priced as On-Demand", "unknown"),
      ("something-new", "purchase option unknown: not priced as On-Demand", "unknown"),
    ])
  func lifecycles(lifecycle: String, message: String, option: String) throws {
    var account = SmallAccount()
    account.instance = ",\"InstanceLifecycle\":\"\(lifecycle)\""
    let database = try account.built()
    #expect(try database.lines(SmallAccount.costs) == ["-|-|7200000"])
    #expect(try database.lines(SmallAccount.unpriced) == [message])
    #expect(try database.messages("managed-fee-unknown") == [])
    #expect(
      try database.lines("SELECT o.name FROM resource r JOIN purchase_option o ON o.id = r.purchase_option") == [option]
    )
    if option == "unknown" {
      #expect(
        try database.lines("SELECT message FROM ledger_finding WHERE check_name = 'unknown-purchase-option'")
          == ["its lifecycle is \(lifecycle), which batchcost does not know: unpriced"])
    }
    try database.expectConsistent()
  }

  @Test("An instance on an Outpost is not priced as On-Demand of the region")
  func outpost() throws {
    var account = SmallAccount()
    account.instance = ",\"OutpostArn\":\"arn:aws:outposts:us-west-2:111122223333:outpost/op-0123456789abcdef0\""
    let database = try account.built()
    #expect(try database.lines(SmallAccount.costs) == ["-|-|7200000"])
    #expect(
      try database.lines("SELECT message FROM ledger_finding WHERE check_name = 'unknown-purchase-option'")
        == ["runs on an Outpost, which is paid for by contract and not by the hour: unpriced"])
    try database.expectConsistent()
  }

  @Test("An undescribed instance in an undescribed environment is not priced as On-Demand")
  func nobodyKnows() throws {
    var account = SmallAccount()
    account.instance = nil
    account.environment = "SOMETHING_NEW"
    let database = try account.built()
    #expect(try database.lines("SELECT cost FROM resource") == ["-"])
    #expect(
      try database.lines("SELECT message FROM ledger_finding WHERE check_name = 'unknown-purchase-option'")
        == ["neither described nor in a known environment: unpriced"])
    #expect(
      try database.messages("start-lower-bound") == [
        "its start is known only from its registration with the cluster: it may have cost more"
      ])
    try database.expectConsistent()
  }

  @Test(
    "2 h at the price of the operating system: with SQL Server or a licence of one's own there is none here",
    arguments: [
      ("RunInstances", "Linux/UNIX", "340000000"), ("RunInstances:0010", "Red Hat Enterprise Linux", "600000000"),
      ("RunInstances:1010", "Red Hat Enterprise Linux with HA", "800000000"),
      ("RunInstances:0002", "Windows", "700000000"), (nil, "Windows (Amazon VPC)", "700000000"),
      ("RunInstances:0g00", "Ubuntu Pro", "360000000"),
      ("RunInstances:0014", "Red Hat Enterprise Linux with SQL Server Standard", nil),
      ("RunInstances:0006", "Windows with SQL Server Standard", nil),
      ("RunInstances:0004", "SQL Server Standard", nil), ("RunInstances:0800", "Windows BYOL", nil),
      ("RunInstances:00g0", "Red Hat BYOL Linux", nil), (nil, "Red Hat Enterprise Linux with HA", "800000000"),
    ] as [(String?, String, String?)])
  func operatingSystems(operation: String?, platform: String, cost: String?) throws {
    var account = SmallAccount()
    account.instance =
      ",\"PlatformDetails\":\"\(platform)\"" + (operation.map { ",\"UsageOperation\":\"\($0)\"" } ?? "")
    account.products = [
      ("Linux", "0.17"), ("RHEL", "0.30"), ("Red Hat Enterprise Linux with HA", "0.40"), ("Windows", "0.35"),
      ("Ubuntu Pro", "0.18"),
    ].map { SmallAccount.product(price: $1, system: $0) }
    let database = try account.built()
    #expect(
      try database.lines(SmallAccount.costs) == [cost.map { "\($0)|\($0)|0" } ?? "-|-|7200000"])
    #expect(
      try database.lines(SmallAccount.unpriced)
        == (cost == nil ? ["no list price for c5.xlarge in us-west-2a (\(platform))"] : []))
    try database.expectConsistent()
  }

  @Test("A dedicated instance without a price for that: the finding names its tenancy")
  func dedicated() throws {
    var account = SmallAccount()
    account.tenancy = "dedicated"
    #expect(
      try account.built().lines(SmallAccount.unpriced)
        == ["no list price for c5.xlarge in us-west-2a (tenancy dedicated)"])
  }

  @Test(
    "A managed instance that EC2 no longer describes is what its environment launches: 75 min at $0.1904 or $0.0704",
    arguments: [("ON_DEMAND", "238000000|0"), ("SPOT", "88000000|0")])
  func managedInstances(option: String, cost: String) throws {
    var account = SmallAccount()
    account.environment = "ECS_MANAGED_INSTANCES"
    account.resources =
      #","managedInstancesProvider":{"instanceLaunchTemplate":{"capacityOptionType":"\#(option)"}}"#
    account.instance = nil
    account.products.append(
      SmallAccount.fargatePrice("ECS-Managed-Instances:c5.xlarge-management-hours", "0.0204"))
    account.others = [SmallAccount.spotPrice("us-west-2a", "c5.xlarge", "0.05")]
    let database = try account.built()
    #expect(try database.lines("SELECT cost, unpriced_ms FROM resource") == [cost])
  }
}
