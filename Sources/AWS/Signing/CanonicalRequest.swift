/// A request in the one form that both ends can compute, which is what is signed.
///
/// Source: IAM user guide, "Create a signed AWS API request", step 1.
struct CanonicalRequest {
  /// Lower-case names, sorted, joined by `;`.
  let signedHeaders: String
  let text: String

  /// - Parameter path: whether the path is signed as sent (S3) or normalised and encoded once more (all others).
  init(_ request: HTTPRequest, path: PathRule, payloadHash: String) {
    var merged: [String: [String]] = ["host": [request.endpoint.authority]]
    for header in request.headers {
      let name = header.name.lowercased()
      guard name != "host", !Self.unsigned.contains(name) else { continue }
      merged[name, default: []].append(Self.collapsed(header.value))
    }
    let names = merged.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    signedHeaders = names.joined(separator: ";")
    let lines = names.map { "\($0):\(merged[$0, default: []].joined(separator: ","))\n" }.joined()
    let target = request.endpoint.basePath + request.path
    text = [
      request.method.rawValue, path == .asSent ? (target.isEmpty ? "/" : target) : Self.normalised(target),
      request.canonicalQuery, lines, signedHeaders, payloadHash,
    ].joined(separator: "\n")
  }

  enum PathRule: Sendable { case asSent, normalised }

  /// Headers that proxies may change, which botocore leaves out too.
  private static let unsigned: Set<String> = [
    "authorization", "connection", "expect", "keep-alive", "proxy-authenticate", "proxy-authorization", "te", "trailer",
    "transfer-encoding", "upgrade", "user-agent", "x-amzn-trace-id",
  ]

  /// Trimmed, and with one space for each run of white space.
  private static func collapsed(_ value: String) -> String {
    // Session tokens are long and have no white space.
    if value.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) { return value }
    return value.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  /// Dot segments and empty segments removed, then encoded on top of the wire form.
  private static func normalised(_ path: String) -> String {
    var segments: [Substring] = []
    for segment in path.split(separator: "/", omittingEmptySubsequences: true) {
      switch segment {
      case ".": continue
      case "..": _ = segments.popLast()
      default: segments.append(segment)
      }
    }
    guard !segments.isEmpty else { return "/" }
    let tail = path.hasSuffix("/") ? "/" : ""
    return PercentEncoding.encodePath("/" + segments.joined(separator: "/") + tail)
  }
}
