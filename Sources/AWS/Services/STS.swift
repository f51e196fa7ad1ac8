import Foundation

extension Service {
  package static let sts = Service(
    id: "STS", hostPrefix: "sts", signingName: "sts", wire: .query(version: "2011-06-15"))
}

/// Security Token Service: our identity, and other roles' keys.
package enum STS {
  package static let getCallerIdentityOperation = Operation(.sts, "GetCallerIdentity", permissions: [], answer: .xml)
  package static let assumeRoleOperation = Operation(.sts, "AssumeRole", answer: .xml)
  static let assumeRoleWithWebIdentityOperation = Operation(
    .sts, "AssumeRoleWithWebIdentity", permissions: [], answer: .xml)

  /// Returns `UserId`, `Account`, `Arn`.
  package static func getCallerIdentity() -> Call { Call(getCallerIdentityOperation, .form([])) }

  /// Returns `Credentials`; `AWSClient.assuming` keeps them fresh.
  package static func assumeRole(_ role: RoleToAssume) -> Call {
    Call(assumeRoleOperation, .form(items(role) + (role.externalID.map { [.init("ExternalId", $0)] } ?? [])))
  }

  static func assumeRoleWithWebIdentity(_ role: RoleToAssume, token: String) -> Call {
    Call(assumeRoleWithWebIdentityOperation, .form(items(role) + [.init("WebIdentityToken", token)]))
  }

  private static func items(_ role: RoleToAssume) -> [HTTPRequest.QueryItem] {
    [.init("RoleArn", role.arn), .init("RoleSessionName", role.sessionName)]
      + (role.durationSeconds.map { [.init("DurationSeconds", String($0))] } ?? [])
  }
}

/// The identity of the credentials.
package struct CallerIdentity: Decodable, Sendable, Equatable {
  /// Twelve digits.
  package let account: String
  /// Of the user, or of the role's session.
  package let arn: String

  enum CodingKeys: String, CodingKey {
    case account = "Account"
    case arn = "Arn"
  }
}

extension AWSClient {
  /// Asks STS for our identity; needs no permission.
  package func callerIdentity() async throws(AWSError) -> CallerIdentity {
    let answer = try await send(STS.getCallerIdentity())
    guard let identity = try? JSONDecoder().decode(CallerIdentity.self, from: Data(answer.body)) else {
      throw AWSError(.unreadable, "the answer names no account", at: "\(answer.operation.description) in \(region)")
    }
    return identity
  }
}

extension Answer {
  /// The keys in an answer of AssumeRole or AssumeRoleWithWebIdentity.
  func roleCredentials(source: String) throws(AWSError) -> Credentials {
    struct Wrapped: Decodable {
      let document: CredentialDocument
      enum CodingKeys: String, CodingKey { case document = "Credentials" }
    }
    guard let wrapped = try? JSONDecoder().decode(Wrapped.self, from: Data(body)) else {
      throw AWSError(.unreadable, "the answer has no Credentials", at: "\(operation.description) in \(region)")
    }
    return try wrapped.document.credentials(source: source)
  }
}
