import Base

/// What went wrong on the way to AWS: what, where, what now. Never holds a secret.
package struct AWSError: Error, Sendable, CustomStringConvertible {
  package enum Kind: Sendable, Equatable {
    /// A profile, variable or file is missing or wrong.
    case configuration
    /// No credentials, or they could not be had or refreshed.
    case credentials
    /// AWS says that these credentials may not do this; `action` is what a policy would have to allow.
    case permissionDenied(action: String)
    /// Still throttled after every attempt.
    case throttled
    /// AWS refused or failed, with its own error code.
    case service(code: String)
    /// The bucket lives in another region.
    case elsewhere(region: String)
    /// No complete answer came.
    case transport(TransportError.Kind)
    /// An answer came that is not what the service's protocol promises.
    case unreadable
    case cancelled
  }

  package let kind: Kind
  package let what: String
  /// A file and section, a variable, or an operation and region.
  package let place: String
  /// What to do about it; nil where there is nothing better than to try again.
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
