import Foundation

/// The JSON in which processes, containers and instances return credentials.
struct CredentialDocument: Decodable {
  let accessKeyId: String?
  let secretAccessKey: String?
  /// `Token`, or `SessionToken` from processes.
  let token: String?
  let expiration: String?
  let version: Int?
  /// Instances answer 200 even without credentials: then `Code` is not `Success`.
  let code: String?

  enum CodingKeys: String, CodingKey {
    case accessKeyId = "AccessKeyId"
    case secretAccessKey = "SecretAccessKey"
    case token = "Token"
    case sessionToken = "SessionToken"
    case expiration = "Expiration"
    case version = "Version"
    case code = "Code"
  }

  init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    accessKeyId = try fields.decodeIfPresent(String.self, forKey: .accessKeyId)
    secretAccessKey = try fields.decodeIfPresent(String.self, forKey: .secretAccessKey)
    token =
      try fields.decodeIfPresent(String.self, forKey: .token)
      ?? fields.decodeIfPresent(String.self, forKey: .sessionToken)
    expiration = try fields.decodeIfPresent(String.self, forKey: .expiration)
    version = try fields.decodeIfPresent(Int.self, forKey: .version)
    code = try fields.decodeIfPresent(String.self, forKey: .code)
  }

  /// Nil if the bytes are not such a document.
  init?(json: [UInt8]) {
    guard let document = try? JSONDecoder().decode(CredentialDocument.self, from: Data(json)) else { return nil }
    self = document
  }

  /// - Throws: `AWSError` that names what is missing, and never repeats a value.
  func credentials(source: String) throws(AWSError) -> Credentials {
    guard let accessKeyId, !accessKeyId.isEmpty, let secretAccessKey, !secretAccessKey.isEmpty else {
      let reason = code.map { " (Code \($0.prefix(64)))" } ?? ""
      throw AWSError(.credentials, "gave no AccessKeyId and SecretAccessKey\(reason)", at: source)
    }
    var expires: Date?
    if let expiration {
      guard let date = UTC.parseISO8601(expiration) else {
        throw AWSError(.credentials, "gave an Expiration that is no ISO 8601 time", at: source)
      }
      expires = date
    }
    return Credentials(
      keys: AccessKeys(accessKeyID: accessKeyId, secretAccessKey: secretAccessKey, sessionToken: token),
      expiration: expires, source: source)
  }
}
