/// Exchanges a token file of an identity provider (EKS service accounts, GitHub Actions) for a role. The file is read
/// again at each renewal.
struct WebIdentityCredentials: CredentialsProvider {
  let context: CredentialsContext
  let profile: String
  let usesEnvironment: Bool

  func load() async throws(AWSError) -> Credentials? {
    guard let (file, place) = setting("AWS_WEB_IDENTITY_TOKEN_FILE", "web_identity_token_file") else { return nil }
    guard let (arn, _) = setting("AWS_ROLE_ARN", "role_arn") else {
      throw AWSError(.configuration, "is set without a role", at: place, remedy: "set AWS_ROLE_ARN or role_arn")
    }
    let token = try context.contents(of: file, namedBy: place).filter { !$0.isWhitespace }
    let name = setting("AWS_ROLE_SESSION_NAME", "role_session_name")?.value ?? "batchcost"
    return try await context.client
      .send(STS.assumeRoleWithWebIdentity(RoleToAssume(arn: arn, sessionName: name), token: token))
      .roleCredentials(source: "web identity \(arn)")
  }

  private func setting(_ variable: String, _ key: String) -> (value: String, place: String)? {
    if usesEnvironment, let value = context.environment[variable] { return (value, variable) }
    guard let profile = context.config.profiles[profile], let value = profile[key] else { return nil }
    return (value, "\(key) of \(profile.place)")
  }
}
