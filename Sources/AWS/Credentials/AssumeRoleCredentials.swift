/// A profile with `role_arn`: the role is assumed with the credentials of `source_profile`, which may do the same, or
/// of `credential_source`.
struct AssumeRoleCredentials: CredentialsProvider {
  let context: CredentialsContext
  let profile: String
  /// The profiles that led to this one.
  let visited: [String]

  func load() async throws(AWSError) -> Credentials? {
    guard let profile = context.config.profiles[profile], profile.assumesRole, let arn = profile["role_arn"] else {
      return nil
    }
    if profile["mfa_serial"] != nil {
      throw AWSError(
        .credentials, "wants an MFA code, which batchcost does not ask for", at: profile.place,
        remedy: "use a session from `aws sts get-session-token`, `aws sso login`, or a credential_process")
    }
    var role = RoleToAssume(arn: arn, externalID: profile["external_id"])
    if let name = profile["role_session_name"] { role.sessionName = name }
    if let text = profile["duration_seconds"] {
      guard let seconds = Int(text) else {
        throw AWSError(.configuration, "duration_seconds is no whole number", at: profile.place)
      }
      role.durationSeconds = seconds
    }
    let source = CredentialsCache(try source(of: profile), now: context.timing.now)
    return try await RoleCredentials(role: role, client: context.client.with(source)).load()
  }

  private func source(of profile: Profile) throws(AWSError) -> any CredentialsProvider {
    if let name = profile["credential_source"] { return try credentialSource(name, profile) }
    let name = profile["source_profile"] ?? ""
    let source = try context.config.profile(name, askedFor: "source_profile of \(profile.place)")
    // A profile may be its own source where it has keys of its own.
    if source.hasStaticKeys || !source.assumesRole {
      let providers = CredentialsChain.ofProfile(context, name, environment: false)
      return Demanded(provider: CredentialsChain(providers: providers), place: source.place)
    }
    guard !visited.contains(name), name != profile.name else {
      let circle = (visited + [profile.name, name]).joined(separator: " → ")
      throw AWSError(.configuration, "source profiles go in a circle: \(circle)", at: profile.place)
    }
    return AssumeRoleCredentials(context: context, profile: name, visited: visited + [profile.name])
  }

  private func credentialSource(_ name: String, _ profile: Profile) throws(AWSError) -> any CredentialsProvider {
    let place = "credential_source \(name) of \(profile.place)"
    switch name {
    case "Environment":
      return Demanded(provider: EnvironmentCredentials(environment: context.environment), place: place)
    case "Ec2InstanceMetadata": return Demanded(provider: InstanceCredentials(context: context), place: place)
    case "EcsContainer": return Demanded(provider: ContainerCredentials(context: context), place: place)
    default:
      throw AWSError(
        .configuration, "is unknown", at: place, remedy: "use Environment, Ec2InstanceMetadata or EcsContainer")
    }
  }
}

/// A provider that has to work because it was asked for by name.
private struct Demanded: CredentialsProvider {
  let provider: any CredentialsProvider
  let place: String

  func load() async throws(AWSError) -> Credentials? {
    if let credentials = try await provider.load() { return credentials }
    throw AWSError(.credentials, "has no credentials", at: place)
  }
}
