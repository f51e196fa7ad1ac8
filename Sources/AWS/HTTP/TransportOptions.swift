/// How connections are made: limits, proxy and certificates.
package struct TransportOptions: Sendable {
  /// Requests in progress at once; more wait in order.
  package var maximumInFlight = 8
  /// To a connection, TLS included.
  package var connectSeconds = 10
  /// A transfer without a byte for this long is aborted.
  package var stallSeconds = 60
  /// A proxy for https URLs, as `HTTPS_PROXY` gives it; nil: none.
  package var httpsProxy: String?
  /// The same for http URLs.
  package var httpProxy: String?
  /// Hosts to reach without a proxy, comma-separated, as in `NO_PROXY`.
  package var noProxy: String?
  /// A file of PEM certificates to trust; nil: the system's.
  package var caFile: String?
  /// A folder of such files, named by hash as OpenSSL does it.
  package var caDirectory: String?

  package init() {}

  /// Reads the usual variables. Proxies: `HTTPS_PROXY`, `ALL_PROXY`, `NO_PROXY` in either case, and `http_proxy` in lower
  /// case only (CGI servers set the other from a request header). Certificates: `AWS_CA_BUNDLE`, then the
  /// profile's `ca_bundle`, `REQUESTS_CA_BUNDLE`, `CURL_CA_BUNDLE`, `SSL_CERT_FILE`; `SSL_CERT_DIR`.
  package init(environment: Environment, profileCABundle: String? = nil) {
    func either(_ name: String) -> String? { environment[name.lowercased()] ?? environment[name.uppercased()] }
    let all = either("all_proxy")
    httpsProxy = either("https_proxy") ?? all
    httpProxy = environment["http_proxy"] ?? all
    noProxy = either("no_proxy")
    caFile =
      environment["AWS_CA_BUNDLE"] ?? profileCABundle ?? environment["REQUESTS_CA_BUNDLE"]
      ?? environment["CURL_CA_BUNDLE"] ?? environment["SSL_CERT_FILE"]
    caDirectory = environment["SSL_CERT_DIR"]
  }
}
