import Base
import Domain
import Store

/// One import of bills, inside its transaction.
struct BillRun {
  var findings = BillFindings()
  private let connection: Connection
  private let writer: BillWriter
  private let stop: StopSign
  private let mayBeOlder: Bool
  private var feed: BillSpotFeed?
  private var feedTally = BillTally.feed
  private var feedPath = ""
  private var hashes: Set<UInt64> = []
  private var billPaths: [String] = []
  private var files = 0
  private var bytes: Int64 = 0
  private var unread = 0

  init(_ connection: Connection, stop: StopSign, mayBeOlder: Bool) throws {
    self.connection = connection
    self.mayBeOlder = mayBeOlder
    self.stop = stop
    writer = try BillWriter(connection)
  }

  mutating func read(_ file: BillFile) throws {
    try stop.check()
    findings.begin(file.path)
    if try !hashes.insert(ByteInput.contentHash(path: file.path)).inserted {
      return findings.add(file.path, "", "is the same as a file that was already read: skipped", severity: "note")
    }
    switch file.kind {
    case .spotFeed: try readFeed(file)
    case .csv:
      let input = try ByteInput(path: file.path)
      let reader = CSVReader(input)
      let head = BillHead(reader.peek())
      reader.separator = head.separator
      if reader.next(), !head.hasHint || reader.next() {
        try readRows(reader, BillColumns(reader), file)
      } else {
        findings.add(file.path, "", reader.fault ?? "is empty")
      }
      bytes += input.packedBytes
    case .parquet: try ParquetSource(path: file.path).read(stop: stop) { try readRows($0, $1, file) }
    }
    files += 1
  }

  private mutating func readFeed(_ file: BillFile) throws {
    let input = try ByteInput(path: file.path)
    let reader = CSVReader(input, separator: UInt8(ascii: "\t"), size: 1 << 16)
    var feed = try feed ?? BillSpotFeed(connection)
    let before = feed.rows
    var faults = 0
    if feedPath.isEmpty { feedPath = file.path }
    try feed.read(reader, path: file.path) { fault in
      feedTally.add(unread: fault, row: reader.row)
      faults += 1
      if faults <= BillFindings.limit { findings.add(file.path, "row \(reader.row)", fault) }
    }
    feedTally.add(read: feed.rows - before)
    self.feed = feed
    if let fault = reader.fault { findings.add(file.path, "", fault, severity: "error") }
    bytes += input.packedBytes
  }

  private mutating func readRows(_ reader: CSVReader, _ columns: BillColumns, _ file: BillFile) throws {
    billPaths.append(file.path)
    let writer = writer
    writer.beginFile()
    if let cur = try BillCUR(columns, path: file.path) {
      try eachRow(reader, columns, file) { try cur.read($0, into: writer) }
    } else if var focus = try BillFOCUS(columns, path: file.path) {
      try eachRow(reader, columns, file) { try focus.read($0, into: writer) }
    } else if let separator = columns.foreignSeparator {
      throw CollectionError(
        path: file.path,
        reason: "has \(separator) between its columns, as a spreadsheet writes them: import the file as AWS wrote it")
    } else {
      throw CollectionError(path: file.path, reason: "its first row has no column names of a CUR or of FOCUS")
    }
  }

  private mutating func eachRow(
    _ reader: CSVReader, _ columns: BillColumns, _ file: BillFile, _ body: (CSVReader) throws -> Void
  ) throws {
    var tally = BillTally.bill
    let first = reader.row
    let header = BillHeader(columns)
    while reader.next() {
      if reader.row & 0xffff == 0 { try stop.check() }
      do {
        guard reader.count == columns.names.count else {
          throw BillFault(message: "has \(reader.count) fields, its header \(columns.names.count)")
        }
        if try header.repeats(in: reader) { continue }
        let selected = writer.selected
        try body(reader)
        tally.add(read: writer.selected - selected)
      } catch let fault as BillFault {
        if fault.isFatal { throw CollectionError(path: file.path, reason: "row \(reader.row) \(fault.message)") }
        tally.add(unread: fault.message, row: reader.row)
        if tally.unread <= BillFindings.limit { findings.add(file.path, "row \(reader.row)", fault.message) }
      }
    }
    if let fault = reader.fault {
      // Half a bill is worse than none: the rest would look as if it had cost nothing.
      throw CollectionError(
        path: file.path, reason: "\(fault), after row \(reader.row): nothing of this import was kept")
    }
    if let refusal = tally.refusal { throw CollectionError(path: file.path, reason: refusal) }
    if reader.row == first { findings.add(file.path, "", "has a header and no rows") }
    if tally.unread > BillFindings.limit {
      findings.add(file.path, "", "\(tally.unread) rows cannot be read", severity: "error")
    }
    unread += tally.unread
  }

