extension Service {
  /// The portal that gives a role's keys for a login. Its requests carry the login's token instead of a signature.
  static let identityCenter = Service(
    id: "SSO", hostPrefix: "portal.sso", signingName: "sso", wire: .restJSON)

  /// Renews logins.
  static let identityCenterLogin = Service(
    id: "SSO OIDC", hostPrefix: "oidc", signingName: "sso-oidc", wire: .restJSON)
}
