import Foundation
import TestSupport
import Testing

@testable import AWS

@Suite struct XMLAnswerTests {
  private func json(_ operation: String, _ xml: String) -> String? {
    XMLAnswers.json(operation, Array(xml.utf8)).map { String(decoding: $0, as: UTF8.self) }
  }

  /// EC2 API reference, DescribeSpotPriceHistory, example 1 (shortened), plus a token.
  @Test func spotPricesReadLikeTheCommandLine() {
    let xml = """
      <DescribeSpotPriceHistoryResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/">
        <requestId>59dbff89-35bd-4eac-99ed-be587EXAMPLE</requestId>
        <spotPriceHistorySet>
          <item>
            <instanceType>m3.medium</instanceType>
            <productDescription>Linux/UNIX</productDescription>
            <spotPrice>0.287</spotPrice>
            <timestamp>2020-11-01T20:56:05.000Z</timestamp>
            <availabilityZone>us-west-2a</availabilityZone>
          </item>
        </spotPriceHistorySet>
        <nextToken/>
      </DescribeSpotPriceHistoryResponse>
      """
    #expect(
      json("DescribeSpotPriceHistory", xml)
        == "{\"SpotPriceHistory\":[{\"InstanceType\":\"m3.medium\",\"ProductDescription\":\"Linux/UNIX\","
        + "\"SpotPrice\":\"0.287\",\"Timestamp\":\"2020-11-01T20:56:05.000Z\",\"AvailabilityZone\":\"us-west-2a\"}],"
        + "\"NextToken\":\"\"}")
  }

  @Test func instancesReadLikeTheCommandLine() {
    let xml = """
      <DescribeInstancesResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><reservationSet><item>
      <reservationId>r-1</reservationId><groupSet/><instancesSet><item><instanceId>i-0a</instanceId>
      <amiLaunchIndex>0</amiLaunchIndex><instanceState><code>16</code><name>running</name></instanceState>
      <dnsName/><ebsOptimized>true</ebsOptimized><tagSet><item><key>a&amp;"b"</key><value>ü 😀</value></item></tagSet>
      <unheardOf>x</unheardOf></item></instancesSet></item></reservationSet></DescribeInstancesResponse>
      """
    #expect(
      json("DescribeInstances", xml)
        == "{\"Reservations\":[{\"ReservationId\":\"r-1\",\"Groups\":[],\"Instances\":[{\"InstanceId\":\"i-0a\","
        + "\"AmiLaunchIndex\":0,\"State\":{\"Code\":16,\"Name\":\"running\"},\"PublicDnsName\":\"\",\"EbsOptimized\":true,"
        + "\"Tags\":[{\"Key\":\"a&\\\"b\\\"\",\"Value\":\"ü 😀\"}]}]}]}")
  }

  @Test func resultsOfTheQueryProtocolAreUnwrapped() {
    let xml = """
      <GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>
      <Arn>arn:aws:iam::123456789012:user/Alice</Arn><UserId>AIDA</UserId><Account>123456789012</Account>
      </GetCallerIdentityResult></GetCallerIdentityResponse>
      """
    #expect(
      json("GetCallerIdentity", xml)
        == "{\"Arn\":\"arn:aws:iam::123456789012:user/Alice\",\"UserId\":\"AIDA\",\"Account\":\"123456789012\"}")
  }

  @Test func flattenedListsAreGathered() {
    let xml = """
      <ListBucketResult><Contents><Key>a</Key><Size>3</Size></Contents><Prefix/><Contents><Key>b</Key></Contents>
      <IsTruncated>false</IsTruncated></ListBucketResult>
      """
    #expect(
      json("ListObjectsV2", xml)
        == "{\"Contents\":[{\"Key\":\"a\",\"Size\":3},{\"Key\":\"b\"}],\"Prefix\":\"\",\"IsTruncated\":false}")
  }

  @Test(arguments: ["", "<a>", "<a></b>", "{}", "<a>\u{0}</a>", String(repeating: "<a>", count: 100)])
  func invalidDocumentsAreRejected(xml: String) {
    #expect(json("DescribeInstances", xml) == nil)
  }

  /// Entities that the document declares are not expanded: "billion laughs".
  @Test func entitiesDoNotExplode() {
    var xml = "<!DOCTYPE a [<!ENTITY e0 \"0123456789\">"
    for level in 1..<12 {
      let inner = String(repeating: "&e\(level - 1);", count: 10)
      xml += "<!ENTITY e\(level) \"\(inner)\">"
    }
    xml += "]><DescribeInstancesResponse><nextToken>&e11;</nextToken></DescribeInstancesResponse>"
    #expect((json("DescribeInstances", xml)?.utf8.count ?? 0) < 1_000_000)
  }

  @Test(.enabled("python3 with botocore 1.43.11 is not installed", Python.hasOurBotocore))
  func agreesWithBotocoresParser() async throws {
    let seed = 20_261_122
    let lines = try await Python.run(Self.oracle, input: "", arguments: [String(seed)]).split(separator: "\n")
    var equal = 0
    for line in lines {
      let parts = line.split(separator: "\t", maxSplits: 2).map(String.init)
      try #require(parts.count == 3)
      let xml = try #require(Data(base64Encoded: parts[1]))
      let ours = try #require(XMLAnswers.json(parts[0], [UInt8](xml)))
      let same =
        try NSDictionary(dictionary: Self.object(Data(ours)))
        == NSDictionary(
          dictionary: Self.object(Data(parts[2].utf8)))
      if same { equal += 1 }
      #expect(same, "seed \(seed) \(parts[0])\n\(String(decoding: xml, as: UTF8.self))\n\(parts[2])")
    }
    print("XML answers against botocore: \(equal) of \(lines.count) equal")
    #expect(lines.count >= 900)
  }

  private static func object(_ data: Data) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
  }

  /// Makes random documents from botocore's models and parses each with botocore: name, XML and JSON, one line each.
  static let oracle = """
    import base64, json, random, sys
    from xml.sax.saxutils import escape
    import botocore.parsers, botocore.session

    random.seed(int(sys.argv[1]))
    factory = botocore.parsers.ResponseParserFactory()
    factory.set_parser_defaults(timestamp_parser=lambda text: text)
    OPERATIONS = {
        "ec2": ["DescribeCapacityBlocks", "DescribeCapacityReservations", "DescribeInstances", "DescribeInstanceTypes", "DescribeSpotInstanceRequests",
                "DescribeSpotPriceHistory", "DescribeVolumes"],
        "s3": ["ListObjectsV2"], "sts": ["AssumeRole", "AssumeRoleWithWebIdentity", "GetCallerIdentity"]}
    TEXTS = ["a", "", " spaced  text ", 'quote " \\\\ slash', "<&>", "ü 字 😀", "line\\nbreak\\ttab", "123", "true"]

    def content(shape):
        kind = shape.type_name
        if kind == "structure":
            members = [(n, m) for n, m in shape.members.items() if m.serialization.get("location") != "header"]
            random.shuffle(members)
            share = random.choice([0.2, 0.6, 1.0])
            return "".join(element(n, m) for n, m in members if random.random() < share)
        if kind == "list":
            name = shape.member.serialization.get("name", "member")
            return "".join(f"<{name}>{content(shape.member)}</{name}>" for _ in range(random.randint(0, 3)))
        if kind == "boolean":
            return random.choice(["true", "false"])
        if kind in ("integer", "long"):
            return str(random.choice([0, -1, 7, 2**31, 2**53 - 1]))
        if kind in ("double", "float"):
            return random.choice(["2.5", "3", "0.000001", "1E3"])
        if kind == "timestamp":
            return "2026-11-22T10:24:31.000Z"
        return escape(random.choice(TEXTS))

    def element(name, member):
        if member.type_name == "list" and member.serialization.get("flattened"):
            wire = member.member.serialization.get("name") or member.serialization.get("name", name)
            return "".join(f"<{wire}>{content(member.member)}</{wire}>" for _ in range(random.randint(0, 3)))
        wire = member.serialization.get("name", name)
        return f"<{wire}>{content(member)}</{wire}>"

    for service, names in OPERATIONS.items():
        model = botocore.session.get_session().get_service_model(service)
        parser = factory.create_parser(model.metadata["protocol"])
        for name in names:
            shape = model.operation_model(name).output_shape
            for _ in range(100):
                body = content(shape)
                if service == "sts":
                    body = f"<{name}Result>{body}</{name}Result><ResponseMetadata><RequestId>r</RequestId></ResponseMetadata>"
                elif service == "ec2":
                    body += "<requestId>r</requestId>"
                xml = f'<?xml version="1.0" encoding="UTF-8"?>\\n<{name}Response xmlns="http://x/">{body}</{name}Response>'.encode()
                parsed = parser.parse({"body": xml, "headers": {}, "status_code": 200}, shape)
                parsed.pop("ResponseMetadata", None)
                print(name, base64.b64encode(xml).decode(), json.dumps(parsed), sep="\\t")
    """

  @Test(.enabled("python3 with botocore 1.43.11 is not installed", Python.hasOurBotocore))
  func theTablesAreUpToDate() async throws {
    let script = Repository.root.appending(path: "scripts/answer-shapes")
    let program = try String(contentsOf: script, encoding: .utf8).replacing("__file__", with: "\"\(script.path)\"")
    _ = try await Python.run(program, input: "", arguments: ["--check"])
  }

  /// Found by `scripts/fuzz`: Foundation's parser trapped on both.
  @Test(arguments: [
    Array("<Respon".utf8) + [0xEF] + Array("e><Errors><Error><Code>A</Code></Error></Errors></Response>".utf8),
    Array("<AssumeRoleResponse><a></".utf8) + [0x90, 0x8A] + Array("></AssumeRoleResponse>".utf8),
  ])
  func invalidUTF8IsRejected(_ bytes: [UInt8]) {
    #expect(XMLAnswers.json("AssumeRole", bytes) == nil)
    #expect(ServiceFailure(HTTPResponse(status: 400, body: bytes)).code == "HTTP 400")
  }
}