  mutating func finish() throws -> BillSummary {
    if let refusal = feedTally.refusal { throw CollectionError(path: feedPath, reason: refusal) }
    try refuseNothing()
    try writer.finish(files: billPaths.count, mayBeOlder: mayBeOlder)
    if let reason = try BillCurrency.contradiction(connection), let path = billPaths.first {
      throw CollectionError(path: path, reason: reason)
    }
    for name in writer.unknownCharges.sorted() {
      findings.add(
        name, "line item type",
        "is unknown to batchcost: its rows count among the bill's other lines, in nobody's cost")
    }
    for (name, rows) in writer.unknownServices.sorted(by: { $0.key < $1.key }) {
      findings.add(
        name, "service",
        "is unknown to batchcost: its \(rows) row\(rows == 1 ? "" : "s") about Batch's instances and tasks "
          + "\(rows == 1 ? "is" : "are") in nobody's cost")
    }
    for (product, unread) in writer.unreadAround.sorted(by: { $0.key < $1.key }) {
      findings.add(
        product, "service",
        "\(unread.rows) row\(unread.rows == 1 ? "" : "s") about what surrounds jobs cannot be read: the first "
          + unread.first)
    }
    for (item, rows) in writer.kubernetes.sorted(by: { $0.key < $1.key }) {
      findings.add(
        item.isEmpty ? "no usage type" : item, "AmazonEKS",
        "is a cost of EKS in addition to the instances of its nodes: its \(rows) row\(rows == 1 ? "" : "s") "
          + "\(rows == 1 ? "is" : "are") in nobody's cost", severity: "note")
    }
    if writer.podRows > 0 {
      let rows = writer.podRows
      findings.add(
        "shares of pods", "AmazonEKS",
        "are not read from FOCUS: \(rows) row\(rows == 1 ? "" : "s") about Batch's pods \(rows == 1 ? "is" : "are") in "
          + "nobody's cost, since the instances have rows of their own", severity: "note")
    }
    for (unit, rows) in writer.unmeasured.sorted(by: { $0.key < $1.key }) {
      findings.add(
        unit.isEmpty ? "no unit" : unit, "unit",
        "is not a unit of hours: its \(rows) row\(rows == 1 ? "" : "s") about Batch's instances \(rows == 1 ? "is" : "are") "
          + "in nobody's cost")
    }
    try addDoubles()
    try findings.write(connection)
    var summary = writer.summary
    (summary.files, summary.bytes, summary.notes) = (files, bytes, findings.count)
    summary.feedRows = feed?.rows ?? 0
    summary.unread = unread + feedTally.unread
    return summary
  }

  /// Files without any row for Batch change nothing, which must not look like an import.
  private func refuseNothing() throws {
    if let path = billPaths.first, writer.selected == 0 {
      let rows = writer.summary.rows
      if rows == 0 { throw CollectionError(path: path, reason: "has a header and no rows: nothing to import") }
      throw CollectionError(
        path: path,
        reason: "none of its \(rows) rows is for EC2, ECS, VPC or Savings Plans; it has only "
          + writer.passed.sorted().map { $0.isEmpty ? "without a name" : $0 }.joined(separator: ", ")
          + ": nothing to import")
    }
    if billPaths.isEmpty, feed?.rows ?? 0 == 0 {
      throw CollectionError(path: feedPath, reason: "no row of a bill or of the Spot data feed: nothing to import")
    }
  }

  private static let instanceUsage =
    "kind = \(BillKind.instance.rawValue) AND charge IN (\(BillCharge.ofUsage.numbers)) AND resource <> ''"

  /// How long each instance was used in each hour.
  private static let hours = """
    SELECT bill, resource, start_ms, MAX(end_ms) AS end_ms, SUM(usage_ms) AS used,
      SUM(usage_ms) > MAX(end_ms - start_ms) + 1000 AS is_double
    FROM bill_line WHERE \(instanceUsage) GROUP BY bill, resource, start_ms
    """

  /// The same, where lines of days or months may contain those of hours.
  private static let spans = """
    SELECT bill, resource, start_ms, used,
      is_double OR end_ms > COALESCE(LEAD(start_ms) OVER lines, end_ms)
        OR start_ms < COALESCE(MAX(end_ms) OVER (lines ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS is_double
    FROM (\(hours)) WINDOW lines AS (PARTITION BY bill, resource ORDER BY start_ms)
    """

  private func hasLongLines() throws -> Bool {
    try connection.integer(
      "SELECT EXISTS (SELECT 1 FROM bill_line WHERE \(Self.instanceUsage) AND end_ms - start_ms > \(millisecondsPerHour))"
    )
      == 1
  }

