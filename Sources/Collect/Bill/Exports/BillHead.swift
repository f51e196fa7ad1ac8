/// The first lines of a file, by which a bill is told from other files, and how its columns are parted.
struct BillHead {
  /// The line of names has those of a CUR or of FOCUS.
  let isBill: Bool
  /// What stands between its columns: a comma; a tab, as databases and spreadsheets write it.
  let separator: UInt8
  /// Above the names stands `sep=,`, by which spreadsheets tell one another what parts the columns.
  let hasHint: Bool

  init(_ bytes: some Sequence<UInt8>) {
    var head = Array(bytes.prefix(1 << 16))[...]
    if head.starts(with: [0xef, 0xbb, 0xbf]) { head = head.dropFirst(3) }
    let first = head.first { $0 > 0x20 }
    guard let first, first != UInt8(ascii: "{"), first != UInt8(ascii: "[") else {
      (isBill, separator, hasHint) = (false, Self.comma, false)
      return
    }
    hasHint = head.prefix { !Self.endsLine($0) }.count <= 8 && head.starts(with: "sep=".utf8)
    if hasHint { head = head.drop { !Self.endsLine($0) }.drop(while: Self.endsLine) }
    let names = head.prefix { !Self.endsLine($0) }
    separator = names.contains(Self.tab) && !names.contains(Self.comma) ? Self.tab : Self.comma
    let key = BillColumns.key(String(decoding: names, as: UTF8.self))
    isBill =
      ["lineitemusagestartdate", "identitylineitemid", "lineitemusageaccountid", "lineitemlineitemtype"]
      .contains(where: key.contains) || key.contains("billedcost") && key.contains("chargeperiodstart")
  }

  private static let (comma, tab) = (UInt8(ascii: ","), UInt8(ascii: "\t"))

  private static func endsLine(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") }
}

/// Bills and the Spot data feed, which are not answers of an API: recognised, and left to their own importer.
enum BillingFile {
  /// The kind of file, by its first line; nil for everything else.
  static func kind(_ bytes: UnsafeRawBufferPointer) -> DocumentKind? {
    let head = String(decoding: bytes.prefix(16), as: UTF8.self)
    if head.hasPrefix("#Version:") || head.hasPrefix("#Fields:") { return .spotDataFeed }
    if head.hasPrefix("PAR1") { return .billing }
    return BillHead(bytes).isBill ? .billing : nil
  }
}
