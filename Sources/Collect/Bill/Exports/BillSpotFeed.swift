import Domain
import Store

/// The Spot data feed: tab-separated rows, one per instance-hour, after lines that start with `#`.
struct BillSpotFeed {
  private var columns: [String: Int] = [:]
  private let statement: Statement
  private(set) var rows = 0

  init(_ connection: Connection) throws {
    statement = try connection.prepare(
      """
      INSERT INTO spot_feed VALUES (?, ?, ?, ?, ?, ?)
      ON CONFLICT (instance_id, at_ms) DO UPDATE SET rate = excluded.rate, charge = excluded.charge
      """)
    name("Timestamp UsageType Operation InstanceID MyBidID MyMaxPrice MarketPrice Charge Version")
  }

  /// `#Fields: Timestamp UsageType …` gives the columns that follow.
  private mutating func name(_ fields: String) {
    columns = [:]
    for (position, field) in fields.split(whereSeparator: { $0 == " " || $0 == "\t" }).enumerated() {
      columns[field.lowercased()] = position
    }
  }

  /// - Parameter path: `111122223333.2026-10-26-00.001.701aca70.gz` gives the account of the feed.
  mutating func read(_ reader: CSVReader, path: String, fault: (String) -> Void) throws {
    let name = path.split(separator: "/").last ?? ""
    let first = name.prefix { $0 != "." }
    let account = first.count == 12 && first.allSatisfy(\.isNumber) ? String(first) : ""
    while reader.next() {
      if reader[0].hasPrefix("#") {
        let text = (0..<reader.count).map { reader.text($0) }.joined(separator: "\t")
        if text.hasPrefix("#Fields:") { self.name(String(text.dropFirst(8))) }
        continue
      }
      if let reason = try write(reader, account) { fault(reason) }
    }
  }

  /// Writes an instance-hour; otherwise returns the reason.
  private mutating func write(_ row: CSVReader, _ account: String) throws -> String? {
    func field(_ name: String) -> UnsafeRawBufferPointer { row[columns[name] ?? -1] }
    for name in ["marketprice", "charge"] {
      if let currency = Self.currency(field(name)), currency != "USD" {
        return "is in \(currency); batchcost reads the Spot data feed in USD"
      }
    }
    guard let at = Instant(iso8601: Array(field("timestamp"))[...]), let rate = Self.money(field("marketprice")),
      let charge = Self.money(field("charge")), field("instanceid").hasPrefix("i-")
    else { return Self.separator(row).map { "has \($0) between its columns, not tabs" } ?? "is not an instance-hour" }
    statement.bind(
      field("instanceid"), at.milliseconds, account, UsageType.item(field("usagetype")), rate.rounded.nanodollars,
      charge.rounded.nanodollars)
    try statement.run()
    rows += 1
    return nil
  }

  /// `0.0142000000 USD`
  private static func money(_ bytes: UnsafeRawBufferPointer) -> ExactMoney? {
    ExactMoney(decimal: UnsafeRawBufferPointer(rebasing: bytes.prefix { $0 != UInt8(ascii: " ") }))
  }

  /// The currency of an amount; nil if it has none, or is not an amount.
  private static func currency(_ bytes: UnsafeRawBufferPointer) -> String? {
    guard money(bytes) != nil, let space = bytes.firstIndex(of: UInt8(ascii: " ")) else { return nil }
    return UnsafeRawBufferPointer(rebasing: bytes[(space + 1)...]).string
  }

  /// The separator in a row without tabs.
  private static func separator(_ row: CSVReader) -> String? {
    guard row.count == 1 else { return nil }
    return [("spaces", UInt8(ascii: " ")), ("commas", UInt8(ascii: ",")), ("semicolons", UInt8(ascii: ";"))]
      .first { row[0].split(separator: $0.1).count >= 7 }?.0
  }
}
