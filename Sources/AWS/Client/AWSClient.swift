import Foundation

/// Speaks to AWS for one account and region. A value: copies share connections, credentials, pacing and the log.
///
/// ```swift
/// let client = try AWSSession(environment: .process).client(region: "eu-west-1")
/// for try await page in client.pages(of: Batch.describeJobQueues()) { use(page.body) }
/// let jobs = try await client.send(Batch.describeJobs(ids))
/// ```
package struct AWSClient: Sendable {
  /// Where calls go; a bucket elsewhere is found by itself.
  package let region: String
  let dispatcher: Dispatcher
  let endpoints: Endpoints
  /// Nil: requests are not signed.
  var credentials: CredentialsCache?
  /// Answers instead of AWS; nil: AWS answers.
  var rehearsal: Rehearsal?

  /// The same account in another region.
  package func at(region: String) -> AWSClient {
    AWSClient(
      region: region, dispatcher: dispatcher, endpoints: endpoints, credentials: credentials, rehearsal: rehearsal)
  }

  func with(_ credentials: CredentialsCache?) -> AWSClient {
    var client = self
    client.credentials = credentials
    return client
  }

  /// A client that sends nothing from here on, and counts what it would send.
  package func rehearsing(_ rehearsal: Rehearsal) -> AWSClient {
    var client = self
    client.rehearsal = rehearsal
    return client
  }

  /// How many seconds AWS's clock was ahead of ours in the last answer, to the second; nil before the first answer.
  package var clockSkew: Double? { dispatcher.measured.known }

  /// Counts and times of calls so far.
  package var log: CallLog { dispatcher.log }

  /// Sends a call, and retries it if that may help.
  /// - Throws: `AWSError`; its kind says whether credentials, permissions, throttling, the connection or the service is
  ///   the cause.
  package func send(_ call: Call) async throws(AWSError) -> Answer {
    if let rehearsal { return rehearsal.answer(call, region) }
    do {
      return try await dispatcher.run(errand(call))
    } catch {
      guard case .elsewhere(let bucketRegion) = error.kind, bucketRegion != region else { throw error }
      let there = at(region: bucketRegion)
      return try await dispatcher.run(there.errand(call))
    }
  }

  /// The pages of a call, starting with the first, or with the one of a token kept from an earlier answer.
  package func pages(of call: Call, from token: String? = nil) -> Pages {
    Pages(client: self, call: call, firstToken: token)
  }

  private func errand(_ call: Call) throws(AWSError) -> Dispatcher.Errand<Answer> {
    let (operation, service) = (call.operation, call.operation.service)
    let target = try endpoints.target(of: service, region: region)
    var request = call.request(to: target.endpoint, isCustomEndpoint: target.isCustom)
    request.limits = operation.limits
    let unsigned = request
    let region = region
    let credentials = credentials
    let used = LastKeys()
    return Dispatcher.Errand(
      operation: operation, region: region, quotaRegion: target.signingRegion, isUnpaced: target.endpoint.isLoopback,
      request: { (date) async throws(AWSError) -> HTTPRequest in
        guard let keys = try await credentials?.credentials().keys else { return unsigned }
        used.set(keys)
        return Signer(keys: keys, region: target.signingRegion, service: service.signingName)
          .signed(unsigned, at: date)
      },
      renewCredentials: {
        guard let credentials, let keys = used.keys else { return false }
        await credentials.invalidate(keys)
        return true
      },
      read: { Answer(operation, region, $0) })
  }
}
