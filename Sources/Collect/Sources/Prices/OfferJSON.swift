/// The JSON of a price list: an object of products by SKU, then one of terms by SKU, in which On-Demand terms come first.
struct OfferJSON {
  /// The object that is being read.
  private enum Level {
    case file, products, terms, onDemand, skipped

    /// What a member of it is; nil for a value that is read as a whole.
    func inside(_ key: String) -> Level? {
      switch (self, key) {
      case (.file, "products"): .products
      case (.file, "terms"): .terms
      case (.terms, "OnDemand"): .onDemand
      case (.terms, _): .skipped
      default: nil
      }
    }
  }

  private var levels: [Level] = []
  private var products: [String: [UInt8]] = [:]
  private(set) var isComplete = false
  /// It goes on with something else than a member: nothing after that is read.
  private var isBroken = false

  /// - Returns: how many bytes were read: up to the first member that is not complete.
  mutating func read(_ bytes: UnsafeRawBufferPointer, _ documents: OfferDocuments, into page: inout Page) -> Int {
    let scanner = JSONScanner(bytes)
    var index = 0
    while index < bytes.count, !isComplete, !isBroken {
      switch bytes[index] {
      case 0x20, 0x09, 0x0a, 0x0d, UInt8(ascii: ","): index += 1
      case UInt8(ascii: "{") where levels.isEmpty:
        levels = [.file]
        index += 1
      case UInt8(ascii: "}") where !levels.isEmpty:
        levels.removeLast()
        isComplete = levels.isEmpty
        index += 1
      case UInt8(ascii: "\"") where !levels.isEmpty:
        guard let level = levels.last, let member = scanner.member(at: index) else { return index }
        let key = String(decoding: bytes[member.key], as: UTF8.self)
        if bytes[member.value] == UInt8(ascii: "{"), let inside = level.inside(key) {
          levels.append(inside)
          index = member.value + 1
          continue
        }
        guard let end = scanner.end(ofAnyValueAt: member.value, limit: bytes.count) else { return index }
        add(key, UnsafeRawBufferPointer(rebasing: bytes[member.value..<end]), in: level, documents, to: &page)
        index = end
      default: isBroken = true
      }
    }
    return isComplete || isBroken ? bytes.count : index
  }

  private mutating func add(
    _ sku: String, _ value: UnsafeRawBufferPointer, in level: Level, _ documents: OfferDocuments, to page: inout Page
  ) {
    switch level {
    case .products: if documents.isWanted(value) { products[sku] = Array(value) }
    case .onDemand: if let product = products[sku] { documents.add(product, value, to: &page) }
    case .file, .terms, .skipped: break
    }
  }
}
