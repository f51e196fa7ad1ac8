import Domain
import Store

/// What a bill says about one resource in one hour (or day, or month, if the export is daily or monthly).
struct BilledHour: Equatable {
  var span: TimeSpan
  /// How long it was used.
  var usedMilliseconds: Int64
  /// Amortized: usage at its unblended cost; covered usage at the effective cost of its plan or reservation.
  var effective: ExactMoney
  /// The commitment that covers most of it; nil for Spot and On-Demand usage.
  var commitment: PurchaseOption?
  /// Effective cost of usage under a Savings Plan less its cost at public prices.
  var planSaving: ExactMoney
  /// The same for usage under a reservation.
  var reservationSaving: ExactMoney
  /// Cost of On-Demand usage less its cost at public prices: zero unless prices were negotiated.
  var negotiated: ExactMoney

  /// False if corrections take back more than the hour cost: then what they correct is elsewhere.
  var isWhole: Bool { usedMilliseconds >= 0 && effective >= .zero }

  /// The same of an instance, which cannot be used for longer than the line's time; a bill that says so has a finding.
  var ofOneInstance: BilledHour {
    var copy = self
    copy.usedMilliseconds = min(usedMilliseconds, span.milliseconds)
    return copy
  }
}

extension BilledHour {
  /// A line for something that is not billed by time.
  init(_ span: TimeSpan, _ effective: ExactMoney) {
    self.init(
      span: span, usedMilliseconds: 0, effective: effective, commitment: nil, planSaving: .zero,
      reservationSaving: .zero, negotiated: .zero)
  }
}

/// The parts of the bills that the ledger needs.
struct BillBook {
  struct Key: Hashable {
    var resource: String
    var day: Day
  }

  /// Billed hours of instances, Fargate tasks and training jobs, in order.
  private(set) var hours: [String: [BilledHour]] = [:]
  /// The same for volumes, and for public addresses by the id of their network interface or instance.
  private(set) var attached: [String: [BilledHour]] = [:]
  /// The same for hours of capacity reservations in which no instance ran.
  private(set) var reserved: [String: [BilledHour]] = [:]
  /// The time that bills cover, by account, in order and without overlap; '' if the bill names no account.
  private(set) var coverage: [String: [TimeSpan]] = [:]
  /// Fees of Capacity Blocks.
  var blocks = BillBlocks()
  /// What the last import of a bill changed.
  private(set) var restated: [Key: ExactMoney] = [:]

  /// The end of the bills' usage; nil if there is no bill.
  private(set) var end: Instant?

  var isEmpty: Bool { coverage.isEmpty }

  init() {}

  /// - Parameter scope: for a part, reads only what bills may know about it.
  init(_ connection: Connection, _ scope: FactScope) throws {
    try readCoverage(connection)
    if isEmpty { return }
    try readHours(connection, scope)
    try readRestatements(connection, scope)
  }

  /// The billed time of an account; of all accounts if either side does not know the account.
  func coverage(of account: String) -> [TimeSpan] {
    if let own = coverage[account] { return own }
    if let any = coverage[""] { return any }
    return account.isEmpty ? Self.merged(coverage.values.flatMap { $0 }) : []
  }

  private mutating func readCoverage(_ connection: Connection) throws {
    enum Field: Int32, SelectedColumn {
      case account, startMs, endMs
    }
    let rows = try connection.prepare("SELECT \(Field.list) FROM bill_coverage ORDER BY account, start_ms")
    while try rows.step() {
      coverage[rows.text(Field.account), default: []].append(
        TimeSpan(Instant(milliseconds: rows.integer(Field.startMs)), Instant(milliseconds: rows.integer(Field.endMs))))
    }
    coverage = coverage.mapValues(Self.merged)
    end = coverage.values.compactMap(\.last?.end).max()
  }

  /// Joins spans that touch.
  static func merged(_ spans: [TimeSpan]) -> [TimeSpan] {
    var merged: [TimeSpan] = []
    for span in spans.sorted(by: { $0.start < $1.start }) {
      if let last = merged.last, span.start <= last.end {
        merged[merged.count - 1].end = max(last.end, span.end)
      } else {
        merged.append(span)
      }
    }
    return merged
  }

