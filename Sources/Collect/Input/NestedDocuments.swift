/// Reads documents that are text or bytes inside other documents, with a parser and memory of its own: one level of
/// envelopes.
final class NestedDocuments {
  private let limits: CollectionLimits
  private let level: Int
  private let parser: JSONParser
  private var scratch: [UInt8] = []
  private var reader: DocumentReader?

  /// The most envelopes around a document: a Firehose object with SNS in SQS has four.
  static let most = 8

  init(_ limits: CollectionLimits, level: Int = 1) throws(JSONFault) {
    self.limits = limits
    self.level = level
    parser = try JSONParser(maximumBytes: limits.documentBytes, maximumDepth: limits.depth)
  }

  /// Parses text that is one document. The result is valid until the next call.
  func parse(_ text: JSONText) throws(JSONFault) -> JSONValue { try parser.parse(text, scratch: &scratch) }

  /// Adds all documents in a text to the page.
  ///
  /// - Parameter path: the position of the text in the document around it.
  func read(_ text: JSONText, at path: String, into page: inout Page) {
    read(Array(text.buffer), at: path, into: &page)
  }

  func read(_ bytes: [UInt8], at path: String, into page: inout Page) {
    guard level <= Self.most else {
      page.lose()
      return page.findings.add(.unreadable, path, "is inside more than \(Self.most) envelopes")
    }
    let outside = page.findings.enter(path)
    defer { page.findings.leave(to: outside) }
    do {
      let bytes = try PackedBytes.unpacked(bytes, named: path)
      let reader = try inner()
      let (mark, count) = (page.mark, bytes.count)
      (bytes + [UInt8](repeating: 0, count: JSONParser.padding)).withUnsafeBytes {
        reader.read(UnsafeRawBufferPointer(rebasing: $0[..<count]), offset: 0, into: &page)
      }
      page.settle(mark)
    } catch let error as CollectionError {
      page.lose()
      page.findings.add(.unreadable, "", error.reason)
    } catch {
      page.lose()
      page.findings.add(.unreadable, "", "\(error)")
    }
  }

  private func inner() throws(CollectionError) -> DocumentReader {
    if let reader { return reader }
    let made = try DocumentReader(limits, level: level + 1)
    reader = made
    return made
  }
}
