import AWS

/// The result for one target.
package struct LiveOutcome: Sendable {
  /// A source that was skipped because the credentials do not allow it.
  package struct Denied: Sendable {
    package let source: String
    package let action: String
    package let absence: String
  }

  package let target: String
  /// Nil if not even the account could be determined.
  package internal(set) var place: AccountRegion?
  package internal(set) var denied: [Denied] = []
  package internal(set) var failures: [AWSError] = []
  package internal(set) var unreadable: [CollectionError] = []

  /// What is lost for good: times that no collection covers, unreadable events.
  package internal(set) var losses: [String] = []

  /// What log queries scanned.
  package internal(set) var scanned = LogScan()

  package var isComplete: Bool { failures.isEmpty && unreadable.isEmpty }
}
