/// How many of the rows that may affect Batch's cost could be read. A bill with too many unreadable rows is refused: it
/// would replace a good one, and what is missing would look as if it had cost nothing (method page, §8.12).
struct BillTally {
  private(set) var read = 0
  private(set) var unread = 0
  private var first: String?
  /// One in this many rows may be unreadable.
  private let tolerated: Int

  /// For a bill: one row in ten.
  static let bill = BillTally(tolerated: 10)
  /// For the Spot data feed, which no charge is taken from: half.
  static let feed = BillTally(tolerated: 2)

  private init(tolerated: Int) { self.tolerated = tolerated }

  mutating func add(read count: Int) { read += count }

  mutating func add(unread message: String, row: Int) {
    unread += 1
    if first == nil { first = "row \(row) \(message)" }
  }

  /// Why the data must not be used; nil if it may be.
  var refusal: String? {
    guard let first, unread * tolerated > read + unread else { return nil }
    return "\(unread) of \(read + unread) rows cannot be read; \(first). Nothing of this import was kept"
  }
}
