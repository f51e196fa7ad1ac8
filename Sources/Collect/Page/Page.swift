import Domain
import Store

#if canImport(Glibc)
  import Glibc
#endif

/// Rows read from one piece of input, independent of the input's memory: made on one thread, written on another.
///
/// A row is written between `begin` and `end`, each value by the name of its column and in the table's order; omitted
/// columns are null.
struct Page: Sendable {
  struct Row {
    let table: Table
    let start: Int32
  }

  private(set) var rows: [Row] = []
  private(set) var fields: [Field] = []
  /// The bytes of all text fields.
  private(set) var arena: [UInt8] = []
  private(set) var references = References()
  /// The newest time in the documents of each account and region, by reference.
  private(set) var newest: [Int: Int64] = [:]
  var findings = Findings()
  /// How many documents of each kind were read.
  var documents: [DocumentKind: Int] = [:]
  /// How many answers had a known list without elements: AWS was asked, and has none.
  var emptyAnswers = 0
  /// What happened to the input.
  var outcome = Outcome()
  /// The part of a document that is being read, such as `us-west-2` of answers by region; empty for a whole one.
  var part = ""
  /// The paged lists in the input so far.
  var pagedLists = PagedLists()
  /// What the caller knows about the page's time: the start of the window that a log query covers, in milliseconds.
  var windowStart: Int64?
  /// A digest of all rows in the query answer that is being read, independent of their order.
  var resultsDigest: UInt64 = 0

  /// Tags as documents write them, and the set for each: writing it again for every job would cost more than the rest
  /// of the job.
  var rawTags = References()
  var tagSets: [Int?] = []
  /// References of job definitions of which a job has told what they name.
  var toldDefinitions: Set<Int> = []
  var scratch: [UInt8] = []

  private var digest: UInt64 = 0
  /// Where the fields of the current row begin.
  private var rowStart = 0
  private var newestReference = -1
  private var newestTime: Int64 = .min

  /// `region:account` for documents that do not give them.
  var fallbackPlace = ":"
  /// When AWS was asked, if known: it decides which is newer for things without a time of their own.
  var observedAt: Int64 = 0

  var isEmpty: Bool { rows.isEmpty && findings.isEmpty && documents.isEmpty && emptyAnswers == 0 }

  /// Empties the page for the next piece of input, but keeps its memory.
  mutating func removeAll() {
    rows.removeAll(keepingCapacity: true)
    fields.removeAll(keepingCapacity: true)
    arena.removeAll(keepingCapacity: true)
    references.removeAll()
    rawTags.removeAll()
    tagSets.removeAll(keepingCapacity: true)
    toldDefinitions.removeAll(keepingCapacity: true)
    newest = [:]
    newestReference = -1
    newestTime = .min
    findings = Findings()
    documents = [:]
    emptyAnswers = 0
    outcome = Outcome()
    pagedLists = PagedLists()
  }

  // MARK: Rows

  @inline(__always) mutating func begin(_ table: Table) {
    beginRow(table)
    digest = UInt64(table.rawValue)
  }

  @inline(__always) private mutating func beginRow(_ table: Table) {
    rowStart = fields.count
    rows.append(Row(table: table, start: Int32(truncatingIfNeeded: rowStart)))
  }

  /// Sets omitted columns before this one to null.
  @inline(__always) private mutating func reach<Column: TableColumns>(_ column: Column) {
    let place = rowStart + Int(column.rawValue)
    if fields.count != place { leaveOut(until: place) }
  }

  @inline(never) private mutating func leaveOut(until place: Int) {
    while fields.count < place { putNull() }
    precondition(fields.count == place, "a column is put after a later one")
  }

  /// Ends a row of a table in which the later document wins.
  ///
  /// - Parameters:
  ///   - column: the second to last; the last is the row's digest.
  ///   - progress: how far the thing has progressed, from the document itself; larger is later.
  mutating func end<Column: TableColumns>(_ column: Column, _ progress: Int64) {
    seal(endOpen(column, progress))
  }

  /// Ends a row whose digest covers following rows; `seal` sets it at the returned position.
  mutating func endOpen<Column: TableColumns>(_ column: Column, _ progress: Int64) -> Int {
    reach(column)
    fields.append(.integer(progress))
    fields.append(.integer(0))
    return fields.count - 1
  }

