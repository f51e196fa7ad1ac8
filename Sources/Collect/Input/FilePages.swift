import Domain

/// The result of reading a part of a file.
struct FilePage: Sendable {
  enum Content: Sendable {
    /// The file has not changed since it was last read.
    case unchanged(newest: [AccountRegion: Instant])
    case failed(CollectionError)
    /// Rows; the file's last rows come with its checkpoint and its size.
    case rows(Page, isFirst: Bool, end: (checkpoint: Checkpoint, bytes: Int64)?)
  }

  let path: String
  let content: Content

  var isFirst: Bool { if case .rows(_, let isFirst, _) = content { isFirst } else { true } }
  var failure: CollectionError? { if case .failed(let error) = content { error } else { nil } }
}

/// Reads files in sequence, each in pieces of bounded size.
struct FilePages {
  private let files: [String]
  private let asOf: Instant?
  private let limits: CollectionLimits
  private let known: [String: FilePosition]
  private let pageBytes: Int
  private let reader: DocumentReader

  private var nextFile = 0
  private var open: OpenFile?

  /// A file that is partly read.
  private struct OpenFile {
    let path: String
    let input: ByteInput
    let window: Window
    /// If it is a price list in bulk.
    var offer: OfferFile?
    var newest: [AccountRegion: Instant] = [:]
    var isFirst = true
    var findings = 0
    var tally = Tally()
    var pagedLists = PagedLists()
    var places: Set<String> = []
  }

  /// - Parameters:
  ///   - known: what was read before, by path.
  ///   - pageBytes: how much is read at a time.
  init(
    files: [String], known: [String: FilePosition], asOf: Instant?, limits: CollectionLimits, pageBytes: Int = 16 << 20
  ) throws {
    self.files = files
    self.asOf = asOf
    self.limits = limits
    self.known = known
    self.pageBytes = pageBytes
    reader = try DocumentReader(limits)
  }

  /// The next page, nil at the end.
  ///
  /// - Parameter memory: a page that has been written, whose memory is reused.
  mutating func next(reusing memory: Page?) throws -> FilePage? {
    if let open { return readOn(open, reusing: memory) }
    guard nextFile < files.count else { return nil }
    let path = files[nextFile]
    nextFile += 1
    do {
      if path != "-", let known = known[path], known.hash == (try ByteInput.contentHash(path: path)) {
        return FilePage(path: path, content: .unchanged(newest: known.newest))
      }
      let input = try ByteInput(path: path)
      let window = Window(input, size: pageBytes, limit: limits.documentBytes)
      return readOn(OpenFile(path: path, input: input, window: window), reusing: memory)
    } catch {
      return FilePage(path: path, content: .failed(error))
    }
  }

  private mutating func readOn(_ file: OpenFile, reusing memory: Page?) -> FilePage {
    var file = file
    var page = memory ?? Page()
    page.removeAll()
    page.findings.room = Findings.limit - file.findings
    page.findings.resume(file.tally)
    page.pagedLists = file.pagedLists
    page.observedAt = asOf?.milliseconds ?? 0
    if file.isFirst { file.offer = OfferFile(file.window.peek()) }
    let bytes: UnsafeRawBufferPointer
    var isEnd: Bool
    if file.offer != nil {
      bytes = readOffer(&file, into: &page)
      isEnd = bytes.isEmpty || file.window.isEnd
    } else {
      bytes = file.window.fill()
      let isForeign = file.isFirst && addForeign(bytes, path: file.path, to: &page)
      isEnd = file.window.isEnd || isForeign
      if !isForeign { reader.read(bytes, offset: file.window.offset, into: &page) }
    }
    // S3 notifications refer to objects that cannot be read from here.
    page.reportObjects()
    if isEnd {
      addFaults(file, bytes.count, &page)
      page.findings.flushTally()
    }
    page.flushNewest()
    file.newest.merge(page.newestByPlace, uniquingKeysWith: max)
    file.pagedLists = page.pagedLists
    if !file.pagedLists.tokens.isEmpty { file.places.formUnion(page.places) }
    let isFirst = file.isFirst
    guard isEnd else {
      file.window.drop(bytes.count)
      file.isFirst = false
      file.findings += page.findings.list.count
      file.tally = page.findings.tally
      open = file
      return FilePage(path: file.path, content: .rows(page, isFirst: isFirst, end: nil))
    }
    open = nil
    let position = FilePosition(
      hash: file.input.contentHash, newest: file.newest, lists: file.pagedLists, places: file.places)
    return FilePage(
      path: file.path,
      content: .rows(
        page, isFirst: isFirst, end: (checkpoint: position.checkpoint(of: file.path), bytes: file.input.packedBytes)))
  }

