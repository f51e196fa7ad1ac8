import Foundation

/// A request as the fake endpoint saw it, interpreted the way AWS would.
package struct FakeRequest: Sendable {
  /// The signing name: `batch`, `ec2`, `monitoring` …; guessed from the action if unsigned.
  package let service: String
  /// `ListJobs`, `DescribeInstances`, `GetObject` …
  package let operation: String
  /// Empty if unsigned.
  package let region: String
  package let accessKeyID: String?
  package let method: String
  /// As sent, still encoded.
  package let rawPath: String
  package let rawQuery: String
  /// Lower-case names.
  package let headers: [String: String]
  package let body: [UInt8]
  /// Equal for requests on the same connection.
  package let connection: String

  /// The decoded path.
  package var path: String { decoded(rawPath, plusIsSpace: false) }
  /// The query's parameters, decoded.
  package var query: [String: String] { parameters(rawQuery, plusIsSpace: false) }
  /// The form body's parameters, decoded.
  package var form: [String: String] { parameters(String(decoding: body, as: UTF8.self), plusIsSpace: true) }
  /// The body as text.
  package var text: String { String(decoding: body, as: UTF8.self) }

  package init(
    method: String, rawPath: String, rawQuery: String, headers: [String: String], body: [UInt8],
    connection: String = ""
  ) {
    self.connection = connection
    (self.method, self.rawPath, self.rawQuery) = (method, rawPath, rawQuery)
    (self.headers, self.body) = (headers, body)
    let scope = FakeScope(headers["authorization"] ?? "")
    accessKeyID = scope?.accessKeyID
    region = scope?.region ?? ""
    let form = headers["content-type"]?.hasPrefix("application/x-www-form-urlencoded") == true
    let action = form ? parameters(String(decoding: body, as: UTF8.self), plusIsSpace: true)["Action"] : nil
    service = scope?.service ?? (action == nil ? "" : "sts")
    if let target = headers["x-amz-target"] {
      operation = String(target.split(separator: ".").last ?? "")
    } else if let action {
      operation = action
    } else if service == "s3" {
      operation = parameters(rawQuery, plusIsSpace: false)["list-type"] == nil ? "GetObject" : "ListObjectsV2"
    } else {
      operation = Self.restOperations[String(rawPath.split(separator: "/").last ?? "")] ?? rawPath
    }
  }

  /// Batch writes its operations in lower case in the path.
  private static let restOperations = Dictionary(
    uniqueKeysWithValues: [
      "ListJobs", "DescribeJobs", "DescribeJobQueues", "DescribeComputeEnvironments", "DescribeJobDefinitions",
      "ListServiceJobs", "DescribeServiceJob", "DescribeSchedulingPolicies",
    ].map { ($0.lowercased(), $0) })
}

/// The part of the `Authorization` header before the signature.
struct FakeScope {
  let accessKeyID: String
  let day: String
  let region: String
  let service: String
  let signedHeaders: [String]
  let signature: String

  init?(_ authorization: String) {
    guard authorization.hasPrefix("AWS4-HMAC-SHA256 ") else { return nil }
    var fields: [String: String] = [:]
    for field in authorization.dropFirst("AWS4-HMAC-SHA256 ".count).split(separator: ",") {
      let sides = field.split(separator: "=", maxSplits: 1)
      guard sides.count == 2 else { return nil }
      fields[String(sides[0].drop { $0 == " " })] = String(sides[1])
    }
    let credential = (fields["Credential"] ?? "").split(separator: "/").map(String.init)
    guard credential.count == 5, credential[4] == "aws4_request", let signed = fields["SignedHeaders"],
      let signature = fields["Signature"]
    else { return nil }
    (accessKeyID, day, region, service) = (credential[0], credential[1], credential[2], credential[3])
    signedHeaders = signed.split(separator: ";").map(String.init)
    self.signature = signature
  }
}

func parameters(_ text: String, plusIsSpace: Bool) -> [String: String] {
  var found: [String: String] = [:]
  for (name, value) in parameterList(text, plusIsSpace: plusIsSpace) { found[name] = value }
  return found
}

func parameterList(_ text: String, plusIsSpace: Bool) -> [(String, String)] {
  text.split(separator: "&").map { pair in
    let sides = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    return (
      decoded(String(sides[0]), plusIsSpace: plusIsSpace),
      decoded(sides.count == 2 ? String(sides[1]) : "", plusIsSpace: plusIsSpace)
    )
  }
}

func decoded(_ text: String, plusIsSpace: Bool) -> String {
  (plusIsSpace ? text.replacing("+", with: " ") : text).removingPercentEncoding ?? text
}
