import Domain

/// The time covered by a source: one span, which grows at both ends.
///
/// It grows backwards when an older job becomes known: the first run may have failed to list the jobs, and must not
/// block the second.
struct LiveCoverage: Equatable, Sendable {
  private(set) var span: Range<Int64>

  /// From a checkpoint. One without a start is taken to have begun early enough.
  /// - Parameter first: where to begin if there is none.
  init(_ checkpoint: Checkpoint?, from first: Int64) {
    let end = checkpoint?.at.milliseconds ?? first
    let start = checkpoint.map { Int64($0.position) ?? .min } ?? first
    span = min(start, end)..<end
  }

  /// The next part to ask for, adjacent to what is covered; nil if everything is covered.
  /// - Parameter most: its maximum length, in milliseconds.
  func next(from first: Int64, to end: Int64, most: Int64 = .max) -> Range<Int64>? {
    if first < span.lowerBound {
      let length = min(most, span.lowerBound - first)
      return span.lowerBound - length..<span.lowerBound
    }
    guard span.upperBound < end else { return nil }
    return span.upperBound..<span.upperBound + min(most, end - span.upperBound)
  }

  /// - Parameter part: the result of `next`.
  mutating func add(_ part: Range<Int64>) {
    span = min(span.lowerBound, part.lowerBound)..<max(span.upperBound, part.upperBound)
  }

  func checkpoint(_ source: String, _ scope: String) -> Checkpoint {
    Checkpoint(
      source: source, scope: scope, position: span.lowerBound == .min ? "" : String(span.lowerBound),
      at: Instant(milliseconds: span.upperBound))
  }
}
