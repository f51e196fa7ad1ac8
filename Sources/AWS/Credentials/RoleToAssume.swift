/// A role, and how to assume it.
package struct RoleToAssume: Sendable, Equatable {
  package var arn: String
  /// As the role's trust policy wants it; nil if it wants none.
  package var externalID: String?
  /// Visible in the account's CloudTrail.
  package var sessionName: String
  /// Nil: an hour, STS's default.
  package var durationSeconds: Int?

  package init(
    arn: String, externalID: String? = nil, sessionName: String = "batchcost", durationSeconds: Int? = nil
  ) {
    self.arn = arn
    self.externalID = externalID
    self.sessionName = sessionName
    self.durationSeconds = durationSeconds
  }
}

/// Credentials of a role, from STS, with a client's credentials.
struct RoleCredentials: CredentialsProvider {
  let role: RoleToAssume
  let client: AWSClient

  func load() async throws(AWSError) -> Credentials? {
    try await client.send(STS.assumeRole(role)).roleCredentials(source: "role \(role.arn)")
  }
}

extension AWSClient {
  /// The client of a role that this client's credentials may assume; renewed before they expire.
  package func assuming(_ role: RoleToAssume) -> AWSClient {
    // Another account: its own pacing and retry budget over the same connections.
    let dispatcher = Dispatcher(
      transport: dispatcher.transport, timing: dispatcher.timing, policy: dispatcher.policy, log: dispatcher.log)
    return AWSClient(
      region: region, dispatcher: dispatcher, endpoints: endpoints,
      credentials: CredentialsCache(RoleCredentials(role: role, client: self), now: dispatcher.timing.now))
  }
}
