import Foundation

/// The token that `aws sso login` leaves in `~/.aws/sso/cache`.
struct IdentityCenterToken: Codable, Sendable {
  var accessToken: String
  var expiresAt: String
  var refreshToken: String?
  var clientId: String?
  var clientSecret: String?
  var registrationExpiresAt: String?
  var region: String?
  var startUrl: String?

  var expiration: Date? { UTC.parseISO8601(expiresAt) }

  /// The path of the token of a session (or, in the older form, of a start URL).
  static func path(key: String, _ environment: Environment) -> String {
    let name = Digest.hex(Digest.sha1(Array(key.utf8)))
    return environment.expandingHome("~/.aws/sso/cache/\(name).json")
  }

  /// Nil if there is no readable token.
  init?(path: String) {
    guard let data = FileManager.default.contents(atPath: path),
      let token = try? JSONDecoder().decode(IdentityCenterToken.self, from: data)
    else { return nil }
    self = token
  }

  /// Replaces the file atomically; only its owner can read it.
  func save(path: String) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let data = try encoder.encode(self)
    let draft = "\(path).\(ProcessInfo.processInfo.processIdentifier)"
    let descriptor = open(draft, O_CREAT | O_EXCL | O_WRONLY, 0o600)
    guard descriptor >= 0 else { throw CocoaError(.fileWriteUnknown) }
    let file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    try file.write(contentsOf: data)
    try file.close()
    guard rename(draft, path) == 0 else { throw CocoaError(.fileWriteUnknown) }
  }
}
