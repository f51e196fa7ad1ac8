import Foundation
import TestSupport
import Testing

@testable import AWS

/// Config files in many forms, read by botocore and by us.
@Suite struct BotocoreConfigurationTests {
  /// The text of the config and of the credentials file, and the profile asked for.
  private static let forms: [(config: String, credentials: String, profile: String)] = [
    ("[default]\nregion=r1", "", "default"), ("[default]\nregion = r1", "", "default"),
    ("[default]\nregion: r1", "", "default"), ("[default]\nregion : r1 = x", "", "default"),
    ("[default]\nregion = r1:x", "", "default"), ("[default]\nREGION = r1", "", "default"),
    ("[default]\n  region = r1", "", "default"), ("[default]\n\tregion\t=\tr1\t", "", "default"),
    ("[default]\r\nregion = r1\r\n", "", "default"), ("[default]\rregion = r1\r", "", "default"),
    ("\n\n[default]\n\nregion = r1\n\n", "", "default"),
    ("# c\n[default]\n; c\nregion = r1\n#region = r2", "", "default"),
    ("[default]\n  # c\nregion = r1", "", "default"), ("[default]\nregion = r1 # no comment", "", "default"),
    ("[default]\nregion = r1 ; no comment", "", "default"), ("[default] # c\nregion = r1", "", "default"),
    ("  [default]\nregion = r1", "", "default"), ("[default]x]\nregion = r1", "", "default"),
    ("[ default ]\nregion = r1", "", "default"), ("[default]\nregion =", "", "default"),
    ("[default]\nregion", "", "default"), ("[default]\n= r1", "", "default"), ("region = r1", "", "default"),
    ("[default\nregion = r1", "", "default"), ("[]\nregion = r1", "", "default"), ("", "", "default"),
    ("[default]\nregion = r1\nregion = r2", "", "default"), ("[default]\nregion = r1\nRegion = r2", "", "default"),
    ("[default]\nregion = r1\n[default]\noutput = json", "", "default"),
    ("[default]\nregion = r1\n[profile default]\nregion = r2", "", "default"),
    ("[profile default]\nregion = r2\n[default]\nregion = r1", "", "default"),
    ("[profile default]\nregion = r2", "", "default"),
    ("[DEFAULT]\nregion = r1\n[default]\noutput = json", "", "default"),
    ("[DEFAULT]\nregion = r1\n[default]\nregion = r2", "", "default"), ("[DEFAULT]\nregion = r1", "", "default"),
    ("[Default]\nregion = r1", "", "default"), ("[profile a]\nregion = r1", "", "a"),
    ("[profile \"a b\"]\nregion = r1", "", "a b"), ("[profile 'a b']\nregion = r1", "", "a b"),
    ("[profile a b]\nregion = r1", "", "a b"), ("[profile   a]\nregion = r1", "", "a"),
    ("[profile\ta]\nregion = r1", "", "a"), ("[profile a ]\nregion = r1", "", "a"),
    ("[ profile a]\nregion = r1", "", "a"),
    ("[profile \"a]\nregion = r1", "", "a"), ("[profile a\\ b]\nregion = r1", "", "a b"), ("[a]\nregion = r1", "", "a"),
    ("[Profile a]\nregion = r1", "", "a"), ("[profilex a]\nregion = r1", "", "a"),
    ("[default]\nregion = r1\n  r2", "", "default"), ("[default]\nregion = r1\n\n  r2\n", "", "default"),
    ("[default]\nregion = r1\n  # c\n  r2", "", "default"),
    ("[default]\n  region = r1\n  output = json", "", "default"),
    ("[default]\n  output = json\nregion = r1", "", "default"),
    ("[default]\ns3 =\n  addressing_style = path\n  max_queue_size=1\nregion = r1", "", "default"),
    ("[default]\ns3 =\n  Addressing_Style = path\n", "", "default"),
    ("[default]\ns3 =\n  nonsense\nregion = r1", "", "default"),
    ("[default]\ns3 =\n\n  addressing_style = path\n\nregion = r1", "", "default"),
    ("[default]\ns3 = # c\n  addressing_style = path\nregion = r1", "", "default"),
    ("[default]\ns3:\n  addressing_style: path\nregion = r1", "", "default"),
    ("[default]\nregion = r1", "[default]\nregion = r2", "default"), ("", "[default]\nregion = r2", "default"),
    ("[profile a]\nregion = r1", "[a]\noutput = json", "a"), ("", "[profile a]\nregion = r1", "a"),
    ("", "[profile a]\nregion = r1", "profile a"), ("", "[a]\nregion: r1", "a"),
    ("", "[a]\nregion = r1\nregion = r2", "a"),
    ("\u{FEFF}[default]\nregion = r1", "", "default"), ("[default]\nregion = r\u{E9}\u{4E2D}", "", "default"),
    ("[default]\n\u{A0}region\u{A0}=\u{2003}r1", "", "default"),
    ("[default]\nregion = a\u{2028}b\u{B}c", "", "default"),
    ("[default]\nregion = %(x)s ${y} $HOME", "", "default"),
  ]

