#if canImport(Glibc)
  import Glibc
#endif

/// Finds the documents in bytes: a single one, one per line, or one after another.
///
/// A document is expected to end before a line that opens the next one. If the bytes up to there are not a document,
/// the reader looks closer, and keeps everything that can be read.
struct DocumentReader {
  private let parser: JSONParser
  private let nested: NestedDocuments

  /// - Parameter level: the number of envelopes around the input, plus 1.
  /// - Throws: if there is no memory for the parser.
  init(_ limits: CollectionLimits, level: Int = 1) throws(CollectionError) {
    do {
      parser = try JSONParser(maximumBytes: limits.documentBytes, maximumDepth: limits.depth)
      nested = try NestedDocuments(limits, level: level)
    } catch {
      throw CollectionError(path: "", reason: "the JSON parser \(error.message)")
    }
  }

  /// Adds all documents in `bytes` to the page. After the bytes there must be room for the parser.
  ///
  /// - Parameter offset: the position of the first byte in the input, for findings.
  func read(_ bytes: UnsafeRawBufferPointer, offset: Int, into page: inout Page) {
    var position = skipSpace(bytes, 0)
    // The number of bytes to scan beyond the end of broken documents, so that damage costs time in proportion.
    var lookAhead = 4 * bytes.count
    while position < bytes.count {
      let end = segmentEnd(bytes, position)
      page.findings.move(to: offset + position)
      do {
        page.add(try parser.parse(UnsafeRawBufferPointer(rebasing: bytes[position..<end])), nested: nested)
        position = end
      } catch {
        position = salvage(
          bytes, position..<end, offset: offset, fault: error, lookAhead: &lookAhead, into: &page)
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
      if opensDocument(bytes, index + 1) { return index }
      from = index + 1
    }
    return bytes.count
  }

  /// Spaces, byte order marks, the separators of JSON text sequences, and the time before a line of an exported log.
  private func skipSpace(_ bytes: UnsafeRawBufferPointer, _ position: Int) -> Int {
    var position = position
    while position < bytes.count {
      switch bytes[position] {
      case 0x20, 0x09, 0x0a, 0x0d, 0x1e, 0xef, 0xbb, 0xbf: position += 1
      default:
        guard let end = endOfLogTime(bytes, position) else { return position }
        position = end
      }
    }
    return position
  }

  // MARK: Damaged documents

  /// Keeps what can be kept of bytes that are not a single document; returns where to continue.
  private func salvage(
    _ bytes: UnsafeRawBufferPointer, _ range: Range<Int>, offset: Int, fault: JSONFault, lookAhead: inout Int,
    into page: inout Page
  ) -> Int {
    // Several documents on one line, or one whose lines all start at the margin.
    let limit = min(bytes.count, range.upperBound + max(lookAhead, 0))
    let balanced = JSONScanner(bytes).end(ofValueAt: range.lowerBound, limit: limit)
    lookAhead -= (balanced ?? limit) - range.lowerBound
    if let end = balanced, end != range.upperBound, fault == .syntax {
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
    page.findings.move(to: offset + range.lowerBound)
    if addRepaired(bytes, range, offset: offset, into: &page) { return }
    let mark = page.mark
    let scanner = JSONScanner(bytes)
    guard let lists = scanner.lists(inObjectAt: range), !lists.isEmpty else {
      page.lose()
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
        page.findings.move(to: offset + broken)
        page.findings.add(.unreadable, "", "is truncated; what comes before is kept")
        page.lose()
      }
      page.findings.listName = ""
    }
    // It is broken outside its lists.
    if !page.hasFindings(since: mark) {
      page.findings.add(.unreadable, "", "\(fault.message); its complete lists are kept")
      page.lose()
    }
  }

  private func addElement(
    _ bytes: UnsafeRawBufferPointer, _ range: Range<Int>, of list: KnownList, offset: Int, into page: inout Page
  ) {
    page.findings.move(to: offset + range.lowerBound)
    do {
      page.add(try parser.parse(UnsafeRawBufferPointer(rebasing: bytes[range])), of: list, nested: nested)
    } catch {
      let repair = Repair(bytes, range)
      if let value = repair.parse(parser) {
        repair.report(offset: offset, to: &page.findings)
        page.add(value, of: list, nested: nested)
      } else {
        page.findings.add(.unreadable, "", error.message)
        page.lose()
      }
    }
  }

  private func addRepaired(
    _ bytes: UnsafeRawBufferPointer, _ range: Range<Int>, offset: Int, into page: inout Page
  ) -> Bool {
    let repair = Repair(bytes, range)
    guard let value = repair.parse(parser) else { return false }
    repair.report(offset: offset, to: &page.findings)
    page.findings.move(to: offset + range.lowerBound)
    page.add(value, nested: nested)
    return true
  }
}
