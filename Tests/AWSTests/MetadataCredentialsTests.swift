import Foundation
import Synchronization
import TestSupport
import Testing

@testable import AWS

/// Credentials that containers, instances and IAM Identity Center serve over HTTP.
@Suite struct MetadataCredentialsTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func credentials(
    _ variables: [String: String], config: String = "", transport: (any HTTPTransport)? = nil,
    timing: Timing = .system, profile: String? = nil
  ) async throws -> Credentials {
    var environment = AWSTests.environment(nil, keys: false, ["HOME": folder.path])
    environment["AWS_CONFIG_FILE"] = try folder.add("config", config)
    // The service answers in these tests; a short timeout would only measure how fast this machine is.
    environment["AWS_METADATA_SERVICE_TIMEOUT"] = "600"
    for (name, value) in variables { environment[name] = value }
    let session = try AWSSession(environment: environment, profile: profile, transport: transport, timing: timing)
    return try await #require(try session.client().credentials).credentials()
  }

  private static let document =
    "{\"AccessKeyId\":\"M\",\"SecretAccessKey\":\"S\",\"Token\":\"T\",\"Expiration\":\"2030-01-01T00:00:00Z\"}"

  // MARK: Containers

  @Test func aTaskAsksItsOwnAddress() async throws {
    let transport = FakeTransport { _ in HTTPResponse(status: 200, body: Array(Self.document.utf8)) }
    let found = try await credentials(["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI": "/v2/x?id=a"], transport: transport)
    #expect(found.keys == AccessKeys(accessKeyID: "M", secretAccessKey: "S", sessionToken: "T"))
    #expect(transport.log.map(\.url) == ["http://169.254.170.2/v2/x?id=a"])
    #expect(transport.log[0].limits.bypassesProxy)
  }

  @Test func theTokenFileIsReadEachTime() async throws {
    let file = try folder.add("token", "one")
    let aws = FakeAWS(
      handlers: [
        FakeAny { request in
          request.path == "/creds" ? .json(Self.document) : nil
        }
      ], checksSignatures: false)
    try await aws.run { url in
      let variables = [
        "AWS_CONTAINER_CREDENTIALS_FULL_URI": "\(url)/creds", "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE": file,
        "AWS_CONTAINER_AUTHORIZATION_TOKEN": "unused",
      ]
      _ = try await credentials(variables)
      try folder.add("token", "two\n")
      _ = try await credentials(variables)
      try folder.add("token", "th\nree")
      await #expect(throws: AWSError.self) { try await credentials(variables) }
    }
    // On a slow machine a request may need a second try, with the same token.
    let tokens = aws.log.map { $0.headers["authorization"] }
    #expect(tokens.reduce(into: [String?]()) { if $0.last != $1 { $0.append($1) } } == ["one", "two"])
  }

  @Test(arguments: ["http://example.com/x", "http://169.254.1.1/x", "ftp://localhost/x"])
  func keysAreNotRequestedFromUntrustedHosts(url: String) async throws {
    let transport = FakeTransport { _ in HTTPResponse(status: 200, body: Array(Self.document.utf8)) }
    let error = await #expect(throws: AWSError.self) {
      try await credentials(["AWS_CONTAINER_CREDENTIALS_FULL_URI": url], transport: transport)
    }
    #expect(error?.kind == .configuration)
    #expect(transport.log.isEmpty)
  }

  // MARK: Instances

  /// A metadata service that answers each path from the table.
  private func instance(_ answers: [String: FakeAnswer]) -> FakeAWS {
    FakeAWS(
      handlers: [
        FakeAny { request in
          if request.rawPath != "/latest/api/token", request.headers["x-aws-ec2-metadata-token"] != "session",
            answers["/latest/api/token"]?.status == 200
          {
            return FakeAnswer(status: 401)
          }
          return answers[request.rawPath] ?? FakeAnswer(status: 404)
        }
      ], checksSignatures: false)
  }

  private static let role = "/latest/meta-data/iam/security-credentials/"
  private static func text(_ text: String) -> FakeAnswer { FakeAnswer(body: Array(text.utf8)) }

  @Test func anInstanceGivesItsProfilesKeys() async throws {
    let aws = instance([
      "/latest/api/token": Self.text("session"), Self.role: Self.text("my role\n"),
      Self.role + "my%20role": .json("{\"Code\":\"Success\"," + Self.document.dropFirst()),
    ])
    try await aws.run { url in
      let found = try await credentials(
        ["AWS_EC2_METADATA_DISABLED": "false", "AWS_EC2_METADATA_SERVICE_ENDPOINT": url])
      #expect(found.keys.accessKeyID == "M" && found.source == "instance metadata")
    }
    #expect(aws.log[0].method == "PUT")
    #expect(aws.log[0].headers["x-aws-ec2-metadata-token-ttl-seconds"] == "21600")
  }

  @Test func versionOneIsTheFallback() async throws {
    let aws = instance([Self.role: Self.text("r"), Self.role + "r": .json(Self.document)])
    try await aws.run { url in
      let variables = ["AWS_EC2_METADATA_DISABLED": "false", "AWS_EC2_METADATA_SERVICE_ENDPOINT": url]
      let found = try await credentials(variables)
      #expect(found.keys.accessKeyID == "M")
      let without = variables.merging(["AWS_EC2_METADATA_V1_DISABLED": "true"]) { $1 }
      let error = await #expect(throws: AWSError.self) { try await credentials(without) }
      #expect(error?.description.contains("no AWS credentials found") == true)
    }
  }

  @Test func anInstanceThatFailsWithStatus200IsNoticed() async throws {
    let aws = instance([
      "/latest/api/token": Self.text("session"), Self.role: Self.text("r"),
      Self.role + "r": .json("{\"Code\":\"AssumeRoleUnauthorizedAccess\",\"Message\":\"no\"}"),
    ])
    try await aws.run { url in
      let error = await #expect(throws: AWSError.self) {
        try await credentials(["AWS_EC2_METADATA_DISABLED": "false", "AWS_EC2_METADATA_SERVICE_ENDPOINT": url])
      }
      #expect(error?.what == "gave no AccessKeyId and SecretAccessKey (Code AssumeRoleUnauthorizedAccess)")
    }
  }

  @Test func expiredKeysAreKeptUntilTheInstanceRenewsThem() async throws {
    let clock = FakeClock("2031-01-01T00:00:00Z", random: 0)
    let transport = FakeTransport { request in
      HTTPResponse(status: 200, body: Array((request.path.hasSuffix("/r") ? Self.document : "r").utf8))
    }
    let found = try await credentials(
      ["AWS_EC2_METADATA_DISABLED": "false"], transport: transport, timing: clock.timing)
    #expect(found.expiration == UTC.parseISO8601("2031-01-01T00:17:00Z"))
    #expect(transport.log[0].url == "http://169.254.169.254/latest/api/token")
  }

  // MARK: IAM Identity Center

  private static let session = """
    [profile p]
    sso_session = my-sso
    sso_account_id = 111122223333
    sso_role_name = Reader
    [sso-session my-sso]
    sso_region = eu-west-1
    sso_start_url = https://example.awsapps.com/start
    """

  /// SHA-1 of `my-sso` names the file, as `printf my-sso | sha1sum` prints it.
  private func writeToken(_ expiresAt: String, refresh: Bool) throws {
    let more = """
      ,"refreshToken":"R","clientId":"C","clientSecret":"CS","registrationExpiresAt":"2030-01-01T00:00:00Z"
      """
    try folder.add(
      ".aws/sso/cache/\(Self.cacheName).json",
      "{\"accessToken\":\"old\",\"expiresAt\":\"\(expiresAt)\"\(refresh ? more : "")}")
  }

  private static let cacheName = "0ad374308c5a4e22f723adf10145eafad7c4031c"

  private let portal = FakeTransport { request in
    if request.path == "/token" {
      return HTTPResponse(
        status: 200, body: Array("{\"accessToken\":\"new\",\"expiresIn\":28800,\"refreshToken\":\"R2\"}".utf8))
    }
    let body = """
      {"roleCredentials":{"accessKeyId":"SSO","secretAccessKey":"S","sessionToken":"T","expiration":1893456000000}}
      """
    return HTTPResponse(status: 200, body: Array(body.utf8))
  }

  private func bearer(_ request: HTTPRequest) -> String? {
    request.headers.first { $0.name == "x-amz-sso_bearer_token" }?.value
  }

  @Test func aLoginIsExchangedForARolesKeys() async throws {
    try writeToken("2026-11-22T08:00:00Z", refresh: true)
    let found = try await credentials(
      [:], config: Self.session, transport: portal, timing: FakeClock().timing, profile: "p")
    #expect(found.keys.accessKeyID == "SSO")
    #expect(found.expiration == Date(timeIntervalSince1970: 1_893_456_000))
    #expect(
      portal.log.map(\.url) == [
        "https://portal.sso.eu-west-1.amazonaws.com/federation/credentials?account_id=111122223333&role_name=Reader"
      ])
    #expect(bearer(portal.log[0]) == "old")
  }

  @Test func anExpiredLoginIsRenewedAndKept() async throws {
    try writeToken("2026-11-21T08:00:00UTC", refresh: true)
    _ = try await credentials([:], config: Self.session, transport: portal, timing: FakeClock().timing, profile: "p")
    #expect(portal.log.map(\.endpoint.host) == ["oidc.eu-west-1.amazonaws.com", "portal.sso.eu-west-1.amazonaws.com"])
    #expect(
      String(decoding: portal.log[0].body, as: UTF8.self)
        == "{\"clientId\":\"C\",\"clientSecret\":\"CS\",\"grantType\":\"refresh_token\",\"refreshToken\":\"R\"}")
    #expect(bearer(portal.log[1]) == "new")
    let path = "\(folder.path)/.aws/sso/cache/\(Self.cacheName).json"
    let kept = try #require(IdentityCenterToken(path: path))
    #expect(kept.accessToken == "new" && kept.refreshToken == "R2" && kept.expiresAt == "2026-11-22T08:00:00Z")
    let attributes = try FileManager.default.attributesOfItem(atPath: path)
    #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o600)
  }

  @Test func anExpiredLoginThatCannotBeRenewedSaysWhatToDo() async throws {
    try writeToken("2026-11-21T08:00:00Z", refresh: false)
    let error = await #expect(throws: AWSError.self) {
      try await credentials([:], config: Self.session, transport: portal, timing: FakeClock().timing, profile: "p")
    }
    #expect(
      error?.description
        == "profile p: the IAM Identity Center login has expired; run `aws sso login --profile p`")
    #expect(portal.log.isEmpty)
  }
}

/// A handler made from a closure.
private struct FakeAny: FakeHandler {
  let body: @Sendable (FakeRequest) -> FakeAnswer?
  func answer(_ request: FakeRequest) async -> FakeAnswer? { body(request) }
}
