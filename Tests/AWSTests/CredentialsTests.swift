import Foundation
import Synchronization
import TestSupport
import Testing

@testable import AWS

/// Every source of credentials, with folders and servers that belong to the test.
@Suite struct CredentialsTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// The session's credentials, given the text of the config and credentials files.
  private func credentials(
    config: String = "", credentials: String = "", _ variables: [String: String] = [:], profile: String? = nil,
    transport: (any HTTPTransport)? = nil, timing: Timing = .system
  ) async throws -> Credentials {
    var environment = AWSTests.environment(nil, keys: false, ["HOME": folder.path])
    environment["AWS_CONFIG_FILE"] = try folder.add("config", config)
    environment["AWS_SHARED_CREDENTIALS_FILE"] = try folder.add("credentials", credentials)
    for (name, value) in variables { environment[name] = value }
    let session = try AWSSession(environment: environment, profile: profile, transport: transport, timing: timing)
    let cache = try #require(try session.client().credentials)
    return try await cache.credentials()
  }

  private let keys = "aws_access_key_id=AK\naws_secret_access_key=SK\n"

  // MARK: Order

  @Test func variablesComeBeforeFilesUnlessAProfileIsGiven() async throws {
    let variables = ["AWS_ACCESS_KEY_ID": "ENV", "AWS_SECRET_ACCESS_KEY": "S", "AWS_SESSION_TOKEN": "T"]
    let file = "[default]\n\(keys)[p]\n\(keys)"
    let fromVariables = try await credentials(credentials: file, variables)
    #expect(
      fromVariables.keys == AccessKeys(accessKeyID: "ENV", secretAccessKey: "S", sessionToken: "T"))
    #expect(fromVariables.source == "environment")
    #expect(try await credentials(credentials: file, variables, profile: "p").keys.accessKeyID == "AK")
    let named = variables.merging(["AWS_PROFILE": "p"]) { $1 }
    #expect(try await credentials(credentials: file, named).keys.accessKeyID == "ENV")
  }

  @Test func theCredentialsFileComesBeforeTheConfigFile() async throws {
    let other = "[default]\naws_access_key_id=CONFIG\naws_secret_access_key=S\n"
    #expect(try await credentials(config: other, credentials: "[default]\n\(keys)").keys.accessKeyID == "AK")
    #expect(try await credentials(config: other).keys.accessKeyID == "CONFIG")
  }

  @Test func missingCredentialsAreReported() async throws {
    let error = await #expect(throws: AWSError.self) { try await credentials() }
    #expect(error?.kind == .credentials)
    #expect(error?.description.contains("no AWS credentials found") == true)
  }

  @Test func halfAPairIsAnError() async throws {
    let error = await #expect(throws: AWSError.self) { try await credentials(["AWS_ACCESS_KEY_ID": "A"]) }
    #expect(error?.description == "AWS_ACCESS_KEY_ID: is set, but AWS_SECRET_ACCESS_KEY is not")
  }

  @Test func aLoginSessionSaysWhatToDo() async throws {
    let error = await #expect(throws: AWSError.self) {
      try await credentials(config: "[profile p]\nlogin_session=x\n", profile: "p")
    }
    #expect(error?.remedy == "run `eval $(aws configure export-credentials --profile p --format env)` first")
  }

  // MARK: credential_process

  private func process(_ script: String, timing: Timing = .system) async throws -> Credentials {
    let program = try folder.add("give keys", "#!/bin/sh\n\(script)\n")
    try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: program)
    return try await credentials(
      config: "[default]\ncredential_process = \"\(program)\" 'a b' \"$HOME\" ; x\n", timing: timing)
  }

  @Test func aProcessIsRunWithoutAShell() async throws {
    let script = """
      [ "$1" = "a b" ] || exit 3
      [ "$2" = '$HOME' ] || exit 4
      echo '{"Version":1,"AccessKeyId":"P","SecretAccessKey":"S","SessionToken":"T","Expiration":"2030-01-02T03:04:05Z"}'
      """
    let found = try await process(script)
    #expect(found.keys == AccessKeys(accessKeyID: "P", secretAccessKey: "S", sessionToken: "T"))
    #expect(found.expiration == UTC.parseISO8601("2030-01-02T03:04:05+00:00"))
  }

  @Test(arguments: [
    ("echo oops >&2; exit 7", "ended with status 7: oops"), ("echo secret-in-stdout", "printed no JSON document"),
    ("echo '{\"Version\":2}'", "printed a document whose Version is not 1"),
    ("echo '{\"Version\":1,\"AccessKeyId\":\"A\"}'", "gave no AccessKeyId and SecretAccessKey"),
    ("printf 'no\\033[2J \\342\\200\\256key\\a\\n' >&2; exit 1", "ended with status 1: no·[2J ·key·"),
    ("head -c 2000000 /dev/zero", "printed more than 1048576 bytes"),
    ("kill -9 $$", "was ended by signal 9: "),
  ])
  func aFailingProcessIsNamedButItsOutputIsNot(script: String, message: String) async throws {
    let error = await #expect(throws: AWSError.self) { try await process(script) }
    #expect(error?.what == message)
    #expect(error?.place == "credential_process of profile default")
  }

  /// Threads of Swift's pool block signals. A program that inherited that mask could not be killed.
  @Test func aProcessReceivesSignals() async throws {
    let script = """
      blocked=$(sed -n 's/^SigBlk:[^0-9a-f]*//p' /proc/self/status)
      [ "$blocked" = 0000000000000000 ] || { echo "blocked: $blocked" >&2; exit 5; }
      echo '{"Version":1,"AccessKeyId":"P","SecretAccessKey":"S"}'
      """
    #expect(try await process(script).keys.accessKeyID == "P")
  }

  /// We wait for neither a program that hangs nor one that exits and leaves a child holding its output open.
  @Test(arguments: ["sleep 60", "sleep 60 & exit 0"])
  func aProcessThatHangsIsKilled(script: String) async throws {
    let hasty = Timing(
      now: { Date() }, sleep: { try await Task.sleep(for: .seconds($0 == 120 ? 1 : $0)) }, random: { 0.5 })
    let clock = ContinuousClock()
    let start = clock.now
    let error = await #expect(throws: AWSError.self) { try await process(script, timing: hasty) }
    // The program that exited by itself has printed nothing by then.
    #expect(["did not end within 120 seconds", "printed no JSON document"].contains(error?.what))
    #expect(clock.now - start < .seconds(600))
  }

  @Test(arguments: [
    ("a b", ["a", "b"]), ("  a   'b c'\t\"d e\"", ["a", "b c", "d e"]), ("a\\ b c", ["a b", "c"]),
    ("'a'\"b\"c", ["abc"]), ("\"a\\\"b\" '\\'", ["a\"b", "\\"]), ("''", [""]), ("", []), ("'a", nil), ("a\\", nil),
  ])
  func wordsAreSplitLikeAShell(line: String, words: [String]?) {
    #expect(CommandLineWords.split(line) == words)
  }

  // MARK: Roles

  /// An STS whose keys spell out who asked for which role.
  private func sts() -> FakeTransport {
    FakeTransport { request in
      let form = String(decoding: request.body, as: UTF8.self)
      let authorization = request.headers.first { $0.name == "Authorization" }?.value ?? "unsigned"
      let from = authorization.split(separator: "=").dropFirst().first?.split(separator: "/").first ?? "unsigned"
      let action = form.contains("WithWebIdentity") ? "AssumeRoleWithWebIdentity" : "AssumeRole"
      let role = form.split(separator: "&").first { $0.hasPrefix("RoleArn=") }?.dropFirst(8) ?? ""
      return HTTPResponse(
        status: 200,
        body: Array(
          """
          <R><\(action)Result><Credentials><AccessKeyId>\(from)>\(role)</AccessKeyId><SecretAccessKey>S</SecretAccessKey>
          <SessionToken>T</SessionToken><Expiration>2030-01-01T00:00:00Z</Expiration></Credentials></\(action)Result></R>
          """.replacing(">\(role)<", with: "&gt;\(role)<").utf8))
    }
  }

  @Test func rolesAreAssumedThroughChains() async throws {
    let transport = sts()
    let config = """
      [profile top]
      role_arn = top
      source_profile = middle
      external_id = id&1
      duration_seconds = 900
      role_session_name = me
      [profile middle]
      role_arn = middle
      source_profile = self
      [profile self]
      role_arn = self
      source_profile = self
      \(keys)
      """
    let found = try await credentials(config: config, profile: "top", transport: transport)
    #expect(found.keys.accessKeyID == "AK>middle>top")
    #expect(transport.log.count == 2)
    #expect(
      String(decoding: transport.log[1].body, as: UTF8.self)
        == "Action=AssumeRole&Version=2011-06-15&RoleArn=top&RoleSessionName=me&DurationSeconds=900&ExternalId=id%261")
    #expect(transport.log[0].endpoint.description == "https://sts.us-east-1.amazonaws.com")
    #expect(found.expiration == UTC.parseISO8601("2030-01-01T00:00:00Z"))
  }

  @Test(arguments: [
    ("[profile p]\nrole_arn=r\nsource_profile=q\n[profile q]\nrole_arn=s\nsource_profile=p\n", "circle"),
    ("[profile p]\nrole_arn=r\nsource_profile=q\n", "no profile named \"q\""),
    ("[profile p]\nrole_arn=r\nsource_profile=q\n[profile q]\nregion=x\n", "has no credentials"),
    ("[profile p]\nrole_arn=r\ncredential_source=Moon\n", "is unknown"),
    ("[profile p]\nrole_arn=r\ncredential_source=Environment\n", "has no credentials"),
    ("[profile p]\nrole_arn=r\nsource_profile=p\nmfa_serial=m\n", "MFA"),
    ("[profile p]\nrole_arn=r\nsource_profile=p\nduration_seconds=long\n", "duration_seconds"),
  ])
  func anUnusableRoleSaysWhy(config: String, message: String) async throws {
    let error = await #expect(throws: AWSError.self) {
      try await credentials(config: config, profile: "p", transport: sts())
    }
    #expect(error?.description.contains(message) == true)
  }

  @Test func aRoleTakesKeysFromTheEnvironment() async throws {
    let found = try await credentials(
      config: "[profile p]\nrole_arn=r\ncredential_source=Environment\n",
      ["AWS_ACCESS_KEY_ID": "ENV", "AWS_SECRET_ACCESS_KEY": "S"], profile: "p", transport: sts())
    #expect(found.keys.accessKeyID == "ENV>r")
  }

  @Test func aWebIdentityIsExchangedUnsigned() async throws {
    let transport = sts()
    let token = try folder.add("token", "eyJ.x.y\n")
    let found = try await credentials(
      ["AWS_WEB_IDENTITY_TOKEN_FILE": token, "AWS_ROLE_ARN": "r", "AWS_ROLE_SESSION_NAME": "pod"], transport: transport)
    #expect(found.keys.accessKeyID == "unsigned>r")
    #expect(
      String(decoding: transport.log[0].body, as: UTF8.self)
        == "Action=AssumeRoleWithWebIdentity&Version=2011-06-15&RoleArn=r&RoleSessionName=pod&WebIdentityToken=eyJ.x.y")
  }

  @Test func aWebIdentityOfAProfileComesFromItsFile() async throws {
    let token = try folder.add("token", "t")
    let found = try await credentials(
      config: "[profile p]\nrole_arn=r\nweb_identity_token_file=\(token)\n", profile: "p", transport: sts())
    #expect(found.keys.accessKeyID == "unsigned>r")
  }
}
