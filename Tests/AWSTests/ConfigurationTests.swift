import Foundation
import TestSupport
import Testing

@testable import AWS

@Suite struct INIFileTests {
  @Test func readsWhatAWSToolsRead() throws {
    let file = try INIFile(
      """
      # comment
      ; another
      [default]
      region=eu-west-1
      Output = json
      command = give "a # b" ; c
      aws_secret_access_key = a#b=c/d+e==
      s3 =
        max_concurrent_requests = 20
        addressing_style=path
      empty =

      [profile  "my profile" ] # trailing\r
      role_arn: arn:aws:iam::1:role/x\r
      """)
    let section = try #require(file["default"])
    #expect(section.values["region"] == "eu-west-1")
    #expect(section.values["output"] == "json")
    #expect(section.values["command"] == "give \"a # b\" ; c")
    #expect(section.values["aws_secret_access_key"] == "a#b=c/d+e==")
    #expect(section.nested["s3"] == ["max_concurrent_requests": "20", "addressing_style": "path"])
    let config = SharedConfig(config: file, credentials: INIFile())
    #expect(config.profiles["my profile"]?.values == ["role_arn": "arn:aws:iam::1:role/x"])
  }

  @Test(arguments: [
    ("[a]\nnonsense", 2, "is neither [section] nor key = value"), ("x = 1", 1, "stands before the first [section]"),
    ("[a\n", 1, "stands before the first [section]"), ("[a]\n\n= 3", 3, "is neither [section] nor key = value"),
    ("[a]\nx=1\nX: 2", 3, "says x for the second time"), ("[a]\n[b]\n[a]", 3, "begins [a] for the second time"),
    ("[a]\ns3 =\n  nonsense", 2, "holds a line below s3 that is not key = value"),
  ])
  func errorsNameTheLine(text: String, line: Int, reason: String) {
    #expect(throws: INIFile.Malformed(line: line, reason: reason)) { try INIFile(text) }
  }

  @Test func aProfileIsMergedFromBothFiles() throws {
    let config = SharedConfig(
      config: try INIFile("[default]\nregion=a\n[profile default]\nregion=b\n[profile x]\nregion=c\n[y]\nregion=d"),
      credentials: try INIFile("[x]\naws_access_key_id=k\nregion=first\n[z]\nregion=e"))
    #expect(config.profiles.keys.sorted() == ["default", "x", "z"])
    #expect(config.profiles["default"]?["region"] == "b")
    #expect(config.profiles["x"]?["region"] == "first")
    #expect(config.profiles["z"]?["region"] == "e")
  }

  @Test func errorsNameFileAndLine() throws {
    let folder = try TemporaryFolder()
    let path = try folder.add("config", "[default]\nregion eu-west-1\n")
    let error = #expect(throws: AWSError.self) {
      try AWSSession(environment: environment(["AWS_CONFIG_FILE": path]))
    }
    #expect(error?.description == "\(path):2: is neither [section] nor key = value")
  }

  private func environment(_ more: [String: String]) -> Environment { AWSTests.environment(nil, more) }
}

@Suite struct SessionTests {
  @Test func anUnknownProfileIsAnErrorThatListsTheOthers() throws {
    let folder = try TemporaryFolder()
    let path = try folder.add("config", "[profile b]\nregion=x\n[profile a]\nregion=y\n")
    let error = #expect(throws: AWSError.self) {
      try AWSSession(environment: environment(nil, ["AWS_CONFIG_FILE": path]), profile: "c")
    }
    #expect(error?.description == "--profile: no profile named \"c\"; there are a, b")
  }

  @Test func regionsComeFromVariablesThenTheProfile() throws {
    let folder = try TemporaryFolder()
    let path = try folder.add("config", "[default]\nregion=eu-west-3\n")
    func region(_ more: [String: String]) throws -> String? {
      var environment = AWSTests.environment(nil, more)
      environment["AWS_CONFIG_FILE"] = path
      return try AWSSession(environment: environment).defaultRegion
    }
    #expect(try region(["AWS_REGION": "a", "AWS_DEFAULT_REGION": "b"]) == "a")
    #expect(try region(["AWS_REGION": "", "AWS_DEFAULT_REGION": "b"]) == "b")
    #expect(try region(["AWS_REGION": ""]) == "eu-west-3")
  }

  @Test func aMissingRegionIsAnError() throws {
    let session = try AWSSession(environment: environment(nil, ["AWS_REGION": ""]))
    let error = #expect(throws: AWSError.self) { try session.client() }
    #expect(error?.description == "region: no region is set; give --region or set AWS_REGION")
  }
}

@Suite struct EndpointTests {
  private func url(
    _ service: Service, _ region: String, _ more: [String: String] = [:], config: String = "",
    profile: String = "default"
  ) throws -> String {
    let shared = SharedConfig(config: try INIFile(config), credentials: INIFile())
    let endpoints = Endpoints(
      environment: environment(nil, more), profile: shared.profiles[profile], config: shared)
    return try endpoints.target(of: service, region: region).endpoint.description
  }

