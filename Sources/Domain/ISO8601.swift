import Base

/// Times as AWS writes them.
extension Instant {
  /// Reads times such as `2026-10-19T00:19:59Z` (see `ISO8601.milliseconds`); nil for anything else.
  package init?(_ text: some StringProtocol) { self.init(iso8601: Array(text.utf8)[...]) }

  /// The same from UTF-8 bytes.
  package init?(iso8601 bytes: ArraySlice<UInt8>) {
    guard let milliseconds = ISO8601.milliseconds(bytes) else { return nil }
    self.init(milliseconds: milliseconds)
  }
}

extension Instant: CustomStringConvertible {
  /// `2026-10-19T00:19:59Z`, with milliseconds if they are not zero.
  package var description: String { ISO8601.text(milliseconds) }
}
