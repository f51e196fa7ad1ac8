import AWS

/// What came of one target.
package struct LiveOutcome: Sendable {
  /// A source that was passed over, as the credentials may not ask for it.
  package struct Denied: Sendable {
    package let source: String
    package let action: String
    package let absence: String
  }

  package let target: String
  /// Nil where not even the account could be found out.
  package internal(set) var place: AccountRegion?
  package internal(set) var denied: [Denied] = []
  package internal(set) var failures: [AWSError] = []
  package internal(set) var unreadable: [CollectionError] = []

  /// What is lost for good: times that no collection covers, events that cannot be read.
  package internal(set) var losses: [String] = []

  /// What queries of logs read.
  package internal(set) var scanned = LogScan()

  package var isComplete: Bool { failures.isEmpty && unreadable.isEmpty }
}
