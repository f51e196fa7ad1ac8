/// Keys written in `~/.aws/credentials` or (later in the order) `~/.aws/config`.
struct FileCredentials: CredentialsProvider {
  enum File: Sendable { case credentials, config }

  let context: CredentialsContext
  let profile: String
  let file: File

  func load() async throws(AWSError) -> Credentials? {
    guard let profile = context.config.profiles[profile] else { return nil }
    let values = file == .credentials ? profile.credentialValues : profile.values
    guard let id = values["aws_access_key_id"], !id.isEmpty else { return nil }
    guard let secret = values["aws_secret_access_key"], !secret.isEmpty else {
      throw AWSError(.credentials, "has aws_access_key_id but no aws_secret_access_key", at: profile.place)
    }
    let token = values["aws_session_token"] ?? values["aws_security_token"]
    return Credentials(
      keys: AccessKeys(
        accessKeyID: id, secretAccessKey: secret, sessionToken: token.flatMap { $0.isEmpty ? nil : $0 }),
      source: profile.place)
  }
}