  private static let oracle = """
    import json, os, sys, botocore.session
    folder, count = sys.argv[1], int(sys.argv[2])
    profiles = json.load(sys.stdin)
    for k in list(os.environ):
        if k.startswith("AWS_"): del os.environ[k]
    for index in range(count):
        os.environ["AWS_CONFIG_FILE"] = f"{folder}/config-{index}"
        os.environ["AWS_SHARED_CREDENTIALS_FILE"] = f"{folder}/credentials-{index}"
        os.environ["AWS_PROFILE"] = profiles[index]
        try:
            scoped = botocore.session.Session().get_scoped_config()
            values = {k: scoped[k] for k in ("region", "output", "s3") if scoped.get(k)}
            print(json.dumps(values, sort_keys=True))
        except Exception as error:
            print(json.dumps("refused"))
    """

  @Test(
    "Config files in many forms are read as botocore reads them",
    .enabled("python3 with botocore is not installed") { await Python.has("botocore") })
  func forms() async throws {
    let folder = try TemporaryFolder()
    for (index, form) in Self.forms.enumerated() {
      _ = try folder.add("config-\(index)", form.config)
      _ = try folder.add("credentials-\(index)", form.credentials)
    }
    let profiles = try JSONEncoder().encode(Self.forms.map(\.profile))
    let path = URL(fileURLWithPath: try folder.add("x", "")).deletingLastPathComponent().path
    let answers = try await Python.run(
      Self.oracle, input: String(decoding: profiles, as: UTF8.self), arguments: [path, String(Self.forms.count)]
    ).split(separator: "\n")
    try #require(answers.count == Self.forms.count)
    var equal = 0
    for (index, form) in Self.forms.enumerated() {
      let ours = try Self.ours(path, index, form.profile)
      let theirs = try JSONSerialization.jsonObject(with: Data(answers[index].utf8), options: .fragmentsAllowed)
      let isEqual = NSDictionary(dictionary: ["": ours]).isEqual(to: ["": theirs])
      equal += isEqual ? 1 : 0
      if !isEqual { Issue.record("\(form): ours \(ours), botocore's \(theirs)") }
    }
    print("settings against botocore: \(equal) of \(Self.forms.count) forms equal")
  }

  private static func ours(_ path: String, _ index: Int, _ profile: String) throws -> Any {
    let environment = AWSTests.environment(
      nil,
      ["AWS_CONFIG_FILE": "\(path)/config-\(index)", "AWS_SHARED_CREDENTIALS_FILE": "\(path)/credentials-\(index)"])
    do {
      let found = try SharedConfig(environment: environment).profile(profile, askedFor: "")
      var values: [String: Any] = [:]
      for key in ["region", "output", "s3"] { values[key] = found.nested[key] ?? found[key] }
      return values
    } catch { return "refused" }
  }

  @Test(
    "A path that is not a regular file counts as missing",
    arguments: ["/dev/null", "/dev/zero", "/tmp", "/nonexistent", "$HOME/none", "~/none"])
  func noFile(path: String) throws {
    let config = try SharedConfig(environment: environment(nil, ["AWS_CONFIG_FILE": path]))
    #expect(config.profiles.isEmpty)
  }

  @Test func aPipeDoesNotBlock() throws {
    let folder = try TemporaryFolder()
    let path = URL(fileURLWithPath: try folder.add("x", "")).deletingLastPathComponent().path + "/pipe"
    #expect(mkfifo(path, 0o600) == 0)
    #expect(try SharedConfig(environment: environment(nil, ["AWS_CONFIG_FILE": path])).profiles.isEmpty)
  }

  @Test func variablesInPaths() throws {
    let environment: Environment = ["HOME": "/h", "A": "x", "A_B": "y"]
    #expect(environment.expanding("$HOME/${A}z/$A_B/$NONE/~") == "/h/xz/y/$NONE/~")
    #expect(environment.expanding("~/c$") == "/h/c$")
    #expect(environment.expanding("${A") == "${A")
  }

  @Test(
    "A file in another encoding is refused by name",
    arguments: [
      ([0xFF, 0xFE, 0x5B, 0x00], "is UTF-16; save it as UTF-8"),
      ([0x5B, 0xE9, 0x5D], "is not UTF-8; save it as UTF-8"),
    ] as [([UInt8], String)])
  func encoding(bytes: [UInt8], reason: String) throws {
    let folder = try TemporaryFolder()
    let path = try folder.add("config", "")
    try Data(bytes).write(to: URL(fileURLWithPath: path))
    let error = #expect(throws: AWSError.self) {
      try SharedConfig(environment: environment(nil, ["AWS_CONFIG_FILE": path]))
    }
    #expect(error?.description == "\(path): \(reason)")
  }
}
