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
