import Domain
import Store

/// One bill during its import: a payer's billing period.
struct BillSheet {
  let id: Int64
  let payer: String
  let period: String
  let format: String
  let currency: Currency
  let version: Int64
  var rows = 0
  var kept = 0

  private var coverage: [Coverage] = []
  private var blocks: [Coverage] = []
  private var others: [OtherKey: OtherSum] = [:]
  private var otherInstances: Set<UInt64> = []
  private let earlier: BillEdition

  private struct Coverage {
    var account: [UInt8]
    var span: TimeSpan
  }

  private struct OtherKey: Hashable {
    var day: Day
    var kind: BillKind
    var charge: BillCharge
  }

  private struct OtherSum {
    var account: String
    var usage: Int64 = 0
    var invoiced = ExactMoney.zero
    var effective = ExactMoney.zero
  }

  /// Starts a bill; what is left of an earlier import is removed, except for the cost of each resource and day, and what it
  /// covered.
  init(_ connection: Connection, payer: String, period: String, format: String, currency: Currency) throws {
    (self.payer, self.period, self.format, self.currency) = (payer, period, format, currency)
    try BillCurrency.check(currency, beside: connection)
    let known = try connection.first("SELECT id, version FROM bill WHERE payer = ? AND period = ?", payer, period) {
      (id: Int64, version: Int64) in (id, version)
    }
    if let known {
      (id, version) = (known.0, known.1 + 1)
      earlier = try BillEdition(connection, bill: id)
      try connection.execute(
        """
        CREATE TEMP TABLE IF NOT EXISTS bill_before
          (bill INTEGER, resource TEXT, day INTEGER, amount INTEGER, rest INTEGER);
        INSERT INTO bill_before
          SELECT bill, resource, start_ms / 86400000, SUM(effective), SUM(effective_rest) FROM bill_line
          WHERE bill = \(id) GROUP BY bill, resource, start_ms / 86400000;
        DELETE FROM bill_line WHERE bill = \(id);
        DELETE FROM bill_task WHERE bill = \(id);
        DELETE FROM bill_around WHERE bill = \(id);
        DELETE FROM bill_coverage WHERE bill = \(id);
        DELETE FROM bill_restatement WHERE bill = \(id);
        """)
    } else {
      let insert = try connection.prepare("INSERT INTO bill VALUES (NULL, ?, ?, ?, 0, 0, 0, 1, ?)")
      insert.bind(payer, period, format, currency.rawValue)
      try insert.run()
      (id, version) = (connection.lastInsertedRow, 1)
      earlier = BillEdition()
    }
  }

  mutating func cover(_ account: UnsafeRawBufferPointer, _ span: TimeSpan) throws {
    let position = coverage.firstIndex { $0.account.elementsEqual(account) }
    guard let position else {
      try Self.refuseNumber(account)
      return coverage.append(Coverage(account: Array(account), span: span))
    }
    if span.start < coverage[position].span.start { coverage[position].span.start = span.start }
    if span.end > coverage[position].span.end { coverage[position].span.end = span.end }
  }

  /// The time of a Capacity Block: covered if the bill has nothing else for its account.
  mutating func coverBlock(_ account: UnsafeRawBufferPointer, _ span: TimeSpan) {
    blocks.append(Coverage(account: Array(account), span: span))
  }

