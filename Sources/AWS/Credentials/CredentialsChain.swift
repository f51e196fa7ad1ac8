/// Tries one way after the other; the first that is configured counts, and is the one that is asked for renewals.
struct CredentialsChain: CredentialsProvider {
  let providers: [any CredentialsProvider]

  func load() async throws(AWSError) -> Credentials? {
    for provider in providers {
      if let credentials = try await provider.load() { return credentials }
    }
    return nil
  }

  /// botocore's order. A profile named on the command line comes before keys in variables.
  static func standard(_ context: CredentialsContext, profile: String, isExplicit: Bool) -> CredentialsChain {
    let environment: [any CredentialsProvider] =
      isExplicit ? [] : [EnvironmentCredentials(environment: context.environment)]
    return CredentialsChain(
      providers: environment
        + [AssumeRoleCredentials(context: context, profile: profile, visited: [])]
        + ofProfile(context, profile, environment: !isExplicit)
        + [ContainerCredentials(context: context), InstanceCredentials(context: context)])
  }

  /// What a profile itself can give, without assuming a role.
  static func ofProfile(
    _ context: CredentialsContext, _ profile: String, environment: Bool
  ) -> [any CredentialsProvider] {
    [
      WebIdentityCredentials(context: context, profile: profile, usesEnvironment: environment),
      IdentityCenterCredentials(context: context, profile: profile),
      FileCredentials(context: context, profile: profile, file: .credentials),
      ProcessCredentials(context: context, profile: profile),
      FileCredentials(context: context, profile: profile, file: .config),
    ]
  }
}
