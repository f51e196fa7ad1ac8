import Domain
import Store
import TestSupport
import Testing

@testable import Accounting
@testable import Collect

/// Reserved capacity in which no instance ran: golden values worked out by hand.
///
/// The instance of `SmallAccount`, a c5.xlarge at $0.17, runs from 10:00 to 12:00 on 4 May; the account is collected at
/// 13:00.
@Suite struct CapacityReservationTests {
  private static let id = "cr-0123456789abcdef0"
  private static let resources = "SELECT name, kind, cost, unpriced_ms, open FROM resource ORDER BY kind"
  private static let unused = """
    SELECT a.name, p.day, p.ms, p.cost, p.on_demand FROM posting p JOIN ledger_account a ON a.id = p.account
    WHERE a.name = 'unused.reserved' ORDER BY p.day
    """
  private static let findings = """
    SELECT check_name, message FROM ledger_finding WHERE subject = '\(id)' ORDER BY 1
    """

  private static func reservation(
    total: Int = 2, available: Int = 2, from start: String = "2026-05-04T09:00:00Z", state: String = "active",
    platform: String = "Linux/UNIX", rest: String = ""
  ) -> String {
    """
    {"CapacityReservations":[{"CapacityReservationId":"\(id)","OwnerId":"111122223333","CapacityReservationArn":
      "arn:aws:ec2:us-west-2:111122223333:capacity-reservation/\(id)","InstanceType":"c5.xlarge",
      "InstancePlatform":"\(platform)","AvailabilityZone":"us-west-2a","Tenancy":"default",
      "TotalInstanceCount":\(total),"AvailableInstanceCount":\(available),"State":"\(state)","StartDate":"\(start)",
      "EndDateType":"unlimited","InstanceMatchCriteria":"open","CreateDate":"\(start)"\(rest)}]}
    """
  }

  private func account(_ documents: String...) -> SmallAccount {
    var account = SmallAccount()
    account.instance = ",\"CapacityReservationId\":\"\(Self.id)\""
    account.others = documents
    return account
  }