  @Test func settingsHaveAnOrder() throws {
    let config =
      "[default]\nservices=s\nendpoint_url=http://profile\n[services s]\nbatch =\n  endpoint_url=http://batch"
    #expect(
      try url(
        .batch, "us-east-1", ["AWS_ENDPOINT_URL": "http://all", "AWS_ENDPOINT_URL_BATCH": "http://one/"], config: config
      )
        == "http://one")
    #expect(
      try url(.batch, "us-east-1", ["AWS_ENDPOINT_URL": "http://all:8080/x"], config: config) == "http://all:8080/x")
    #expect(try url(.batch, "us-east-1", config: config) == "http://batch")
    #expect(try url(.ec2, "us-east-1", config: config) == "http://profile")
    #expect(try url(.logs, "us-east-1", ["AWS_ENDPOINT_URL_CLOUDWATCH_LOGS": "http://logs"]) == "http://logs")
    let ignored = ["AWS_ENDPOINT_URL": "http://all", "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS": "true"]
    #expect(try url(.batch, "us-east-1", ignored, config: config) == "https://batch.us-east-1.amazonaws.com")
  }

  @Test(arguments: [
    ("us-east-1", "us-east-1"), ("us-west-2", "us-east-1"), ("sa-east-1", "us-east-1"), ("eu-west-1", "eu-central-1"),
    ("ap-northeast-1", "ap-south-1"), ("cn-north-1", "cn-northwest-1"),
  ])
  func pricesComeFromANearbyRegion(region: String, home: String) throws {
    let domain = region.hasPrefix("cn-") ? "amazonaws.com.cn" : "amazonaws.com"
    #expect(try url(.pricing, region) == "https://api.pricing.\(home).\(domain)")
  }

  @Test func unsupportedSettingsAreErrors() throws {
    #expect(throws: AWSError.self) { try url(.batch, "us-gov-west-1", ["AWS_USE_FIPS_ENDPOINT": "true"]) }
    #expect(throws: AWSError.self) { try url(.batch, "us-east-1", config: "[default]\nuse_fips_endpoint=TRUE") }
    let given = [
      "AWS_USE_FIPS_ENDPOINT": "true", "AWS_ENDPOINT_URL_BATCH": "https://batch.us-gov-west-1.amazonaws.com",
    ]
    #expect(try url(.batch, "us-gov-west-1", given) == "https://batch.us-gov-west-1.amazonaws.com")
  }

  @Test func govCloudHasNoPriceList() {
    #expect(throws: AWSError.self) { try url(.pricing, "us-gov-west-1") }
  }

  @Test(arguments: ["evil.com/", "us-east-1.evil.com", "", "US-EAST-1", "a b", "-x"])
  func aRegionCannotChangeTheHost(region: String) {
    #expect(throws: AWSError.self) { try url(.batch, region) }
  }

  @Test(arguments: ["ftp://x", "x", "http://", "http://u:p@x", "http://x?q", "http://x#f"])
  func anInvalidURLIsAnError(text: String) {
    let error = #expect(throws: AWSError.self) { try url(.batch, "us-east-1", ["AWS_ENDPOINT_URL_BATCH": text]) }
    #expect(error?.place == "AWS_ENDPOINT_URL_BATCH")
  }

  /// Our endpoints for every service and partition, against botocore's endpoint rules.
  @Test(.enabled("python3 with botocore is not installed") { await Python.has("botocore") })
  func agreesWithBotocore() async throws {
    let services: [(String, Service)] = [
      ("batch", .batch), ("ecs", .ecs), ("ec2", .ec2), ("cloudtrail", .cloudTrail), ("cloudwatch", .cloudWatch),
      ("logs", .logs), ("sqs", .sqs), ("sts", .sts), ("sso", .identityCenter), ("sso-oidc", .identityCenterLogin),
    ]
    let regions = ["us-east-1", "eu-west-1", "ap-south-2", "cn-north-1", "us-gov-west-1", "us-gov-east-1"]
    let program = """
      import botocore.session
      session = botocore.session.get_session()
      for service in "\(services.map(\.0).joined(separator: " "))".split():
          for region in "\(regions.joined(separator: " "))".split():
              client = session.create_client(service, region, aws_access_key_id="a", aws_secret_access_key="b")
              print(client.meta.endpoint_url)
      """
    let expected = try await Python.run(program, input: "").split(separator: "\n").map(String.init)
    let ours = try services.flatMap { service in try regions.map { try url(service.1, $0) } }
    #expect(ours == expected)
  }

  @Test func bucketNamesBecomeHostNamesIfPossible() throws {
    let endpoint = Endpoint(host: "s3.eu-west-1.amazonaws.com")
    func url(_ bucket: String, custom: Bool = false) -> String {
      S3.getObject(bucket: bucket, key: "a b/c").request(to: endpoint, isCustomEndpoint: custom).url
    }
    #expect(url("my-bucket") == "https://my-bucket.s3.eu-west-1.amazonaws.com/a%20b/c")
    #expect(url("my.bucket") == "https://s3.eu-west-1.amazonaws.com/my.bucket/a%20b/c")
    #expect(url("evil/../x") == "https://s3.eu-west-1.amazonaws.com/evil%2F..%2Fx/a%20b/c")
    #expect(url("my-bucket", custom: true) == "https://s3.eu-west-1.amazonaws.com/my-bucket/a%20b/c")
  }
}
