/// An HTTP request as it is sent.
package struct HTTPRequest: Sendable {
  package enum Method: String, Sendable {
    case get = "GET"
    case post = "POST"
    case put = "PUT"
    case delete = "DELETE"
  }

  /// Sent as it is: names keep their case.
  package struct Header: Sendable, Equatable {
    package let name: String
    package let value: String
    package init(_ name: String, _ value: String) { (self.name, self.value) = (name, value) }
  }

  /// A query parameter before encoding. One without a value (`?acl`) has an empty value and is sent as `acl=`.
  package struct QueryItem: Sendable, Equatable {
    package let name: String
    package let value: String
    package init(_ name: String, _ value: String) { (self.name, self.value) = (name, value) }
  }

  /// The limits of one request and its answer.
  package struct Limits: Sendable, Hashable {
    /// From the first byte sent to the last received, even if bytes keep arriving.
    package var seconds: Double
    /// Nothing of a longer answer is kept. The largest of AWS's own, a thousand instances, are about 10 MiB; parsed as
    /// JSON an answer takes up to ten times its size in memory.
    package var maximumBodyBytes: Int
    /// Metadata services are on this machine: no proxy is used.
    package var bypassesProxy: Bool

    package init(seconds: Double = 300, maximumBodyBytes: Int = 32 << 20, bypassesProxy: Bool = false) {
      self.seconds = seconds
      self.maximumBodyBytes = maximumBodyBytes
      self.bypassesProxy = bypassesProxy
    }
  }

  package var method: Method
  package var endpoint: Endpoint
  /// Percent-encoded, beginning with a slash.
  package var path: String
  package var query: [QueryItem]
  /// Without `Host`, which follows from the endpoint.
  package private(set) var headers: [Header]
  /// Sent whole; empty for requests without one.
  package var body: [UInt8]
  package var limits = Limits()

  package init(
    _ method: Method, _ endpoint: Endpoint, path: String = "/", query: [QueryItem] = [], headers: [Header] = [],
    body: [UInt8] = []
  ) {
    self.method = method
    self.endpoint = endpoint
    self.path = path
    self.query = query
    self.headers = headers
    self.body = body
  }

  /// Sets a header, replacing those of the same name; nil removes them.
  package mutating func setHeader(_ name: String, _ value: String?) {
    headers.removeAll { $0.name.lowercased() == name.lowercased() }
    if let value { headers.append(Header(name, value)) }
  }

  /// Encoded, then sorted by encoded name and value; the same query is sent, so that both ends see the same.
  package var canonicalQuery: String {
    query.map { (PercentEncoding.encode($0.name), PercentEncoding.encode($0.value)) }
      .sorted { $0 < $1 }
      .map { "\($0)=\($1)" }
      .joined(separator: "&")
  }

  /// With path and query, as it is sent.
  package var url: String {
    let query = canonicalQuery
    return "\(endpoint)\(path)\(query.isEmpty ? "" : "?\(query)")"
  }
}
