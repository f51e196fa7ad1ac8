import Foundation

/// IAM Identity Center (formerly AWS SSO): exchanges the token of `aws sso login` for a role's keys; renews it if the
/// profile names an `sso_session`.
struct IdentityCenterCredentials: CredentialsProvider {
  let context: CredentialsContext
  let profile: String

  private struct Settings {
    let account: String
    let role: String
    let region: String
    /// The session's name, or the start URL in the older form; the token's file is named after it.
    let key: String
    let hasSession: Bool
  }

  func load() async throws(AWSError) -> Credentials? {
    guard let profile = context.config.profiles[profile], let settings = try settings(profile) else { return nil }
    let token = try await token(settings, profile)
    return try await roleCredentials(settings, token, profile)
  }

  private func settings(_ profile: Profile) throws(AWSError) -> Settings? {
    guard profile["sso_session"] != nil || profile["sso_start_url"] != nil,
      let account = profile["sso_account_id"], let role = profile["sso_role_name"]
    else { return nil }
    guard let name = profile["sso_session"] else {
      guard let url = profile["sso_start_url"], let region = profile["sso_region"] else {
        throw AWSError(.configuration, "has sso_start_url but no sso_region", at: profile.place)
      }
      return Settings(account: account, role: role, region: region, key: url, hasSession: false)
    }
    guard let session = context.config.ssoSessions[name], let region = session["sso_region"] else {
      throw AWSError(
        .configuration, "names the sso-session \"\(name)\", which is missing or has no sso_region", at: profile.place)
    }
    return Settings(account: account, role: role, region: region, key: name, hasSession: true)
  }

  private func loginAgain(_ what: String, _ profile: Profile) -> AWSError {
    AWSError(.credentials, what, at: profile.place, remedy: "run `aws sso login --profile \(profile.name)`")
  }

  private func token(_ settings: Settings, _ profile: Profile) async throws(AWSError) -> String {
    let path = IdentityCenterToken.path(key: settings.key, context.environment)
    guard let token = IdentityCenterToken(path: path), let expiration = token.expiration else {
      throw loginAgain("there is no IAM Identity Center login", profile)
    }
    let left = expiration.timeIntervalSince(context.timing.now())
    if left > 15 * 60 { return token.accessToken }
    if settings.hasSession, let fresh = try await refreshed(token, settings) {
      try? fresh.save(path: path)
      return fresh.accessToken
    }
    if left > 0 { return token.accessToken }
    throw loginAgain("the IAM Identity Center login has expired", profile)
  }

  /// A newer token from sso-oidc's refresh grant; nil if the cache lacks something it needs, or Identity Center
  /// refuses.
  private func refreshed(
    _ token: IdentityCenterToken, _ settings: Settings
  ) async throws(AWSError) -> IdentityCenterToken? {
    guard let refreshToken = token.refreshToken, let id = token.clientId, let secret = token.clientSecret,
      let until = token.registrationExpiresAt.flatMap(UTC.parseISO8601), until > context.timing.now()
    else { return nil }
    let body = JSON.members(
      ("clientId", .string(id)), ("clientSecret", .string(secret)), ("grantType", "refresh_token"),
      ("refreshToken", .string(refreshToken)))
    let endpoint = try context.client.endpoints.target(of: .identityCenterLogin, region: settings.region).endpoint
    let request = HTTPRequest(
      .post, endpoint, path: "/token", headers: [.init("Content-Type", "application/json")], body: body.bytes)
    struct Created: Decodable {
      let accessToken: String
      let expiresIn: Double
      let refreshToken: String?
    }
    let errand = Dispatcher.Errand(
      operation: Operation(.identityCenterLogin, "CreateToken", permissions: []), region: settings.region,
      request: { (_) async throws(AWSError) -> HTTPRequest in request },
      read: { try? JSONDecoder().decode(Created.self, from: Data($0.body)) })
    guard let created = try? await context.client.dispatcher.run(errand) else { return nil }
    var fresh = token
    fresh.accessToken = created.accessToken
    fresh.refreshToken = created.refreshToken ?? refreshToken
    fresh.expiresAt = UTC.formatISO8601(context.timing.now().addingTimeInterval(created.expiresIn))
    return fresh
  }

  private func roleCredentials(
    _ settings: Settings, _ token: String, _ profile: Profile
  ) async throws(AWSError) -> Credentials {
    let endpoint = try context.client.endpoints.target(of: .identityCenter, region: settings.region).endpoint
    let request = HTTPRequest(
      .get, endpoint, path: "/federation/credentials",
      query: [.init("role_name", settings.role), .init("account_id", settings.account)],
      headers: [.init("x-amz-sso_bearer_token", token)])
    struct Document: Decodable {
      struct Keys: Decodable {
        let accessKeyId: String
        let secretAccessKey: String
        let sessionToken: String
        /// Milliseconds.
        let expiration: Double
      }
      let roleCredentials: Keys
    }
    let errand = Dispatcher.Errand(
      operation: Operation(.identityCenter, "GetRoleCredentials", permissions: []), region: settings.region,
      request: { (_) async throws(AWSError) -> HTTPRequest in request },
      read: { try? JSONDecoder().decode(Document.self, from: Data($0.body)).roleCredentials })
    let keys: Document.Keys
    do { keys = try await context.client.dispatcher.run(errand) } catch {
      guard case .service(code: "UnauthorizedException") = error.kind else { throw error }
      throw loginAgain("IAM Identity Center no longer accepts the login", profile)
    }
    return Credentials(
      keys: AccessKeys(
        accessKeyID: keys.accessKeyId, secretAccessKey: keys.secretAccessKey, sessionToken: keys.sessionToken),
      expiration: Date(timeIntervalSince1970: keys.expiration / 1000), source: "IAM Identity Center, \(profile.place)")
  }
}
