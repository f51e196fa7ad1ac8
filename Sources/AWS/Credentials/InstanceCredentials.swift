import Foundation

/// The instance profile of an EC2 instance, from its metadata service (IMDSv2; version 1 only if the instance has
/// nothing else).
struct InstanceCredentials: CredentialsProvider {
  let context: CredentialsContext

  func load() async throws(AWSError) -> Credentials? {
    guard !context.environment.isTrue("AWS_EC2_METADATA_DISABLED"), let endpoint = try endpoint() else { return nil }
    guard let session = try await openSession(endpoint) else { return nil }
    let base = "/latest/meta-data/iam/security-credentials/"
    guard let role = await get(endpoint, base, session),
      let name = String(decoding: role, as: UTF8.self).split(whereSeparator: \.isNewline).first
    else { return nil }
    guard let bytes = await get(endpoint, base + PercentEncoding.encode(String(name)), session),
      let document = CredentialDocument(json: bytes)
    else { throw AWSError(.credentials, "gave no credentials for role \(name)", at: "instance metadata") }
    let credentials = try document.credentials(source: "instance metadata")
    let now = context.timing.now()
    guard let expiration = credentials.expiration, expiration <= now else { return credentials }
    // As botocore does: if the metadata service is late, its keys are usually still valid.
    let extended = now.addingTimeInterval(15 * 60 + 120 + context.timing.random() * 480)
    return Credentials(keys: credentials.keys, expiration: extended, source: credentials.source)
  }

  private enum Session {
    case version2(token: String)
    case version1
  }

  /// Nil if there is no metadata service: this is not an EC2 instance.
  private func openSession(_ endpoint: Endpoint) async throws(AWSError) -> Session? {
    let request = HTTPRequest(
      .put, endpoint, path: "/latest/api/token", headers: [.init("X-aws-ec2-metadata-token-ttl-seconds", "21600")])
    do {
      let response = try await context.fetchLocally(request, seconds: seconds, attempts: attempts)
      switch response.status {
      case 200: return .version2(token: String(decoding: response.body, as: UTF8.self))
      case 403, 404, 405: return context.environment.isTrue("AWS_EC2_METADATA_V1_DISABLED") ? nil : .version1
      default: return nil
      }
    } catch {
      // A hop limit of 1 drops the token's answer inside containers: version 1 may still work.
      guard error.kind == .timedOut, !context.environment.isTrue("AWS_EC2_METADATA_V1_DISABLED") else { return nil }
      return .version1
    }
  }

  private func get(_ endpoint: Endpoint, _ path: String, _ session: Session) async -> [UInt8]? {
    var request = HTTPRequest(.get, endpoint, path: path)
    if case .version2(let token) = session { request.setHeader("X-aws-ec2-metadata-token", token) }
    // The service has answered once; on a busy machine it may be slow.
    guard
      let response = try? await context.fetchLocally(
        request, seconds: max(seconds, 10), attempts: max(attempts, 3)),
      response.status == 200
    else { return nil }
    return response.body
  }

  private func endpoint() throws(AWSError) -> Endpoint? {
    let profile = context.config.profiles["default"]
    let name = "AWS_EC2_METADATA_SERVICE_ENDPOINT"
    if let text = context.environment[name] ?? profile?["ec2_metadata_service_endpoint"] {
      guard let endpoint = Endpoint(text) else { throw AWSError(.configuration, "is no URL", at: name) }
      return endpoint
    }
    let mode = context.environment["AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE"] ?? "IPv4"
    return Endpoint(mode.lowercased() == "ipv6" ? "http://[fd00:ec2::254]" : "http://169.254.169.254")
  }

  private var seconds: Double { context.environment["AWS_METADATA_SERVICE_TIMEOUT"].flatMap(Double.init) ?? 1 }
  private var attempts: Int { context.environment["AWS_METADATA_SERVICE_NUM_ATTEMPTS"].flatMap(Int.init) ?? 1 }
}
