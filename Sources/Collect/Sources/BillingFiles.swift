/// Bills and the Spot data feed, which are not answers of an API: recognised, and left to their own importer.
enum BillingFile {
  /// The kind of file, by its first line; nil for everything else.
  static func kind(_ bytes: UnsafeRawBufferPointer) -> DocumentKind? {
    let head = String(decoding: bytes.prefix(4096), as: UTF8.self)
    if head.hasPrefix("#Version:") || head.hasPrefix("#Fields:") { return .spotDataFeed }
    if head.hasPrefix("PAR1") { return .billing }
    let header = head.prefix { $0 != "\n" && $0 != "\r\n" }
    if header.hasPrefix("{") || header.hasPrefix("[") { return nil }
    let columns = [
      "identity_line_item_id", "identity/LineItemId", "lineItem/UsageAccountId", "BilledCost", "line_item_",
    ]
    return columns.contains(where: header.contains) ? .billing : nil
  }
}
