import Foundation
import TestSupport
import Testing

@testable import AWS

/// Signs random requests, and has botocore sign the same ones from their wire form.
@Suite struct SignerDifferentialTests {
  static let count = 5000

  @Test(.enabled("python3 with botocore is not installed") { await Python.has("botocore") })
  func agreesWithBotocore() async throws {
    let seed: UInt64 = 20_261_122
    var random = SeededGenerator(seed: seed)
    var cases: [SignerCase] = []
    for _ in 0..<Self.count { cases.append(try SignerCase(&random)) }
    let lines = cases.map(\.line).joined(separator: "\n")
    let answers = try await Python.run(Self.oracle, input: lines).split(separator: "\n").map(String.init)
    try #require(answers.count == cases.count)
    var equal = 0
    for (index, (known, answer)) in zip(cases, answers).enumerated() {
      if known.authorization == answer {
        equal += 1
      } else if index < 20 {
        Issue.record("seed \(seed) case \(index): \(known.line)\n ours \(known.authorization)\n botocore \(answer)")
      }
    }
    print("signer against botocore: \(equal) of \(cases.count) equal")
    #expect(equal == cases.count)
  }

  /// Reads one JSON document a line and writes one Authorization header a line.
  static let oracle = """
    import base64, datetime, json, sys
    import botocore.auth, botocore.awsrequest, botocore.credentials
    from unittest import mock

    for line in sys.stdin.read().split("\\n"):
        case = json.loads(line)
        credentials = botocore.credentials.Credentials("AKIDEXAMPLE", "secret/+key", case["token"])
        kind = botocore.auth.S3SigV4Auth if case["service"] == "s3" else botocore.auth.SigV4Auth
        signer = kind(credentials, case["service"], case["region"])
        request = botocore.awsrequest.AWSRequest(
            method=case["method"], url=case["url"], data=base64.b64decode(case["body"]))
        for name, value in case["headers"]:
            request.headers[name] = value
        if case["service"] == "s3":
            request.context["payload_signing_enabled"] = True
        when = datetime.datetime.fromtimestamp(case["time"], datetime.timezone.utc)
        with mock.patch("botocore.auth.get_current_datetime", lambda remove_tzinfo=True: when.replace(tzinfo=None)):
            signer.add_auth(request)
        print(request.headers["Authorization"])
    """
}

/// One random request: how we sign it, and what the oracle is told about it.
struct SignerCase {
  let authorization: String
  let line: String

  init(_ random: inout SeededGenerator) throws {
    let service = ["s3", "s3", "batch", "ec2", "ecs", "monitoring"].randomElement(using: &random) ?? "s3"
    let region = ["us-east-1", "eu-west-1", "cn-north-1", "us-gov-west-1"].randomElement(using: &random) ?? ""
    let host = [
      "https://batch.eu-west-1.amazonaws.com", "http://127.0.0.1:5577", "https://bucket.example.com:8443",
      "http://localhost:80", "https://example.com:443", "http://[::1]:4566", "https://proxy.example.com/prefix",
    ].randomElement(using: &random)
    let endpoint = try #require(Endpoint(host ?? ""))
    let method = [HTTPRequest.Method.get, .post, .put].randomElement(using: &random) ?? .get
    var request = HTTPRequest(method, endpoint, path: Self.path(&random))
    for _ in 0..<Int.random(in: 0...5, using: &random) {
      request.query.append(.init(Self.text(&random, "name"), Self.text(&random, "")))
    }
    if let first = request.query.first, Bool.random(using: &random) {
      request.query.append(.init(first.name, Self.text(&random, "")))
      request.query.append(.init(first.name, ""))
    }
    if method != .get {
      request.body = (0..<Int.random(in: 0...200, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random)
      }
      request.setHeader("Content-Type", "application/x-amz-json-1.1")
    }
    for name in ["X-Amz-Target", "x-amz-meta-a", "X-Amz-Meta-A-b", "User-Agent", "Accept", "Expect"]
    where Bool.random(using: &random) {
      request.setHeader(name, "  some \t value  \(Int.random(in: 0...9, using: &random)) ")
    }
    let token = Bool.random(using: &random) ? "FwoGZXIvYXdzEBYaD+/=\(UInt32.random(in: 0...9999, using: &random))" : nil
    let time = Int.random(in: 0...4_000_000_000, using: &random)
    let keys = AccessKeys(accessKeyID: "AKIDEXAMPLE", secretAccessKey: "secret/+key", sessionToken: token)
    let signed = Signer(keys: keys, region: region, service: service)
      .signed(request, at: Date(timeIntervalSince1970: Double(time)))
    authorization = signed.headers.first { $0.name == "Authorization" }?.value ?? ""
    // The oracle gets the query in another order, with one empty value written without its equals sign.
    var pairs = request.query.map { "\(PercentEncoding.encode($0.name))=\(PercentEncoding.encode($0.value))" }
    pairs.shuffle(using: &random)
    if let index = pairs.firstIndex(where: { $0.hasSuffix("=") }) { pairs[index].removeLast() }
    let url = "\(endpoint)\(request.path)\(pairs.isEmpty ? "" : "?")\(pairs.joined(separator: "&"))"
    let headers = request.headers.map { JSON.strings([$0.name, $0.value]) }
    let document = JSON.members(
      ("service", .string(service)), ("region", .string(region)), ("method", .string(method.rawValue)),
      ("url", .string(url)), ("headers", .array(headers)), ("time", .integer(Int64(time))),
      ("token", token.map(JSON.string) ?? .null), ("body", .string(Data(request.body).base64EncodedString())))
    line = String(decoding: document.bytes, as: UTF8.self)
  }

  private static func path(_ random: inout SeededGenerator) -> String {
    let raw = ["", "a", "dir with space", "ünï 字", "😀", "..", ".", "", "a+b", "arn:aws:batch", "x~y", "a*b", "%"]
    let segments = (0..<Int.random(in: 0...5, using: &random)).map { _ in raw.randomElement(using: &random) ?? "" }
    return "/" + PercentEncoding.encodePath(segments.joined(separator: "/"))
  }

  private static func text(_ random: inout SeededGenerator, _ prefix: String) -> String {
    let parts = ["a", "B", "-b", "~", "/", ":", " ", "+", "=", "&", "%2f", "ü", "字", "😀", "", ".", "_", "*", "?", "1"]
    return prefix
      + (0..<Int.random(in: 0...6, using: &random)).map { _ in parts.randomElement(using: &random) ?? "" }.joined()
  }
}