  /// - Returns: the bytes that were read; none if a part of the list is larger than a document may be.
  private func readOffer(_ file: inout OpenFile, into page: inout Page) -> UnsafeRawBufferPointer {
    var room = 0
    while true {
      let bytes = file.window.fillRaw()
      let count = file.offer?.read(bytes, offset: file.window.offset, isEnd: file.window.isEnd, into: &page) ?? 0
      // Nothing is complete: there is more to read while the window grows.
      if count > 0 || file.window.isEnd { return UnsafeRawBufferPointer(rebasing: bytes[..<count]) }
      if bytes.count == room {
        page.findings.add(.unreadable, "", JSONFault.tooLarge.message)
        return UnsafeRawBufferPointer(rebasing: bytes[..<0])
      }
      room = bytes.count
    }
  }

  /// Files that are not JSON: workflow traces, GPU samples; and those that another part of batchcost imports, such as
  /// bills and the Spot data feed. Add new kinds of such files here.
  private func addForeign(_ bytes: UnsafeRawBufferPointer, path: String, to page: inout Page) -> Bool {
    if NextflowTrace.add(bytes, to: &page) { return true }
    if NvidiaSMI.add(bytes, path: path, to: &page) || DCGM.add(bytes, path: path, to: &page) { return true }
    if let json = QueryTable.json(bytes) {
      read(json, into: &page)
      return true
    }
    if YAMLAnswer.isLikely(bytes.prefix(YAMLAnswer.head)) {
      do throws(YAMLFault) {
        read(try YAMLAnswer.json(bytes), into: &page)
      } catch {
        page.findings.add(.unreadable, "", "is YAML that cannot be read (\(error)): save it again with --output json")
        page.lose()
      }
      return true
    }
    if let option = PrintedAnswer.option(bytes) {
      page.findings.add(.unreadable, "", PrintedAnswer.message(option))
      page.lose()
      return true
    }
    guard let kind = BillingFile.kind(bytes) else { return false }
    page.count(kind)
    page.leaveUnused(nil)
    return true
  }

  /// - Parameter json: with room for the parser.
  private func read(_ json: [UInt8], into page: inout Page) {
    json.withUnsafeBytes { json in
      reader.read(UnsafeRawBufferPointer(rebasing: json.dropLast(JSONParser.padding)), offset: 0, into: &page)
    }
  }

  private func addFaults(_ file: OpenFile, _ count: Int, _ page: inout Page) {
    if file.isFirst && count == 0 && file.input.fault == nil { page.findings.add(.unreadable, "", "is empty") }
    if file.input.isDamaged {
      page.findings.add(.unreadable, "", "has unpaired UTF-16 surrogates; they were replaced by U+FFFD")
    }
    if let fault = file.input.fault {
      page.findings.move(to: file.window.offset + count)
      page.findings.add(.unreadable, "", fault)
    }
  }
}

extension ByteInput {
  /// The hash of a file's bytes as stored.
  static func contentHash(path: String) throws(CollectionError) -> UInt64 {
    let input = try ByteInput(path: path)
    input.readPacked()
    return input.contentHash
  }
}
