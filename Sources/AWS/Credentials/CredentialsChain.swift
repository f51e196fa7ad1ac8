import Synchronization

/// Tries one source after another and keeps the first that is configured, for renewals too: a run never changes its
/// identity halfway.
final class CredentialsChain: CredentialsProvider {
  private let providers: [any CredentialsProvider]
  private let chosen = Mutex<Int?>(nil)

  init(providers: [any CredentialsProvider]) { self.providers = providers }

  func load() async throws(AWSError) -> Credentials? {
    if let index = chosen.withLock({ $0 }) { return try await providers[index].load() }
    for (index, provider) in providers.enumerated() {
      guard let credentials = try await provider.load() else { continue }
      chosen.withLock { $0 = index }
      return credentials
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

  /// The sources that a profile itself offers, without assuming a role.
  static func ofProfile(
    _ context: CredentialsContext, _ profile: String, environment: Bool
  ) -> [any CredentialsProvider] {
    [
      WebIdentityCredentials(context: context, profile: profile, usesEnvironment: environment),
      IdentityCenterCredentials(context: context, profile: profile),
      FileCredentials(context: context, profile: profile, file: .credentials),
      LoginCredentials(context: context, profile: profile),
      ProcessCredentials(context: context, profile: profile),
      FileCredentials(context: context, profile: profile, file: .config),
    ]
  }
}
