import Base

/// What went wrong on the way to AWS: what happened, where, and what to do. Never contains a secret.
package struct AWSError: Error, Sendable, CustomStringConvertible {
  /// What a caller can tell apart.
  package enum Kind: Sendable, Equatable {
    /// A profile, variable or file is missing or wrong.
    case configuration
    /// There are no credentials, or they could not be loaded or refreshed.
    case credentials
    /// AWS denied these credentials the action; `action` is what a policy would have to allow.
    case permissionDenied(action: String)
    /// Still throttled after the last attempt.
    case throttled
    /// AWS refused or failed, with its own error code.
    case service(code: String)
    /// The bucket is in another region.
    case elsewhere(region: String)
    /// No complete answer arrived.
    case transport(TransportError.Kind)
    /// The answer does not follow the service's protocol.
    case unreadable
    /// The task was cancelled.
    case cancelled
  }

  /// What a caller can act on: retry, ask for a permission, give up.
  package let kind: Kind
  /// What happened, for people; follows the place.
  package let what: String
  /// A file and section, a variable, or an operation and region.
  package let place: String
  /// What to do about it; nil if there is nothing better than to try again.
  package let remedy: String?

  package init(_ kind: Kind, _ what: String, at place: String, remedy: String? = nil) {
    self.kind = kind
    self.what = what
    self.place = place
    self.remedy = remedy
  }

  package var description: String { "\(place): \(what)\(remedy.map { "; \($0)" } ?? "")".withoutPasswords }

  /// Whether the credentials or their permissions are at fault (exit code 4).
  package var concernsCredentials: Bool {
    switch kind {
    case .credentials, .permissionDenied: true
    default: false
    }
  }
}
