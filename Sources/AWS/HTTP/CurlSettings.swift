import CCurl

/// Sets options of one handle and remembers the first that libcurl refused.
struct CurlSettings {
  let easy: UnsafeMutableRawPointer
  private(set) var failure = CURLE_OK

  init(easy: UnsafeMutableRawPointer) { self.easy = easy }

  mutating func set(_ option: CURLoption, _ value: Int) { note(bc_curl_set_long(easy, option, value)) }
  mutating func set(_ option: CURLoption, _ value: String) { note(bc_curl_set_string(easy, option, value)) }
  mutating func set(_ option: CURLoption, _ value: UnsafeMutablePointer<CChar>) {
    note(bc_curl_set_pointer(easy, option, value))
  }

  mutating func bound(_ limits: HTTPRequest.Limits, _ options: TransportOptions) {
    set(CURLOPT_CONNECTTIMEOUT, options.connectSeconds)
    set(CURLOPT_LOW_SPEED_LIMIT, 1)
    set(CURLOPT_LOW_SPEED_TIME, options.stallSeconds)
    set(CURLOPT_TIMEOUT_MS, max(1, Int(limits.seconds * 1000)))
    note(bc_curl_set_offset(easy, CURLOPT_MAXFILESIZE_LARGE, curl_off_t(limits.maximumBodyBytes)))
  }

  /// Proxy and certificates. Sets everything, so that libcurl reads no variables itself.
  mutating func trust(_ options: TransportOptions, _ request: HTTPRequest) {
    let direct = request.limits.bypassesProxy || request.endpoint.isLoopback
    let proxy = request.endpoint.scheme == .https ? options.httpsProxy : options.httpProxy
    set(CURLOPT_PROXY, direct ? "" : proxy ?? "")
    set(CURLOPT_NOPROXY, options.noProxy ?? "")
    set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1)
    set(CURLOPT_SSL_VERIFYPEER, 1)
    set(CURLOPT_SSL_VERIFYHOST, 2)
    if let file = options.caFile { set(CURLOPT_CAINFO, file) }
    if let directory = options.caDirectory { set(CURLOPT_CAPATH, directory) }
  }

  mutating func send(_ request: HTTPRequest, headers: inout UnsafeMutablePointer<curl_slist>?) {
    if request.method != .get || !request.body.isEmpty {
      note(bc_curl_set_offset(easy, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(request.body.count)))
      request.body.withUnsafeBytes { bytes in
        note(bc_curl_set_pointer(easy, CURLOPT_COPYPOSTFIELDS, bytes.baseAddress ?? UnsafeRawPointer(easy)))
      }
    }
    set(CURLOPT_CUSTOMREQUEST, request.method.rawValue)
    var lines = request.headers.map { $0.value.isEmpty ? "\($0.name);" : "\($0.name): \($0.value)" }
    let names = Set(request.headers.map { $0.name.lowercased() })
    // By default libcurl adds a form's content type to every body, sends `Expect: 100-continue`, and names itself.
    for name in ["Content-Type", "Accept"] where !names.contains(name.lowercased()) { lines.append("\(name):") }
    lines.append("Expect:")
    if !names.contains("user-agent") { lines.append("User-Agent: batchcost") }
    for line in lines {
      guard let longer = curl_slist_append(headers, line) else { return note(CURLE_OUT_OF_MEMORY) }
      headers = longer
    }
    note(bc_curl_set_list(easy, CURLOPT_HTTPHEADER, headers))
  }

  mutating func receive(
    _ exchange: CurlExchange, header: @escaping bc_curl_receive, body: @escaping bc_curl_receive
  ) {
    let user = Unmanaged.passUnretained(exchange).toOpaque()
    note(bc_curl_set_receive(easy, CURLOPT_HEADERFUNCTION, header))
    note(bc_curl_set_pointer(easy, CURLOPT_HEADERDATA, user))
    note(bc_curl_set_receive(easy, CURLOPT_WRITEFUNCTION, body))
    note(bc_curl_set_pointer(easy, CURLOPT_WRITEDATA, user))
  }

  private mutating func note(_ code: CURLcode) {
    if failure == CURLE_OK { failure = code }
  }
}

extension TransportError.Kind {
  init(_ code: CURLcode) {
    switch code {
    case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY, CURLE_COULDNT_CONNECT: self = .noConnection
    case CURLE_OPERATION_TIMEDOUT: self = .timedOut
    case CURLE_FILESIZE_EXCEEDED: self = .tooLarge
    case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CACERT_BADFILE, CURLE_SSL_CERTPROBLEM: self = .untrusted
    case CURLE_PARTIAL_FILE, CURLE_GOT_NOTHING, CURLE_SEND_ERROR, CURLE_RECV_ERROR, CURLE_SSL_CONNECT_ERROR,
      CURLE_HTTP2, CURLE_HTTP2_STREAM, CURLE_WEIRD_SERVER_REPLY:
      self = .interrupted
    default: self = .unsendable
    }
  }
}
