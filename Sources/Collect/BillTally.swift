/// How many rows could be read, of those in which Batch's cost can be. A bill of which too many cannot is refused: it
/// would take the place of a good one, and what it lacks would look as if it had cost nothing (method page, §8.12).
struct BillTally {
  private(set) var read = 0
  private(set) var unread = 0
  private var first: String?
  /// One row in so many may be unreadable.
  private let tolerated: Int

  /// Of a bill, one row in ten.
  static let bill = BillTally(tolerated: 10)
  /// Of the Spot data feed, which no charge is taken from, half.
  static let feed = BillTally(tolerated: 2)

  private init(tolerated: Int) { self.tolerated = tolerated }

  mutating func add(read count: Int) { read += count }

  mutating func add(unread message: String, row: Int) {
    unread += 1
    if first == nil { first = "row \(row) \(message)" }
  }

  /// Why what was read must not be used; nil where it may.
  var refusal: String? {
    guard let first, unread * tolerated > read + unread else { return nil }
    return "\(unread) of \(read + unread) rows cannot be read; \(first). Nothing of this import was kept"
  }
}
