import Foundation

/// The address of requests: scheme, host, port, and a path in front of each request's own.
package struct Endpoint: Sendable, Hashable, CustomStringConvertible {
  /// Plain HTTP is for metadata services and for endpoints that a user names.
  package enum Scheme: String, Sendable { case http, https }

  package let scheme: Scheme
  /// As in a URL: IPv6 addresses are in brackets.
  package let host: String
  /// Nil for the scheme's default.
  package let port: Int?
  /// Percent-encoded; empty or `/prefix`, without a trailing slash.
  package let basePath: String

  /// Reads `https://host[:port][/prefix]`; nil for anything else, such as user information, a query or a fragment.
  package init?(_ text: String) {
    guard let parts = URLComponents(string: text),
      let scheme = parts.scheme.flatMap({ Scheme(rawValue: $0.lowercased()) }),
      let host = parts.percentEncodedHost, !host.isEmpty, parts.user == nil, parts.password == nil,
      parts.query == nil, parts.fragment == nil
    else { return nil }
    self.scheme = scheme
    self.host = host.contains(":") && !host.hasPrefix("[") ? "[\(host)]" : host
    port = parts.port == (scheme == .https ? 443 : 80) ? nil : parts.port
    var path = Substring(parts.percentEncodedPath)
    while path.hasSuffix("/") { path.removeLast() }
    basePath = String(path)
  }

  /// With https and the default port.
  package init(host: String) {
    (scheme, self.host, port, basePath) = (.https, host, nil, "")
  }

  /// The same service under `name.` (for example an S3 bucket).
  package func subdomain(_ name: String) -> Endpoint {
    Endpoint(scheme: scheme, host: "\(name).\(host)", port: port, basePath: basePath)
  }

  private init(scheme: Scheme, host: String, port: Int?, basePath: String) {
    (self.scheme, self.host, self.port, self.basePath) = (scheme, host, port, basePath)
  }

  /// The `Host` header: with the port only if it is not the scheme's default.
  package var authority: String { port.map { "\(host):\($0)" } ?? host }

  package var description: String { "\(scheme.rawValue)://\(authority)\(basePath)" }

  /// Whether it is this machine (`localhost`, 127.0.0.0/8, ::1).
  package var isLoopback: Bool {
    host == "localhost" || host == "[::1]" || host.hasPrefix("127.") && host.allSatisfy { $0.isNumber || $0 == "." }
  }
}
