import Accounting
import Collect
import Domain
import Store
import Testing

/// The bundled fortnight with its bill and its Spot data feed. The bill's README says what it covers; its totals were
/// added up with Python's decimals, independently of this code.
@Suite struct FortnightBill {
  let database: Database

  init() async throws {
    database = try Database(path: ":memory:")
    _ = try Collector().collect(paths: [fortnight], asOf: Instant("2026-11-02T05:20:00Z"), database: database)
    _ = try await BillImporter().importBills(paths: [fortnight + "/billing", fortnight + "/feed"], database: database)
    try Ledger.build(database)
  }

  @Test func everyDollarHasAName() throws {
    #expect(
      try database.statement() == [
        "Ledger, as estimated|657|8196.601851035",
        "Savings Plan rate|16|-167.240847659",
        "Start of billing known more exactly|153|-1.381872604",
        "Start was known from its first sighting only|2|0.213361528",
        "End of billing known more exactly|13|-0.001452223",
        "Fargate: not in the bill|274|-3.235451643",
        "Rounding|19|0",
        "Bill, effective cost of Batch|355|8024.955588434",
        "Covered usage: as invoiced, less its effective cost|-|167.240847659",
        "Savings Plans: covered usage taken back|-|-597.288741638",
        "Savings Plans and reservations: fees|-|72",
        "Tax|-|3.21",
        "Bill, as invoiced for EC2, ECS and Savings Plans|-|7670.117694455",
      ])
  }

  @Test("The amounts read are those of the file: 8,024.9555884345 effective, 7,670.1176944552 invoiced")
  func exactSums() throws {
    #expect(
      try database.lines(
        """
        SELECT SUM(effective) - 3210000000, SUM(effective_rest), SUM(invoiced), SUM(invoiced_rest) FROM bill_line
        """) == ["8024955588440|-5500000000|7670117694460|-4800000000"])
    #expect(
      try database.rows("bills", ["format", "payer", "covers_from_at", "covers_until_at", "rows", "task_hours"]) == [
        "cur-2.0|111122223333|2026-10-26T00:00:00Z|2026-11-01T00:00:00Z|23239|10677"
      ])
  }

  @Test("The bill replaces the estimate, for thirteen instances only in the hours it has, and the ledger adds up")
  func theBillWins() throws {
    #expect(
      try database.rows("confidence", ["billed_usd", "spot_history_usd", "price_list_usd"]) == [
        "8024.95558844|1898.106201196|8274.006018995"
      ])
    #expect(try database.lines("SELECT COUNT(DISTINCT name), SUM(cost) FROM estimate_day") == ["355|12473921733144"])
    #expect(
      try database.lines(
        """
        SELECT o.name, SUM(c.cost) FROM daily_cost c JOIN purchase_option o ON o.id = c.purchase_option
        GROUP BY o.name ORDER BY o.name
        """) == [
          "fargate|12459311814", "fargate-spot|2378227952", "on-demand|15194356166570", "savings-plan|430047893980",
          "spot|2557826208315",
        ])
    #expect(
      try database.lines("SELECT COUNT(*) FROM ledger_finding WHERE check_name = 'partly-billed'") == ["13"])
    let failures = try database.read { connection in try LedgerCheck.failures(connection) }
    #expect(failures.isEmpty)
  }

  @Test("Bill and feed settle the Spot price rule: wherever the price moved, the instance-hour's price was charged")
  func spotPriceRule() throws {
    #expect(
      try database.rows("spot-price-rule", ["source", "subjects", "moved", "fit_instance_hour", "fit_continuous"]) == [
        "bill|274|56|56|0", "feed|329|47|47|0",
      ])
  }

  @Test("Split cost is part of the instances' cost and never added to it")
  func splitCost() throws {
    #expect(
      try database.lines("SELECT SUM(rows), COUNT(*), SUM(split), SUM(unused) FROM bill_task")
        == ["21354|10677|2481390045697|3619162961124"])
    #expect(try database.lines("SELECT COUNT(*) FROM bill_line WHERE kind = 1") == ["0"])
  }

  @Test func importingItAgainChangesNothing() async throws {
    let before = try database.statement()
    let summary = try await BillImporter().importBills(paths: [fortnight + "/billing"], database: database)
    #expect(summary.bills.map(\.isNew) == [false])
    try Ledger.build(database)
    #expect(try database.statement() == before)
    #expect(try database.lines("SELECT COUNT(*) FROM bill_restatement") == ["0"])
  }

  @Test("The rows of the FOCUS export add up to the ledger")
  func focus() throws {
    var bytes: [UInt8] = []
    let summary = try database.read { connection in
      try FocusExport.write(
        connection, from: Day(year: 2026, month: 10, day: 26), to: Day(year: 2026, month: 11, day: 1), isSafe: true
      ) { bytes += $0 }
    }
    #expect(summary.rows == 11600)
    // What the bill says plus Fargate, which it lacks: 8,024.955588440 + 3.235451643.
    #expect(summary.cost == Money(nanodollars: 8_028_191_040_083))
    #expect(
      try database.lines(
        "SELECT SUM(cost) FROM daily_cost c JOIN calendar k USING (day) WHERE date >= '2026-10-26' AND date < '2026-11-01'"
      ) == ["8028191040083"])
    let header = String(decoding: bytes.prefix { $0 != 0x0A }, as: UTF8.self)
    #expect(header.hasPrefix("AvailabilityZone,BilledCost,BillingAccountId,"))
    #expect(header.hasSuffix(",x_LedgerAccount,x_UnusedKind,x_PurchaseOption,x_PriceSource"))
  }
  @Test("FOCUS 1.3 names what each row was allocated to; the shares of a charge add up to exactly 1")
  func allocatedFocus() throws {
    var bytes: [UInt8] = []
    let summary = try database.read { connection in
      try FocusExport.write(
        connection, from: Day(year: 2026, month: 10, day: 26), to: Day(year: 2026, month: 11, day: 1), version: .v13,
        isSafe: true
      ) { bytes += $0 }
    }
    #expect(summary.cost == Money(nanodollars: 8_028_191_040_083))
    let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(csvFields)
    let header = try #require(lines.first)
    let places = Dictionary(uniqueKeysWithValues: header.enumerated().map { ($0.element, $0.offset) })
    let added = [
      "AllocatedMethodDetails", "AllocatedMethodId", "AllocatedResourceId", "AllocatedResourceName", "AllocatedTags",
      "HostProviderName", "ServiceProviderName",
    ]
    #expect(added.allSatisfy { places[$0] != nil } && places.count == header.count)
    let names = header.prefix { !$0.hasPrefix("x_") }
    #expect(Array(names) == names.sorted())
    var shares: [String: Int64] = [:]
    for line in lines.dropFirst() {
      func field(_ name: String) -> String { places[name].map { line[$0] } ?? "" }
      #expect(field("AllocatedResourceId").isEmpty == field("x_JobId").isEmpty)
      #expect(field("AllocatedMethodId") == "batchcost/split-cost")
      #expect(field("HostProviderName") == "AWS" && field("Tags").isEmpty)
      // A row that cost nothing has no share.
      guard let ratio = field("AllocatedMethodDetails").firstMatch(of: /"AllocatedRatio":([0-9.]+),/)?.1 else {
        #expect(field("EffectiveCost") == "0")
        continue
      }
      let charge = ["ResourceId", "ChargePeriodStart", "x_PurchaseOption", "x_PriceSource"].map(field)
      shares[charge.joined(separator: " "), default: 0] += try #require(parseDecimal(String(ratio), places: 12))
    }
    #expect(shares.count > 600)
    #expect(shares.values.allSatisfy { $0 == 1_000_000_000_000 })
  }

  /// The RFC 4180 fields of a line.
  private func csvFields(_ line: Substring) -> [String] {
    var (fields, isQuoted, last): ([String], Bool, Character) = ([""], false, ",")
    for character in line {
      switch character {
      case "\"":
        if !isQuoted, last == "\"" { fields[fields.count - 1].append(character) }
        isQuoted.toggle()
      case "," where !isQuoted: fields.append("")
      default: fields[fields.count - 1].append(character)
      }
      last = character
    }
    return fields
  }
}