  /// A bill in which most lines are there twice, as in files that are copies or editions of one another, or in an hourly
  /// and a daily export, would double the cost.
  private func refuseCopies(_ used: String, hasLongLines: Bool) throws {
    enum Field: Int32, SelectedColumn {
      case hours, doubles
      var sql: String { self == .hours ? "COUNT(*)" : "COALESCE(SUM(is_double), 0)" }
    }
    guard billPaths.count > 1 || hasLongLines else { return }
    let bills = writer.bills.map { String($0.id) }.joined(separator: ", ")
    let row = try connection.prepare("SELECT \(Field.list) FROM (\(used)) WHERE bill IN (\(bills))")
    defer { row.reset() }
    guard try row.step(), row.integer(Field.doubles) * 2 > row.integer(Field.hours) else { return }
    throw CollectionError(
      path: billPaths[0],
      reason: "\(row.integer(Field.doubles)) of \(row.integer(Field.hours)) hours of instances are billed twice in the "
        + (billPaths.count > 1
          ? "\(billPaths.count) files: name only one copy of the bill" : "file: give each export by itself")
        + ". Nothing of this import was kept")
  }

  /// The same usage in the bills of two payers, or of one and of none, as where a query left the payer out, would double
  /// the cost.
  private mutating func refuseOtherBills() throws {
    enum Field: Int32, SelectedColumn {
      case new, old, payer, period
      var sql: String { self == .new || self == .old ? "\(name).bill" : "b.\(name)" }
    }
    let bills = writer.bills.map { String($0.id) }.joined(separator: ", ")
    let pairs = try connection.prepare(
      """
      SELECT DISTINCT \(Field.list) FROM bill_coverage new
      JOIN bill_coverage old ON old.bill <> new.bill AND old.start_ms < new.end_ms AND old.end_ms > new.start_ms
        AND (old.account = new.account OR '' IN (old.account, new.account))
      JOIN bill b ON b.id = old.bill WHERE new.bill IN (\(bills)) ORDER BY 1, 2
      """)
    var found: [(new: Int64, old: Int64, name: String)] = []
    while try pairs.step() {
      let payer = pairs.text(Field.payer)
      found.append(
        (
          pairs.integer(Field.new), pairs.integer(Field.old),
          pairs.text(Field.period) + (payer.isEmpty ? "" : " of \(payer)")
        ))
    }
    for pair in found {
      let hours = try connection.integer(
        "SELECT COUNT(*) FROM bill_line WHERE bill = \(pair.new) AND \(Self.instanceUsage)")
      let doubles = try connection.integer(
        """
        SELECT COUNT(*) FROM bill_line l WHERE l.bill = \(pair.new) AND \(Self.instanceUsage) AND EXISTS (
          SELECT 1 FROM bill_line o
          WHERE o.bill = \(pair.old) AND o.resource = l.resource AND o.start_ms = l.start_ms AND o.kind = l.kind
            AND (o.usage_ms = l.usage_ms OR o.usage_ms + l.usage_ms > l.end_ms - l.start_ms + 1000))
        """)
      if doubles == 0 { continue }
      let message = "\(doubles) of \(hours) hours of instances are in the bill of \(pair.name) too"
      if doubles * 2 > hours {
        throw CollectionError(
          path: billPaths.first ?? "", reason: message + ": give one of the two. Nothing of this import was kept")
      }
      findings.add(pair.name, "usage", message)
    }
  }

  /// An instance cannot be used for longer than the hour: this detects duplicate lines.
  private mutating func addDoubles() throws {
    try connection.execute("DELETE FROM collection_finding WHERE check_name = 'bill' AND place = 'usage'")
    let hasLongLines = try hasLongLines()
    let used = hasLongLines ? Self.spans : Self.hours
    try refuseCopies(used, hasLongLines: hasLongLines)
    try refuseOtherBills()
    enum Field: Int32, SelectedColumn {
      case resource, startMs, used, count
      var sql: String {
        switch self {
        case .startMs: "MIN(\(name))"
        case .used: "SUM(\(name))"
        case .count: "COUNT(*)"
        default: name
        }
      }
    }
    let rows = try connection.prepare(
      """
      SELECT \(Field.list) FROM (\(used))
      WHERE is_double = 1 GROUP BY resource ORDER BY resource LIMIT \(BillFindings.limit)
      """)
    while try rows.step() {
      let hours = rows.integer(Field.count)
      findings.add(
        rows.text(Field.resource), "usage",
        "is billed for \(rows.integer(Field.used) / 1000) s in \(hours) hour\(hours == 1 ? "" : "s"), the first from "
          + "\(Instant(milliseconds: rows.integer(Field.startMs))): does the bill have its lines twice?")
    }
  }
}
