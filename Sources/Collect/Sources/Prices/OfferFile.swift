/// A price list in bulk, as AWS publishes it for each service and region: `…/AmazonEC2/current/us-east-1/index.json`, or
/// `index.csv`.
///
/// Such a file may be larger than half a gigabyte, so it is read in pieces. Each of its prices is turned into the document
/// that GetProducts answers with.
struct OfferFile {
  private enum Form {
    case json(OfferJSON)
    case csv(OfferCSV)
  }

  private var form: Form
  private let documents: OfferDocuments
  private var isKept = false

  /// Nil if the file begins otherwise.
  init?(_ head: UnsafeRawBufferPointer) {
    let text = String(decoding: head.prefix(1 << 12), as: UTF8.self)
    let names = text.prefix { $0 != "\n" && $0 != "\r\n" }
    if text.first(where: { !$0.isWhitespace }) == "{", text.contains("\"offerCode\""), text.contains("\"products\"") {
      form = .json(OfferJSON())
    } else if names.contains("FormatVersion") || names.contains("OfferTermCode"), names.contains(","),
      !names.contains("{")
    {
      form = .csv(OfferCSV())
    } else {
      return nil
    }
    guard let documents = try? OfferDocuments() else { return nil }
    self.documents = documents
  }

  /// Reads what is complete.
  ///
  /// - Parameters:
  ///   - offset: the position of the first byte in the file.
  ///   - isEnd: whether no bytes follow.
  /// - Returns: how many bytes were read.
  mutating func read(_ bytes: UnsafeRawBufferPointer, offset: Int, isEnd: Bool, into page: inout Page) -> Int {
    let mark = page.mark
    page.findings.move(to: offset)
    var count: Int
    switch form {
    case .json(var json):
      count = json.read(bytes, documents, into: &page)
      form = .json(json)
      if isEnd, !json.isComplete {
        page.findings.move(to: offset + count)
        page.findings.add(.unreadable, "", "is truncated, or is no price list; what comes before is kept")
      }
    case .csv(var csv):
      count = csv.read(bytes, isEnd: isEnd, documents, into: &page)
      form = .csv(csv)
    }
    if isEnd { count = bytes.count }
    isKept = isKept || page.hasRows(since: mark)
    if isEnd, !isKept { page.leaveUnused("price lists without a price that a Batch job is billed at are not used") }
    return count
  }
}

/// Makes documents of the parts of a price list, and reads them.
final class OfferDocuments {
  private let parser: JSONParser
  private var text: [UInt8] = []

  init() throws { parser = try JSONParser(maximumBytes: 1 << 26, maximumDepth: 64) }

  /// Whether Batch jobs are billed for a product.
  func isWanted(_ product: UnsafeRawBufferPointer) -> Bool {
    (try? parser.parse(product))?.isPricedProduct ?? false
  }

  /// Adds the prices of a product.
  ///
  /// - Parameters:
  ///   - product: the JSON of its attributes and family.
  ///   - terms: the JSON of its On-Demand terms.
  func add(_ product: some Sequence<UInt8>, _ terms: some Sequence<UInt8>, to page: inout Page) {
    text.removeAll(keepingCapacity: true)
    text += "{\"product\":".utf8
    text += product
    text += ",\"terms\":{\"OnDemand\":".utf8
    text += terms
    text += "}}".utf8
    let count = text.count
    text += repeatElement(0, count: JSONParser.padding)
    text.withUnsafeBytes { bytes in
      do throws(JSONFault) {
        page.addProduct(try parser.parse(UnsafeRawBufferPointer(rebasing: bytes[..<count])))
      } catch {
        page.findings.add(.unreadable, counting: "prices that cannot be read: one \(error.message)")
      }
    }
  }
}
