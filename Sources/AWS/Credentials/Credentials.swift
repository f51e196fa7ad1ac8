import Foundation

/// Keys with where they came from and how long they hold.
package struct Credentials: Sendable, Equatable {
  package let keys: AccessKeys
  /// Nil: they do not expire.
  package let expiration: Date?
  /// For people: `environment`, `profile prod`, `instance metadata` …
  package let source: String

  package init(keys: AccessKeys, expiration: Date? = nil, source: String) {
    self.keys = keys
    self.expiration = expiration
    self.source = source
  }
}

/// One way to come by credentials.
package protocol CredentialsProvider: Sendable {
  /// Fresh credentials; nil where this way is not configured, so that the next is tried.
  /// - Throws: `AWSError` of kind `credentials` or `configuration` where it is configured and does not work.
  func load() async throws(AWSError) -> Credentials?
}
