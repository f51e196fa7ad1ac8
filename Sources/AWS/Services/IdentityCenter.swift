extension Service {
  /// The portal that exchanges a login for a role's keys. Its requests have the login's token instead of a signature.
  static let identityCenter = Service(
    id: "SSO", hostPrefix: "portal.sso", signingName: "sso", wire: .restJSON)

  /// Renews logins.
  static let identityCenterLogin = Service(
    id: "SSO OIDC", hostPrefix: "oidc", signingName: "sso-oidc", wire: .restJSON)
}
