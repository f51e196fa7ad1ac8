/// The keys of a signature. Never printed: the description has only the key's id, which is not a secret.
package struct AccessKeys: Sendable, Equatable, CustomStringConvertible, CustomReflectable {
  /// Not a secret: `AKIA…` of a user, `ASIA…` if temporary.
  package let accessKeyID: String
  /// Never printed: `description` and mirrors leave it out.
  package let secretAccessKey: String
  /// Present for temporary keys.
  package let sessionToken: String?

  package init(accessKeyID: String, secretAccessKey: String, sessionToken: String? = nil) {
    self.accessKeyID = accessKeyID
    self.secretAccessKey = secretAccessKey
    self.sessionToken = sessionToken
  }

  package var description: String { "access key \(accessKeyID)" }
  /// Keeps the secret out of `dump` and of failed tests.
  package var customMirror: Mirror { Mirror(self, children: ["accessKeyID": accessKeyID]) }
}
