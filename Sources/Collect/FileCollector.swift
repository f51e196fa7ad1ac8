import Domain
import Store

/// Reads one file, a page at a time, each in a transaction of its own.
struct FileCollector {
  let file: InputFile
  let asOf: Instant?
  let limits: CollectionLimits

  private static let source = "file"
  static let pageBytes = 16 << 20

  func collect(into ingestor: inout Ingestor) throws {
    if let known = try position(ingestor), known.hash == (try contentHash()) {
      return ingestor.countUnchanged(known.newest)
    }
    let input = try ByteInput(path: file.path)
    let window = Window(input, size: Self.pageBytes, limit: limits.documentBytes)
    var newest: [AccountRegion: Instant] = [:]
    var isFirst = true
    while true {
      var page = Page()
      page.observedAt = asOf?.milliseconds ?? 0
      let bytes = window.fill()
      let isForeign = isFirst && addForeign(bytes, to: &page)
      let isEnd = window.isEnd || isForeign
      if !isForeign { ingestor.read(bytes, offset: window.offset, into: &page) }
      if isFirst && isEnd && bytes.isEmpty && input.fault == nil {
        page.findings.add(.unreadable, "", "is empty")
      }
      if isEnd, let fault = input.fault {
        page.findings.offset = window.offset + bytes.count
        page.findings.add(.unreadable, "", fault)
      }
      page.flushNewest()
      newest.merge(page.newestByPlace, uniquingKeysWith: max)
      try ingestor.write(&page, subject: file.path, isFirst: isFirst) { connection in
        if isEnd { try connection.write(checkpoint(hash: input.contentHash, newest: newest)) }
      }
      if isEnd { break }
      window.drop(bytes.count)
      isFirst = false
    }
    ingestor.countFile(bytes: input.packedBytes)
  }

  /// Files that hold no JSON: traces of workflows; and those that another part of batchcost imports, bills and the Spot
  /// data feed.
  private func addForeign(_ bytes: UnsafeRawBufferPointer, to page: inout Page) -> Bool {
    if NextflowTrace.add(bytes, to: &page) { return true }
    guard let kind = BillingFile.kind(bytes) else { return false }
    page.count(kind)
    return true
  }

  // MARK: Checkpoints

  /// Where the file was read to: the hash of its bytes, and the newest times in it.
  private struct Position {
    var hash: UInt64
    var newest: [AccountRegion: Instant]

    /// Changes when a newer batchcost reads more out of the same bytes.
    static let version = "1"

    var text: String {
      let times = newest.sorted { $0.key < $1.key }.map { "\($0.key.text)=\($0.value.milliseconds)" }
      return ([Self.version, String(hash, radix: 16)] + times).joined(separator: " ")
    }

    init(hash: UInt64, newest: [AccountRegion: Instant]) {
      self.hash = hash
      self.newest = newest
    }

    init?(_ text: String) {
      let parts = text.split(separator: " ").map(String.init)
      guard parts.count >= 2, parts[0] == Self.version, let hash = UInt64(parts[1], radix: 16) else { return nil }
      self.init(hash: hash, newest: [:])
      for part in parts.dropFirst(2) {
        guard let equals = part.lastIndex(of: "="), let time = Int64(part[part.index(after: equals)...]) else {
          return nil
        }
        newest[AccountRegion(String(part[..<equals]))] = Instant(milliseconds: time)
      }
    }
  }

  private func position(_ ingestor: Ingestor) throws -> Position? {
    if file.path == "-" { return nil }
    return try ingestor.checkpoint(source: Self.source, scope: file.path).flatMap { Position($0) }
  }

  private func contentHash() throws -> UInt64 { try ByteInput.contentHash(path: file.path) }

  private func checkpoint(hash: UInt64, newest: [AccountRegion: Instant]) -> Checkpoint {
    Checkpoint(
      source: Self.source, scope: file.path, position: Position(hash: hash, newest: newest).text,
      at: newest.values.max() ?? Instant(milliseconds: 0))
  }
}

extension ByteInput {
  /// The hash of a file's bytes as they are stored.
  static func contentHash(path: String) throws(CollectionError) -> UInt64 {
    let input = try ByteInput(path: path)
    input.readPacked()
    return input.contentHash
  }
}