  /// Spreadsheets write account ids as `1.11122E+11`, drop leading zeros, and mark numbers as text with `'` or `="…"`;
  /// people write `1111-2222-3333`: the bill's account would be lost.
  static func refuseNumber(_ account: UnsafeRawBufferPointer) throws {
    let digits = account.count { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    let isNumber = account.first.map { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) } ?? false
    let isSpoilt =
      isNumber && account.contains { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: ",") }
      || digits == account.count && (8..<12).contains(digits)
      || isNumber && digits == 12 && account.contains(UInt8(ascii: "-"))
      || digits >= 11 && (account.first == UInt8(ascii: "'") || account.first == UInt8(ascii: "="))
    guard isSpoilt else { return }
    throw BillFault(
      message:
        "has the account \(account.string), which is not an id: a spreadsheet has changed it; import the file as AWS "
        + "wrote it", isFatal: true)
  }

  /// A line that is not Batch's, added up by day.
  mutating func addOther(_ line: BillLine) {
    let key = OtherKey(day: line.span.start.day, kind: line.kind, charge: line.charge)
    var sum = others[key] ?? OtherSum(account: line.account.string)
    sum.usage += line.usageMilliseconds
    sum.invoiced += line.invoiced
    sum.effective += line.effective
    others[key] = sum
    if line.kind == .instance { otherInstances.insert(line.resource.fnv) }
  }

  /// - Parameter mayBeOlder: whether an edition that covers less than the one imported before may replace it.
  mutating func finish(
    _ connection: Connection, _ statements: inout BillStatements, files: Int, mayBeOlder: Bool
  ) throws {
    for (key, sum) in others.sorted(by: { order($0.key) < order($1.key) }) {
      // Lines of a day are distinguished by their items.
      try "\(key.kind)".withBytes { kind in
        try sum.account.withBytes { account in
          try statements.write(
            BillLine(
              resource: UnsafeRawBufferPointer(start: nil, count: 0),
              span: TimeSpan(key.day.start, (key.day + 1).start), item: kind, charge: key.charge, kind: key.kind,
              account: account, usageMilliseconds: sum.usage, invoiced: sum.invoiced, effective: sum.effective),
            bill: id)
        }
      }
    }
    let update = try connection.prepare(
      "UPDATE bill SET format = ?, files = ?, rows = ?, other_instances = ?, version = ? WHERE id = ?")
    update.bind(format, Int64(files), Int64(rows), Int64(otherInstances.count), version, id)
    try update.run()
    let accounts = Set(coverage.map(\.account))
    for block in blocks where !accounts.contains(block.account) {
      try block.account.withUnsafeBytes { try self.cover($0, block.span) }
    }
    let cover = try connection.prepare("INSERT INTO bill_coverage VALUES (?, ?, ?, ?)")
    for part in coverage {
      cover.bind(
        id, String(decoding: part.account, as: UTF8.self), part.span.start.milliseconds,
        part.span.end.milliseconds)
      try cover.run()
    }
    if version > 1 {
      try refuseLoss(connection)
      if !mayBeOlder { try refuseOlder() }
      try noteRestatements(connection)
    }
  }

  /// A month without any of the instances and tasks it had is not a correction.
  private func refuseLoss(_ connection: Connection) throws {
    let hadLines = "SELECT EXISTS (SELECT 1 FROM bill_before WHERE bill = \(id) AND resource <> '')"
    let hasLines = """
      SELECT EXISTS (SELECT 1 FROM bill_line WHERE bill = \(id) AND resource <> '')
        OR EXISTS (SELECT 1 FROM bill_task WHERE bill = \(id))
      """
    guard try connection.integer(hadLines) == 1, try connection.integer(hasLines) == 0 else { return }
    throw CollectionError(
      path: "",
      reason: "the bill of \(period)\(payer.isEmpty ? "" : " of \(payer)") has no line of an instance or task of "
        + "Batch's; the one imported earlier has, so it stays")
  }

  /// AWS adds to a month until it is closed: an edition that covers less is an older one, or a part.
  private func refuseOlder() throws {
    // Damaged names may become alike.
    let covered = Dictionary(coverage.map { (String(decoding: $0.account, as: UTF8.self), $0.span) }) { $1 }
    guard let lack = earlier.lack(of: covered) else { return }
    throw CollectionError(
      path: "",
      reason: "the bill of \(period)\(payer.isEmpty ? "" : " of \(payer)") \(lack): this is an older edition, or a "
        + "part of it, so the stored one stays; pass --older-bill to replace it all the same")
  }

  private func order(_ key: OtherKey) -> (Int32, Int64, Int64) {
    (key.day.number, key.kind.rawValue, key.charge.rawValue)
  }

  private func noteRestatements(_ connection: Connection) throws {
    try connection.execute(
      """
      INSERT INTO bill_restatement
        SELECT \(id), resource, day, SUM(amount), SUM(rest) FROM (
          SELECT resource, day, -amount AS amount, -rest AS rest FROM bill_before WHERE bill = \(id)
          UNION ALL
          SELECT resource, start_ms / 86400000, effective, effective_rest FROM bill_line WHERE bill = \(id))
        GROUP BY resource, day HAVING SUM(amount) <> 0 OR SUM(rest) <> 0;
      DELETE FROM bill_before WHERE bill = \(id);
      """)
  }
}

extension String {
  func withBytes<T>(_ body: (UnsafeRawBufferPointer) throws -> T) rethrows -> T {
    var copy = self
    return try copy.withUTF8 { try body(UnsafeRawBufferPointer($0)) }
  }
}