  private enum Line: Int32, SelectedColumn {
    case resource, startMs, endMs, kind, charge, usageMs, effective, effectiveRest, invoiced, invoicedRest, `public`,
      publicRest, item
  }

  /// The rows of a table with a bill and a resource.
  private static func rows(_ table: String, _ scope: FactScope) -> String {
    scope.isPart
      ? "(\(billedNames)) s CROSS JOIN bill b CROSS JOIN \(table) l ON l.bill = b.id AND l.resource = s.name" : table
  }

  /// The names by which bills may know a part's resources, as SQL that selects `name`.
  private static let billedNames = """
    SELECT name FROM scope_resource UNION SELECT name FROM scope_instance
    UNION SELECT a.network_interface FROM scope_instance s CROSS JOIN instance_address a ON a.instance_id = s.name
    """

  private mutating func readHours(_ connection: Connection, _ scope: FactScope) throws {
    let timed: [BillKind] = [.instance, .fargate, .trainingJob, .ebs, .ipv4]
    let rows = try connection.prepare(
      """
      SELECT \(Line.list)
      FROM \(Self.rows("bill_line", scope))
      WHERE (kind IN (\(timed.numbers)) OR (kind = \(BillKind.capacityReservation.rawValue) AND item LIKE 'Unused%'))
        AND charge IN (\(BillCharge.ofUsage.numbers)) AND resource <> ''
      ORDER BY resource, start_ms, charge, item
      """)
    while try rows.step() {
      let span = TimeSpan(
        Instant(milliseconds: rows.integer(Line.startMs)), Instant(milliseconds: rows.integer(Line.endMs)))
      let effective = ExactMoney(nanodollars: rows.integer(Line.effective), rest: rows.integer(Line.effectiveRest))
      let invoiced = ExactMoney(nanodollars: rows.integer(Line.invoiced), rest: rows.integer(Line.invoicedRest))
      let listed =
        rows.isNull(Line.public)
        ? nil : ExactMoney(nanodollars: rows.integer(Line.public), rest: rows.integer(Line.publicRest))
      let charge = BillCharge(rawValue: rows.integer(Line.charge))
      let isSpot = rows.withBytes(Line.item) { $0.starts(with: "Spot".utf8) }
      let hour = BilledHour(
        span: span, usedMilliseconds: rows.integer(Line.usageMs), effective: effective,
        commitment: charge == .covered ? .savingsPlan : charge == .discounted ? .reserved : nil,
        planSaving: charge == .covered ? effective - (listed ?? invoiced) : .zero,
        reservationSaving: charge == .discounted ? effective - (listed ?? invoiced) : .zero,
        negotiated: charge == .usage && !isSpot ? effective - (listed ?? effective) : .zero)
      let name = rows.text(Line.resource)
      switch BillKind(rawValue: rows.integer(Line.kind)) {
      case .ebs, .ipv4: attached[name, default: []].add(hour)
      case .capacityReservation: reserved[name, default: []].add(hour)
      default: hours[name, default: []].add(hour)
      }
    }
  }

  private mutating func readRestatements(_ connection: Connection, _ scope: FactScope) throws {
    try connection.each("SELECT resource, day, change, change_rest FROM \(Self.rows("bill_restatement", scope))") {
      (resource: String, day: Int64, change: Int64, rest: Int64) in
      let key = Key(resource: resource, day: Day(number: Int32(day)))
      restated[key, default: .zero] += ExactMoney(nanodollars: change, rest: rest)
    }
  }
}

extension [BilledHour] {
  /// Adds a line. Lines in the same hour are merged, under the commitment that covers most of it.
  fileprivate mutating func add(_ line: BilledHour) {
    guard let last, last.span == line.span else { return append(line) }
    var sum = last
    if line.usedMilliseconds > last.usedMilliseconds { sum.commitment = line.commitment }
    sum.usedMilliseconds += line.usedMilliseconds
    sum.effective += line.effective
    sum.planSaving += line.planSaving
    sum.reservationSaving += line.reservationSaving
    sum.negotiated += line.negotiated
    self[count - 1] = sum
  }
}
