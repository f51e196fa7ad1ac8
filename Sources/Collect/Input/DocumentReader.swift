#if canImport(Glibc)
  import Glibc
#endif

/// Finds the documents in bytes, however they stand: one, one a line, or one after the other.
///
/// A document is expected to end before a line that opens the next one. Where the bytes up to there are none, the
/// reader looks closer, and keeps all that can be read.
struct DocumentReader {
  private let parser: JSONParser
  private let nested: NestedParser

  /// - Throws: where there is no memory for the parser.
  init(_ limits: CollectionLimits) throws(CollectionError) {
    do {
      parser = try JSONParser(maximumBytes: limits.documentBytes, maximumDepth: limits.depth)
      nested = try NestedParser(limits: limits)
    } catch {
      throw CollectionError(path: "", reason: "the JSON parser \(error.message)")
    }
  }

  /// Adds all documents in `bytes` to the page. Behind the bytes there is room for the parser.
  ///
  /// - Parameter offset: the position of the first byte in the input, for findings.
  func read(_ bytes: UnsafeRawBufferPointer, offset: Int, into page: inout Page) {
    var position = skipSpace(bytes, 0)
    while position < bytes.count {
      let end = segmentEnd(bytes, position)
      page.findings.offset = offset + position
      do {
        page.add(try parser.parse(UnsafeRawBufferPointer(rebasing: bytes[position..<end])), nested: nested)
        position = end
      } catch {
        position = salvage(bytes, position..<end, offset: offset, fault: error, into: &page)
      }
      position = skipSpace(bytes, position)
    }
  }

  /// The end of the line before the next one that opens a document.
  private func segmentEnd(_ bytes: UnsafeRawBufferPointer, _ position: Int) -> Int {
    guard let base = bytes.baseAddress else { return bytes.count }
    var from = position
    while from < bytes.count, let found = memchr(base + from, Int32(UInt8(ascii: "\n")), bytes.count - from) {
      let index = UnsafeRawPointer(found) - base
      if index + 1 < bytes.count, opensDocument(bytes[index + 1]) { return index }
      from = index + 1
    }
    return bytes.count
  }

  /// Spaces, the mark of byte order, and the separators of JSON text sequences.
  private func skipSpace(_ bytes: UnsafeRawBufferPointer, _ position: Int) -> Int {
    var position = position
    while position < bytes.count {
      switch bytes[position] {
      case 0x20, 0x09, 0x0a, 0x0d, 0x1e, 0xef, 0xbb, 0xbf: position += 1
      default: return position
      }
    }
    return position
  }

  // MARK: What is not whole

  /// Keeps what can be kept of bytes that are not one document; returns where to go on.
  private func salvage(
    _ bytes: UnsafeRawBufferPointer, _ range: Range<Int>, offset: Int, fault: JSONFault, into page: inout Page
  ) -> Int {
    let scanner = JSONScanner(bytes)
    // Several documents on one line, or one whose lines all start at the margin.
    if let end = scanner.end(ofValueAt: range.lowerBound), end != range.upperBound, fault == .syntax {
      let document = UnsafeRawBufferPointer(rebasing: bytes[range.lowerBound..<end])
      if let value = try? parser.parse(document) {
        page.add(value, nested: nested)
        return end
      }
      if end < range.upperBound {
        keepParts(bytes, range.lowerBound..<end, offset: offset, fault: fault, into: &page)
        return end
      }
    }
    keepParts(bytes, range, offset: offset, fault: fault, into: &page)
    return range.upperBound
  }

  /// Repairs a document, or reads the elements of its lists one by one.
  private func keepParts(
    _ bytes: UnsafeRawBufferPointer, _ range: Range<Int>, offset: Int, fault: JSONFault, into page: inout Page
  ) {
    page.findings.offset = offset + range.lowerBound
    if addRepaired(bytes, range, offset: offset, into: &page) { return }
    let scanner = JSONScanner(bytes)
    guard let lists = scanner.lists(inObjectAt: range), !lists.isEmpty else {
      return page.findings.add(.unreadable, "", "\(fault.message) (\(range.count) bytes)")
    }
    for list in lists {
      page.findings.listName = list.kind.name
      for (index, element) in list.elements.enumerated() {
        page.findings.element = index
        addElement(bytes, element, of: list.kind, offset: offset, into: &page)
      }
      if let broken = list.brokenAt {
        page.findings.element = list.elements.count
        page.findings.offset = offset + broken
        page.findings.add(.unreadable, "", "breaks off; what stands before it is kept")
      }
      page.findings.listName = ""
    }
  }

  private func addElement(
    _ bytes: UnsafeRawBufferPointer, _ range: Range<Int>, of list: KnownList, offset: Int, into page: inout Page
  ) {
    page.findings.offset = offset + range.lowerBound
    do {
      page.add(try parser.parse(UnsafeRawBufferPointer(rebasing: bytes[range])), of: list, nested: nested)
    } catch {
      let repair = Repair(bytes, range)
      if let value = repair.parse(parser) {
        repair.report(offset: offset, to: &page.findings)
        page.add(value, of: list, nested: nested)
      } else {
        page.findings.add(.unreadable, "", error.message)
      }
    }
  }

  private func addRepaired(
    _ bytes: UnsafeRawBufferPointer, _ range: Range<Int>, offset: Int, into page: inout Page
  ) -> Bool {
    let repair = Repair(bytes, range)
    guard let value = repair.parse(parser) else { return false }
    repair.report(offset: offset, to: &page.findings)
    page.findings.offset = offset + range.lowerBound
    page.add(value, nested: nested)
    return true
  }
}
