import Dispatch

/// Resources on their way to the database, several hundred rows together.
struct ResourceBatch {
  struct Slot {
    var entry: ResourceEntry
    var days: Range<Int>
    var postings: Range<Int>
    var attempts: Range<Int>
  }

  private(set) var slots: [Slot] = []
  private(set) var days: [ResourceDay] = []
  private(set) var postings: [Posting] = []
  /// `attempt.id`, by the positions in postings, resource by resource.
  private(set) var attempts: [Int64] = []

  private static let size = 2048
  var isFull: Bool { postings.count >= Self.size }

  private var first = 0

  /// The postings since `begin`.
  var current: ArraySlice<Posting> { postings[first...] }

  /// Begins a resource; append its postings, then call `end`.
  mutating func begin() {
    if slots.isEmpty { postings.reserveCapacity(Self.size * 3 / 2) }
    first = postings.count
  }

  mutating func append(_ posting: Posting) { postings.append(posting) }

  mutating func end(_ entry: ResourceEntry, _ days: [ResourceDay], _ attempts: [AttemptFacts]) {
    let (day, attempt) = (self.days.count, self.attempts.count)
    self.days += days
    for facts in attempts { self.attempts.append(facts.id) }
    slots.append(
      Slot(
        entry: entry, days: day..<self.days.count, postings: first..<postings.count,
        attempts: attempt..<self.attempts.count))
  }
}

/// Writes resources on a second core while the next ones are computed.
///
/// The connection belongs to the ledger's transaction, and only one thread at a time may use it: this one from the
/// first `write` to the next `settle`.
final class BackgroundRows: @unchecked Sendable {
  private var rows: ResourceRows
  private var failure: (any Error)?
  private let queue = DispatchQueue(label: "ledger rows")
  /// The number of batches that may wait: more would only use memory.
  private let room = DispatchSemaphore(value: 4)

  init(_ rows: ResourceRows) { self.rows = rows }

  func write(_ batch: ResourceBatch) {
    room.wait()
    queue.async {
      defer { self.room.signal() }
      if self.failure != nil { return }
      do { try self.rows.write(batch) } catch { self.failure = error }
    }
  }

  /// Waits until everything is written.
  ///
  /// - Throws: the first error while writing.
  func settle() throws {
    try queue.sync {
      if let failure { throw failure }
      try rows.flush()
    }
  }

  /// Waits for writing to end, whether it succeeds or not.
  func abandon() { queue.sync {} }

  /// Removes the resources that were not written this time.
  ///
  /// - Returns: a summary of what was done.
  func finish() throws -> ResourceRows.Outcome {
    try settle()
    try rows.finish()
    return rows.outcome
  }
}