  mutating func seal(_ place: Int) { fields[place] = .integer(positive(digest)) }

  /// Begins a row that belongs to the previous one and is covered by its digest.
  @inline(__always) mutating func beginPart(_ table: Table) {
    beginRow(table)
    combine(UInt64(table.rawValue))
  }

  private func positive(_ digest: UInt64) -> Int64 { Int64(bitPattern: digest >> 1) }

  // MARK: Fields

  @inline(__always) private mutating func putNull() {
    fields.append(.null)
    combine(0x9e37_79b9_7f4a_7c15)
  }

  @inline(__always) mutating func put<Column: TableColumns>(_ column: Column, _ value: Int64?) {
    reach(column)
    guard let value else { return putNull() }
    fields.append(.integer(value))
    combine(UInt64(bitPattern: value))
  }

  mutating func put<Column: TableColumns>(_ column: Column, _ flag: Bool) { put(column, flag ? 1 : 0) }

  @inline(__always) mutating func put<Column: TableColumns>(_ column: Column, _ text: JSONText?) {
    reach(column)
    guard let text else { return putNull() }
    let offset = arena.count
    arena.append(contentsOf: text.buffer)
    if memchr(text.start, 0, text.count) != nil { replaceZeros(from: offset) }
    fields.append(Field(word: Int64(offset), length: Int32(truncatingIfNeeded: text.count), kind: .text))
    combine(text.hash(seed: 1))
  }

  mutating func put<Column: TableColumns>(_ column: Column, _ string: String?) {
    guard var string else { return put(column, nil as JSONText?) }
    string.withUTF8 { put(column, JSONText(bytes: $0)) }
  }

  /// Adds a reference, by its index in the page.
  @inline(__always) mutating func put<Column: TableColumns>(_ column: Column, reference: Int?) {
    reach(column)
    guard let reference else { return putNull() }
    fields.append(Field(word: Int64(reference), length: 0, kind: .reference))
    combine(references.list[reference].hash)
  }

  @inline(__always) private mutating func combine(_ value: UInt64) {
    let product = (digest ^ 0xa076_1d64_78bd_642f).multipliedFullWidth(by: value ^ 0xe703_7ed1_a0b4_28db)
    digest = product.high ^ product.low ^ (value &* 3)
  }

  /// SQLite's text functions stop at a zero byte; replacing it preserves the length of the name.
  private mutating func replaceZeros(from offset: Int) {
    for index in offset..<arena.count where arena[index] == 0 { arena[index] = UInt8(ascii: " ") }
  }

  // MARK: References

  @inline(__always) mutating func reference(_ kind: Reference.Kind, _ text: JSONText) -> Int {
    references.index(kind, text)
  }

  mutating func reference(_ kind: Reference.Kind, _ string: String) -> Int {
    var string = string
    return string.withUTF8 { references.index(kind, JSONText(bytes: $0)) }
  }

  // MARK: Times

  /// Notes a moment at which AWS was active in an account and region.
  @inline(__always) mutating func note(_ milliseconds: Int64?, in accountRegion: Int) {
    guard let milliseconds else { return }
    if accountRegion != newestReference {
      flushNewest()
      newestReference = accountRegion
      newestTime = newest[accountRegion] ?? .min
    }
    if milliseconds > newestTime { newestTime = milliseconds }
  }

  /// Notes the newest time of a thing that began at `start`: a time years later is a wrong clock, and must not
  /// determine until when the account is charged.
  mutating func note(_ milliseconds: Int64?, since start: Int64?, in accountRegion: Int) {
    guard let milliseconds else { return }
    let limit = (start ?? milliseconds) + 400 * millisecondsPerDay
    note(milliseconds > limit ? start : milliseconds, in: accountRegion)
  }

  /// Call before reading `newest`.
  mutating func flushNewest() {
    guard newestReference >= 0, newestTime > .min else { return }
    newest[newestReference] = newestTime
  }

  mutating func count(_ kind: DocumentKind) { documents[kind, default: 0] += 1 }
}

extension JSONText {
  /// Text from elsewhere, valid as long as the buffer.
  init(bytes: UnsafeBufferPointer<UInt8>) {
    self.init(start: bytes.baseAddress ?? Self.none, count: bytes.count)
  }

  private static var none: UnsafePointer<UInt8> { ("" as StaticString).utf8Start }
}
