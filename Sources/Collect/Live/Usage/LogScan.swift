import Domain

/// What log queries scanned: AWS charges for it.
package struct LogScan: Equatable, Sendable {
  /// Those that were started.
  package private(set) var queries: Int
  /// Scanned, as CloudWatch Logs counts them.
  package private(set) var bytes: Int64

  package init(queries: Int = 0, bytes: Int64 = 0) { (self.queries, self.bytes) = (queries, bytes) }

  package static func + (a: LogScan, b: LogScan) -> LogScan {
    LogScan(queries: a.queries + b.queries, bytes: a.bytes + b.bytes)
  }

  /// At us-east-1's $0.005 per GB of 10⁹ bytes; other regions have other prices. Source: method page, §7.
  package var cost: Money { Money(nanodollars: bytes / 200) }
}
