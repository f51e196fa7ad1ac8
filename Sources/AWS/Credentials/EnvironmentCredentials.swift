/// `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY`, `AWS_SESSION_TOKEN`.
struct EnvironmentCredentials: CredentialsProvider {
  let environment: Environment

  func load() async throws(AWSError) -> Credentials? {
    guard let id = environment["AWS_ACCESS_KEY_ID"] else { return nil }
    guard let secret = environment["AWS_SECRET_ACCESS_KEY"] else {
      throw AWSError(.credentials, "is set, but AWS_SECRET_ACCESS_KEY is not", at: "AWS_ACCESS_KEY_ID")
    }
    let token = environment["AWS_SESSION_TOKEN"] ?? environment["AWS_SECURITY_TOKEN"]
    let expiration = environment["AWS_CREDENTIAL_EXPIRATION"].flatMap(UTC.parseISO8601)
    return Credentials(
      keys: AccessKeys(accessKeyID: id, secretAccessKey: secret, sessionToken: token), expiration: expiration,
      source: "environment")
  }
}
