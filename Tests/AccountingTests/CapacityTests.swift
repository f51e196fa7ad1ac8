import Domain
import Store
import Testing

@testable import Accounting

/// Every kind of capacity has its own price, or none: golden values worked out by hand.
@Suite struct CapacityTests {
  private static let costs = "SELECT cost, on_demand, unpriced_ms FROM resource"
  private static let unpriced = "SELECT message FROM ledger_finding WHERE check_name = 'unpriced'"
  private static let shares = """
    SELECT a.name, SUM(p.cost) FROM posting p JOIN ledger_account a ON a.id = p.account GROUP BY 1 ORDER BY 1
    """

  private func messages(_ database: Database, _ checks: String...) throws -> [String] {
    let names = checks.map { "'\($0)'" }.joined(separator: ", ")
    return try database.lines("SELECT message FROM ledger_finding WHERE check_name IN (\(names))")
  }

  private func holds(_ database: Database) throws {
    #expect(try database.read(LedgerCheck.failures).isEmpty)
    #expect(try LedgerRows.differences(in: database).isEmpty)
  }

  @Test("On-Demand: 2 h at $0.17; half of it reserved for 1 h")
  func control() throws {
    let database = try SmallAccount().built()
    #expect(try database.lines(Self.costs) == ["340000000|340000000|0"])
    // The attempt gets half of 0.17; 15 min before it, 45 min after it and the other half are unused.
    #expect(
      try database.lines(Self.shares) == [
        "attempt|85000000", "unused.boot|42500000", "unused.packing|85000000", "unused.tail|127500000",
      ])
    // EC2 tells its start and its end.
    #expect(try messages(database, "start-lower-bound", "last-seen") == [])
    try holds(database)
  }

  @Test("Usage above the host's size is ignored, leaving the reserved shares; below it, the larger of the two counts")
  func implausibleUsage() throws {
    // c5.xlarge: 4 vCPU and 8,192 MiB; the attempt reserved half of each. 4.04 vCPU and 8,274 MiB still pass as
    // rounding.
    for (vcpus, memory, attempt) in [
      (4041, 4096, 85_000_000), (2000, 8275, 85_000_000), (4040, 8274, 170_000_000), (3000, 4096, 119_772_727),
    ] {
      let database = try SmallAccount().built()
      try database.write {
        try $0.execute(
          """
          INSERT INTO task_usage (task_id, source, memory_maximum_mib, milli_vcpus_average)
          VALUES ('11111111111111111111111111111111', 'container-insights', \(memory), \(vcpus))
          """)
      }
      try Ledger.build(database, anew: true)
      #expect(
        try database.lines(
          "SELECT SUM(cost) FROM posting WHERE account = 0") == ["\(attempt)"], "\(vcpus), \(memory)")
      #expect(try database.read(LedgerCheck.failures).isEmpty)
    }
  }

  @Test(
    "The lifecycle of a lost host says who took it; ECS may say that it was unhealthy",
    arguments: [
      ("capacity-block", "Host EC2 (instance i-1) terminated.", "block ended"),
      ("interruptible-capacity-reservation", "Host EC2 (instance i-1) terminated.", "reservation reclaimed"),
      ("spot", "Host EC2 (instance i-1) terminated.", "host lost"),
      ("spot", "InfrastructureHealth: the container instance was impaired", "unhealthy host"),
    ])
  func causes(lifecycle: String, reason: String, cause: String) throws {
    var account = SmallAccount()
    account.instance = ",\"InstanceLifecycle\":\"\(lifecycle)\""
    account.status = "FAILED"
    account.attempts =
      #"{"container":{CI,"taskArn":"TASK/11111111111111111111111111111111"},"startedAt":1777889700000,"stoppedAt":1777893300000,"statusReason":"\#(reason)"}"#
    let database = try account.built()
    #expect(
      try database.lines(
        "SELECT DISTINCT o.name FROM daily_cost d JOIN outcome o ON o.id = d.outcome WHERE d.attempts > 0") == [cause])
  }

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
    #expect(try database.lines(Self.costs) == ["-|-|7200000"])
    #expect(try database.lines(Self.unpriced) == [message])
    #expect(try messages(database, "managed-fee-unknown") == [])
    #expect(
      try database.lines("SELECT o.name FROM resource r JOIN purchase_option o ON o.id = r.purchase_option") == [option]
    )
    if option == "unknown" {
      #expect(
        try database.lines("SELECT message FROM ledger_finding WHERE check_name = 'unknown-purchase-option'")
          == ["its lifecycle is \(lifecycle), which batchcost does not know: unpriced"])
    }
    try holds(database)
  }

  @Test("An instance on an Outpost is not priced as On-Demand of the region")
  func outpost() throws {
    var account = SmallAccount()
    account.instance = ",\"OutpostArn\":\"arn:aws:outposts:us-west-2:111122223333:outpost/op-0123456789abcdef0\""
    let database = try account.built()
    #expect(try database.lines(Self.costs) == ["-|-|7200000"])
    #expect(
      try database.lines("SELECT message FROM ledger_finding WHERE check_name = 'unknown-purchase-option'")
        == ["runs on an Outpost, which is paid for by contract and not by the hour: unpriced"])
    try holds(database)
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
      try messages(database, "start-lower-bound") == [
        "its start is known only from its registration with the cluster: it may have cost more"
      ])
    try holds(database)
  }

  @Test("China is priced in CNY, with a finding: 2 h at 1.4 On-Demand, at 0.5 on Spot")
  func china() throws {
    for spot in [false, true] {
      var account = SmallAccount()
      (account.region, account.zone, account.partition) = ("cn-north-1", "cn-north-1a", "aws-cn")
      account.instance = spot ? ",\"InstanceLifecycle\":\"spot\"" : ""
      account.products = [
        SmallAccount.product(region: "cn-north-1", usage: "CNN1-BoxUsage:c5.xlarge", currency: "CNY", price: "1.4")
      ]
      account.others = [SmallAccount.spotPrice("cn-north-1a", "c5.xlarge", "0.5")]
      let database = try account.built()
      #expect(try database.lines(Self.costs) == [spot ? "1000000000|2800000000|0" : "2800000000|2800000000|0"])
      #expect(
        try database.lines("SELECT subject, message FROM ledger_finding WHERE check_name = 'currency'") == [
          "cn-north-1|is billed in CNY: its amounts are in CNY, in separate totals, and never added to dollars"
        ])
      try holds(database)
    }
  }

  @Test("A price in a currency other than its region's is ignored, with a finding", arguments: ["USD", "EUR"])
  func wrongCurrency(currency: String) throws {
    var account = SmallAccount()
    (account.region, account.zone, account.partition) = ("cn-north-1", "cn-north-1a", "aws-cn")
    account.products = [
      SmallAccount.product(region: "cn-north-1", usage: "CNN1-BoxUsage:c5.xlarge", currency: currency, price: "1.4")
    ]
    let database = try account.built()
    #expect(try database.lines(Self.costs) == ["-|-|7200000"])
    #expect(
      try database.lines("SELECT message FROM collection_finding WHERE check_name = 'missing-field'") == [
        "is missing: prices of cn-north-1 are read in CNY, and this one is in \(currency)"
      ])
    try holds(database)
  }

  @Test("Prices of the European Sovereign Cloud are in EUR, and never dollars", arguments: [false, true])
  func sovereign(spot: Bool) throws {
    var account = SmallAccount()
    (account.region, account.zone, account.partition) = ("eusc-de-east-1", "eusc-de-east-1a", "aws-eusc")
    account.instance = spot ? ",\"InstanceLifecycle\":\"spot\"" : ""
    account.products = [
      SmallAccount.product(
        region: "eusc-de-east-1", usage: "EUSCDEE1-BoxUsage:c5.xlarge", currency: "EUR", price: "0.2")
    ]
    account.others = [SmallAccount.spotPrice("eusc-de-east-1a", "c5.xlarge", "0.05")]
    let database = try account.built()
    #expect(try database.lines(Self.costs) == ["-|-|7200000"])
    #expect(
      try database.lines("SELECT message FROM collection_finding WHERE check_name <> 'not-used' ORDER BY 1") == [
        "Spot prices of eusc-de-east-1 are in EUR, which batchcost does not read: left out (1)",
        "is missing: prices of eusc-de-east-1 are read in USD, and this one is in EUR",
      ])
    try holds(database)
  }

  @Test("A Local Zone has its own prices: $0.204 where the region has $0.17, none where it has none")
  func localZone() throws {
    var account = SmallAccount()
    account.zone = "us-west-2-lax-1a"
    let without = try account.built()
    #expect(try without.lines(Self.costs) == ["-|-|7200000"])
    #expect(
      try without.lines(Self.unpriced)
        == ["no list price for c5.xlarge in us-west-2-lax-1a, which has other prices than us-west-2"])
    try holds(without)
    // By its own code, or by its region's with a location type and the usage type's prefix.
    for (code, usage) in [("us-west-2-lax-1", "LAX1-BoxUsage:c5.xlarge"), ("us-west-2", "LAX1-BoxUsage:c5.xlarge")] {
      account.products = [
        SmallAccount.product(),
        SmallAccount.product(region: code, usage: usage, place: "AWS Local Zone", price: "0.204"),
      ]
      let database = try account.built()
      #expect(try database.lines(Self.costs) == ["408000000|408000000|0"])
      try holds(database)
      // The region keeps its own price.
      var inRegion = account
      inRegion.zone = "us-west-2a"
      #expect(try inRegion.built().lines(Self.costs) == ["340000000|340000000|0"])
    }
  }

  @Test("A Wavelength Zone has its own prices: those of another city are not used")
  func wavelengthZone() throws {
    var account = SmallAccount()
    account.zone = "us-west-2-wl1-las-wlz-1"
    let wavelength = "AWS Wavelength Zone"
    let bayArea = SmallAccount.product(
      region: "us-west-2-wl1", usage: "USW2WL1-BoxUsage:c5.xlarge", place: wavelength, price: "0.25")
    account.products = [SmallAccount.product(), bayArea]
    #expect(try account.built().lines(Self.costs) == ["-|-|7200000"])
    let lasVegas = SmallAccount.product(
      region: "us-west-2-wl1-las1", usage: "USW2WL1LAS1-BoxUsage:c5.xlarge", place: wavelength, price: "0.27")
    account.products.append(lasVegas)
    let database = try account.built()
    #expect(try database.lines(Self.costs) == ["540000000|540000000|0"])
    account.zone = "us-west-2-wl1-sfo-wlz-1"
    #expect(try account.built().lines(Self.costs) == ["500000000|500000000|0"])
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
      try database.lines(Self.costs) == [cost.map { "\($0)|\($0)|0" } ?? "-|-|7200000"])
    #expect(
      try database.lines(Self.unpriced)
        == (cost == nil ? ["no list price for c5.xlarge in us-west-2a (\(platform))"] : []))
    try holds(database)
  }

  @Test("A dedicated instance without a price for that: the finding names its tenancy")
  func dedicated() throws {
    var account = SmallAccount()
    account.tenancy = "dedicated"
    #expect(
      try account.built().lines(Self.unpriced)
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

  @Test func placesOfZones() {
    #expect(PricePlace.codes(ofZone: nil, region: "us-east-1") == ["us-east-1"])
    #expect(PricePlace.codes(ofZone: "us-east-1f", region: "us-east-1") == ["us-east-1"])
    #expect(PricePlace.codes(ofZone: "us-east-1-bos-1a", region: "us-east-1") == ["us-east-1-bos-1"])
    #expect(
      PricePlace.codes(ofZone: "us-east-1-wl1-bos-wlz-1", region: "us-east-1")
        == ["us-east-1-wl1-bos-wlz-1", "us-east-1-wl1-bos1", "us-east-1-wl1"])
    // us-west-2-wl1 is the San Francisco Bay Area.
    #expect(
      PricePlace.codes(ofZone: "us-west-2-wl1-las-wlz-1", region: "us-west-2")
        == ["us-west-2-wl1-las-wlz-1", "us-west-2-wl1-las1"])
    #expect(
      PricePlace.code("us-east-1", type: "AWS Outposts", location: "AWS Outposts", usage: "OTP")
        == "us-east-1 AWS Outposts")
    #expect(PricePlace.code("us-east-1", type: nil, location: nil, usage: "BoxUsage:c5.large") == "us-east-1")
  }

  @Test(
    "Part of a GPU: with weights 9 : 0.9 : 0.1, 1 GPU, 1 vCPU and 2 GB of 1, 2 and 8 weigh 10.1 of 11.6",
    arguments: [#""Count":0,"LogicalGpuCount":1,"#, #""Count":0,"#, #""Count":1,"#])
  func fractionalGPU(count: String) throws {
    var account = SmallAccount()
    account.type = "g6f.large"
    account.shape =
      #""VCpuInfo":{"DefaultVCpus":2},"MemoryInfo":{"SizeInMiB":8192},"GpuInfo":{"Gpus":[{\#(count)"MemoryInfo":{"SizeInMiB":2861}}]}"#
    account.requirements = #"{"type":"VCPU","value":"1"},{"type":"MEMORY","value":"2048"},{"type":"GPU","value":"1"}"#
    account.products = [SmallAccount.product("g6f.large", price: "0.232")]
    let database = try account.built()
    #expect(try database.lines(Self.costs) == ["464000000|464000000|0"])
    // 0.232 × 10.1 ÷ 11.6 and 0.232 × 1.5 ÷ 11.6.
    #expect(
      try database.lines(Self.shares).filter { !$0.contains("boot") && !$0.contains("tail") }
        == ["attempt|202000000", "unused.packing|30000000"])
    #expect(try database.lines("SELECT * FROM ledger_finding WHERE check_name = 'over-capacity'") == [])
    try holds(database)
  }

  @Test(
    "GPUs reserved on a type without any: charged as 2 of 4 vCPUs and 4 of 8 GB, with a finding that names the type")
  func noGPU() throws {
    var account = SmallAccount()
    account.shape += #","GpuInfo":{"Gpus":[]}"#
    account.requirements += #",{"type":"GPU","value":"1"}"#
    let database = try account.built()
    #expect(
      try database.lines(Self.shares).filter { $0.hasPrefix("attempt") } == ["attempt|85000000"])
    #expect(
      try database.lines("SELECT subject, message FROM ledger_finding WHERE check_name = 'over-capacity'") == [
        "i-1|attempts reserved GPUs, and c5.xlarge has none as described: their shares are by vCPUs and memory alone"
      ])
    try holds(database)
  }

  @Test(
    "A Spot request whose status names the reclaim is proof, so the first hour is free; other statuses are not",
    arguments: [
      ("instance-terminated-no-capacity", "0|1|1"), ("instance-terminated-by-price", "0|1|1"),
      ("instance-terminated-capacity-oversubscribed", "0|1|1"), ("marked-for-termination", "0|1|1"),
      ("instance-terminated-by-user", "50000000|0|0"), ("fulfilled", "50000000|0|0"),
      // A status without a time is proof too.
      ("instance-terminated-no-capacity, untimed", "0|1|1"), ("marked-for-stop, untimed", "0|1|1"),
      ("instance-terminated-by-user, untimed", "50000000|0|0"),
    ])
  func spotRequests(code: String, expected: String) throws {
    let name = code.replacing(", untimed", with: "")
    let updated = name == code ? #","UpdateTime":"2026-05-04T10:50:00Z""# : ""
    var account = SmallAccount()
    account.instance = nil
    account.environment = "SPOT"
    account.status = "FAILED"
    // Registered at 10:00, lost at 10:50: 50 minutes at $0.06 are $0.05.
    account.attempts =
      #"{"container":{CI,"taskArn":"TASK/11111111111111111111111111111111"},"startedAt":1777889400000,"stoppedAt":1777891800000,"statusReason":"Host EC2 (instance i-1) terminated."}"#
    account.others = [
      SmallAccount.spotPrice("us-west-2a", "c5.xlarge", "0.06"),
      """
      {"SpotInstanceRequests":[{"SpotInstanceRequestId":"sir-1","InstanceId":"i-1","State":"closed","Status":{
        "Code":"\(name)"\(updated)},"CreateTime":"2026-05-04T09:59:50Z",
        "LaunchedAvailabilityZone":"us-west-2a"}]}
      """,
    ]
    let database = try account.built()
    #expect(try database.lines("SELECT cost, free, interrupted FROM resource") == [expected])
    let cause = expected.hasSuffix("1") ? "interrupted" : "host lost"
    #expect(
      try database.lines(
        "SELECT DISTINCT o.name FROM daily_cost d JOIN outcome o ON o.id = d.outcome WHERE d.attempts > 0")
        == [cause])
    try holds(database)
  }

  @Test("A Fargate task that never started is charged from pull to stop: 2 vCPU and 4 GB for 10 min, $0.016456667")
  func fargateNeverStarted() throws {
    var account = SmallAccount()
    account.environment = "FARGATE"
    account.attempts = """
      {"container":{"taskArn":"TASK/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","reason":"CannotPullContainerError: no space"},
        "statusReason":"Task failed to start","stoppedAt":1777889400000},
      {"container":{"taskArn":"TASK/11111111111111111111111111111111","exitCode":0},"startedAt":1777889700000,
        "stoppedAt":1777893300000}
      """
    account.products = [
      SmallAccount.fargatePrice("Fargate-vCPU-Hours:perCPU", "0.04048"),
      SmallAccount.fargatePrice("Fargate-GB-Hours", "0.004445"),
    ]
    account.others = [
      """
      {"tasks":[{"taskArn":"arn:aws:ecs:us-west-2:111122223333:task/AWSBatch-ce1-0000/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        "launchType":"FARGATE","pullStartedAt":"2026-05-04T10:00:00Z","stoppedAt":"2026-05-04T10:10:00Z",
        "lastStatus":"STOPPED"}]}
      """
    ]
    let database = try account.built()
    #expect(
      try database.lines("SELECT name, cost FROM resource ORDER BY name") == [
        "11111111111111111111111111111111|98740000", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa|16456667",
      ])
    // That task's attempt never began: one attempt of one job did.
    #expect(try database.lines("SELECT SUM(attempts), SUM(jobs), SUM(cost) FROM daily_cost") == ["1|1|115196667"])
    try holds(database)
  }

  @Test("A first attempt that never started: its job begins with the second attempt")
  func neverStarted() throws {
    var account = SmallAccount()
    account.attempts = """
      {"container":{CI,"taskArn":"TASK/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","reason":"CannotStartContainerError: x"},
        "statusReason":"Task failed to start","stoppedAt":1777889400000},
      {"container":{CI,"taskArn":"TASK/11111111111111111111111111111111","exitCode":0},"startedAt":1777889700000,
        "stoppedAt":1777893300000}
      """
    let database = try account.built()
    #expect(try database.lines("SELECT SUM(attempts), SUM(jobs), SUM(cost) FROM daily_cost") == ["1|1|340000000"])
    try holds(database)
  }
}