  @Test(
    "Two reserved from the first instance to the collection: six instance-hours, two of them in use, the rest $0.68")
  func idle() throws {
    let database = try account(Self.reservation()).built()
    #expect(
      try database.lines(Self.resources) == [
        "\(Self.id)|capacity-reservation|680000000|0|1", "i-1|instance|340000000|0|0",
      ])
    #expect(try database.lines(Self.unused) == ["unused.reserved|20577|14400000|680000000|680000000"])
    #expect(try database.read(LedgerCheck.failures).isEmpty)
    #expect(try LedgerRows.differences(in: database) == [])
    // The instance's own parts are unchanged.
    #expect(
      try database.lines(
        "SELECT SUM(cost) FROM posting WHERE resource = (SELECT id FROM resource WHERE kind = 'instance')")
        == ["340000000"])
  }

  @Test("Explained: two from 10:00 to 13:00, less the two hours of i-1, are four hours at $0.17")
  func explained() throws {
    let explanations = try account(Self.reservation()).built().read { try Ledger.explain([Self.id], $0) }
    guard case .reservation(let facts)? = explanations.first else { throw StoreError(.query, "not explained") }
    #expect(facts.span.start == Instant("2026-05-04T10:00:00Z") && facts.span.end == Instant("2026-05-04T13:00:00Z"))
    #expect(facts.states.map(\.instances) == [2] && facts.states.map(\.available) == [2] && facts.instances == 1)
    #expect(facts.days.map(\.milliseconds) == [14_400_000])
    #expect(facts.days.map(\.rate) == [Rate(nanodollarsPerHour: 170_000_000)])
    #expect(facts.days.map(\.cost) == [Money(nanodollars: 680_000_000)])
    #expect(facts.rows.map(\.cost) == [Money(nanodollars: 680_000_000)] && facts.rows.map(\.account) == [.reserved])
  }

  @Test("A single document, or a bare list, works too")
  func shapes() throws {
    let list = Self.reservation()
    let bare = String(list.dropFirst(#"{"CapacityReservations":"#.count).dropLast())
    for document in [bare, String(bare.dropFirst().dropLast())] {
      let database = try account(document).built()
      #expect(try database.lines(Self.unused) == ["unused.reserved|20577|14400000|680000000|680000000"])
    }
  }

  @Test("One of two is taken although no known instance runs: somebody else's counts as running")
  func strangers() throws {
    let database = try account(Self.reservation(available: 1)).built()
    // Three hours of one instance, less the two in which i-1 ran.
    #expect(try database.lines(Self.unused) == ["unused.reserved|20577|3600000|170000000|170000000"])
    #expect(
      try database.lines(Self.findings) == [
        "reservation-shared|up to 1 unknown instance ran in it: counted as running from one collection to the next"
      ])
  }

  @Test("Two of four are lent out: they belong to another reservation, so no unknown instance is assumed")
  func lent() throws {
    let allocation =
      #","InterruptibleCapacityAllocation":{"InstanceCount":2,"TargetInstanceCount":2,"Status":"active"}"#
    let database = try account(Self.reservation(total: 4, available: 2, rest: allocation)).built()
    // Three hours of two instances, less the two of i-1.
    #expect(try database.lines(Self.unused) == ["unused.reserved|20577|14400000|680000000|680000000"])
    #expect(try database.lines(Self.findings) == [])
  }

  @Test("A reservation Batch never used, a Capacity Block and an interruptible reservation are not counted")
  func others() throws {
    for (account, document) in [
      (SmallAccount(), Self.reservation()),
      (account(), Self.reservation(rest: #","ReservationType":"capacity-block""#)),
      (account(), Self.reservation(rest: #","Interruptible":true"#)),
    ] {
      var account = account
      account.others = [document]
      #expect(try account.built().lines(Self.unused) == [])
    }
  }

  @Test(
    "A platform with no price is unpriced, with a finding; a reservation first seen after its end is not guessed at")
  func unknown() throws {
    let database = try account(Self.reservation(platform: "Linux with SQL Server Web")).built()
    #expect(try database.lines(Self.unused) == ["unused.reserved|20577|14400000|-|-"])
    #expect(
      try database.lines(Self.findings) == ["unpriced|there are no prices for its platform, Linux with SQL Server Web"])
    let over = try account(
      Self.reservation(state: "expired", rest: #","EndDate":"2026-05-04T12:30:00Z""#)
    ).built()
    #expect(try over.lines(Self.unused) == [])
    #expect(
      try over.lines(Self.findings) == [
        "reservation-unknown|was over when it was first described: its idle time is unknown and not in these numbers"
      ])
  }

  @Test("A state describes the time before it: one free until 11:00, two until 12:30, when it ended")
  func states() throws {
    let database = try account(
      Self.reservation(total: 1, state: "expired", rest: #","EndDate":"2026-05-04T12:30:00Z""#)
    ).built()
    try database.write { connection in
      try connection.execute(
        """
        INSERT INTO reservation_state VALUES
          ('\(Self.id)', \(Instant("2026-05-04T09:30:00Z")?.milliseconds ?? 0), 1, 1, NULL),
          ('\(Self.id)', \(Instant("2026-05-04T11:00:00Z")?.milliseconds ?? 0), 1, 0, NULL),
          ('\(Self.id)', \(Instant("2026-05-04T12:15:00Z")?.milliseconds ?? 0), 3, 3, NULL)
        """)
    }
    try Ledger.build(database, anew: true)
    #expect(try LedgerRows.differences(in: database) == [])
    // 9:30–10:00 one; 10:00–11:00 none; 11:00–12:00 two of three; 12:00–12:30 three: 0.5 + 2 + 1.5 hours at $0.17.
    #expect(try database.lines(Self.unused) == ["unused.reserved|20577|14400000|680000000|680000000"])
    #expect(
      try database.lines("SELECT stopped_at_ms FROM resource WHERE kind = 'capacity-reservation'")
        == ["\(Instant("2026-05-04T12:30:00Z")?.milliseconds ?? 0)"])
  }

  @Test("Each day counts its own hours; an instance that starts as another ends does not overlap it")
  func days() {
    func time(_ text: String) -> Instant { Instant(text) ?? Instant(milliseconds: 0) }
    let facts = ReservationFacts(
      id: "cr-1", accountRegion: 1, span: TimeSpan(time("2026-05-04T22:00:00Z"), time("2026-05-05T02:00:00Z")),
      isOpen: false,
      states: [.init(at: time("2026-05-05T02:00:00Z"), instances: 3, available: 3)],
      stays: [
        TimeSpan(time("2026-05-04T21:00:00Z"), time("2026-05-04T23:00:00Z")),
        TimeSpan(time("2026-05-04T23:00:00Z"), time("2026-05-05T01:00:00Z")),
      ])
    // 3 × 2 h − 2 h, then 3 × 2 h − 1 h.
    #expect(facts.idle.map { [Int64($0.day.number), $0.milliseconds / 3_600_000] } == [[20577, 4], [20578, 5]])
  }

  @Test("A reservation collected later is counted by the next build, which recomputes nothing else")
  func later() throws {
    let database = try account().built()
    #expect(try database.lines(Self.unused) == [])
    var ingestor = try Ingestor(database: database)
    try ingestor.ingest(Array(Self.reservation().utf8), named: "later", accountRegion: nil)
    let summary = try Ledger.build(database)
    #expect(!summary.isWhole)
    #expect(summary.changedResources == 1)
    #expect(try database.lines(Self.unused) == ["unused.reserved|20577|14400000|680000000|680000000"])
  }

  @Test("Random worlds add up, and reserved capacity beside instances does not change what they cost: 20 seeds")
  func conservation() throws {
    var found = 0
    try forAll(seeds: 20) { seed, random in
      let database = try Database(path: ":memory:")
      try database.write { try ReferenceWorld.write(&random, into: $0) }
      try Ledger.build(database)
      let before = try database.lines("SELECT name, cost, unpriced_ms FROM resource ORDER BY kind, name")
      try database.write { connection in
        let reservation = ["'cr-1'", "'cr-2'", "NULL"].randomElement(using: &random) ?? ""
        try connection.execute("UPDATE instance_description SET capacity_reservation = \(reservation)")
        for id in ["cr-1", "cr-2"] {
          let total = Int64.random(in: 0...9, using: &random)
          try connection.execute(
            """
            INSERT INTO capacity_reservation VALUES ('\(id)', 1, 'type-1', 'Linux/UNIX', 'eu-west-1a', 'default', 'active',
              \(total), \(Int64.random(in: 0...total, using: &random)), \(ReferenceWorld.origin), NULL, NULL, 'default', NULL, 0,
              1, 1, NULL)
            """)
          for _ in 0..<Int.random(in: 0...4, using: &random) {
            let at = ReferenceWorld.origin + Int64.random(in: 0...(3 * ReferenceWorld.day), using: &random)
            try connection.execute(
              "INSERT OR IGNORE INTO reservation_state VALUES ('\(id)', \(at), \(total), \(total / 2), NULL)")
          }
        }
      }
      try Ledger.build(database)
      #expect(try database.read(LedgerCheck.failures).isEmpty, "seed \(seed)")
      #expect(try LedgerRows.differences(in: database) == [], "seed \(seed)")
      #expect(
        try database.lines(
          "SELECT name, cost, unpriced_ms FROM resource WHERE kind <> 'capacity-reservation' ORDER BY kind, name")
          == before,
        "seed \(seed)")
      found += try database.lines(Self.unused).count
    }
    #expect(found > 10)
  }
}
