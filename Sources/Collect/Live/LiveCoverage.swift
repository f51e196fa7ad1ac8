import Domain

/// The time of which a source has told: one span, which grows at both ends.
///
/// It grows to the front where an older job becomes known: the first run may have failed to list the jobs, and must not
/// stand in the way of the second.
struct LiveCoverage: Equatable, Sendable {
  private(set) var span: Range<Int64>

  /// What a checkpoint says. One that does not say where it began began early enough.
  /// - Parameter first: where to begin if there is none.
  init(_ checkpoint: Checkpoint?, from first: Int64) {
    let end = checkpoint?.at.milliseconds ?? first
    let start = checkpoint.map { Int64($0.position) ?? .min } ?? first
    span = min(start, end)..<end
  }

  /// The next part to ask for, next to what is covered; nil where all is.
  /// - Parameter most: its greatest length, in milliseconds.
  func next(from first: Int64, to end: Int64, most: Int64 = .max) -> Range<Int64>? {
    if first < span.lowerBound {
      let length = min(most, span.lowerBound - first)
      return span.lowerBound - length..<span.lowerBound
    }
    guard span.upperBound < end else { return nil }
    return span.upperBound..<span.upperBound + min(most, end - span.upperBound)
  }

  /// - Parameter part: what `next` said.
  mutating func add(_ part: Range<Int64>) {
    span = min(span.lowerBound, part.lowerBound)..<max(span.upperBound, part.upperBound)
  }

  func checkpoint(_ source: String, _ scope: String) -> Checkpoint {
    Checkpoint(
      source: source, scope: scope, position: span.lowerBound == .min ? "" : String(span.lowerBound),
      at: Instant(milliseconds: span.upperBound))
  }
}
