/// A profile made by `aws login`, whose session only AWS's own tools can renew.
struct LoginCredentials: CredentialsProvider {
  let context: CredentialsContext
  let profile: String

  func load() async throws(AWSError) -> Credentials? {
    guard let profile = context.config.profiles[profile], profile["login_session"] != nil else { return nil }
    // A process that passes the session on comes first, whatever the order is.
    if profile["credential_process"] != nil { return nil }
    throw AWSError(
      .credentials, "was made by `aws login`, which batchcost cannot read", at: profile.place,
      remedy: "run `eval $(aws configure export-credentials --profile \(profile.name) --format env)` first")
  }
}
