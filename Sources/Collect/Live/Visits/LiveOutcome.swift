import AWS

/// The result for one target.
package struct LiveOutcome: Sendable {
  /// A source that was skipped because the credentials do not allow it.
  package struct Denied: Sendable {
    /// As `--source` names it.
    package let source: String
    /// The IAM action that a policy would have to allow.
    package let action: String
    /// What the numbers lack without it, as the end of a sentence.
    package let absence: String
  }

  /// `LiveTarget.name`
  package let target: String
  /// Nil if not even the account could be determined.
  package internal(set) var place: AccountRegion?
  package internal(set) var denied: [Denied] = []
  /// Sources that failed for another reason; the others were collected. Expired credentials end a target.
  package internal(set) var failures: [AWSError] = []
  /// Sources whose answers made no sense.
  package internal(set) var unreadable: [CollectionError] = []

  /// What is lost for good: times that no collection covers, unreadable events.
  package internal(set) var losses: [String] = []

  /// What log queries scanned.
  package internal(set) var scanned = LogScan()

  /// Whether nothing failed; sources without permission do not count.
  package var isComplete: Bool { failures.isEmpty && unreadable.isEmpty }
}
