import Foundation

/// Keys with their source and expiry.
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

/// One source of credentials.
package protocol CredentialsProvider: Sendable {
  /// Fresh credentials; nil if this source is not configured, so that the next one is tried.
  /// - Throws: `AWSError` of kind `credentials` or `configuration` if it is configured but does not work.
  func load() async throws(AWSError) -> Credentials?
}
