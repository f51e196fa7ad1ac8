import CCurl

/// One request in progress: its libcurl handle and what has been received so far. Used only on the loop's thread.
final class CurlExchange {
  let easy: UnsafeMutableRawPointer
  let job: CurlJob
  private var headerList: UnsafeMutablePointer<curl_slist>?
  private let errorText = UnsafeMutablePointer<CChar>.allocate(capacity: Int(CURL_ERROR_SIZE))
  private var headers: [HTTPRequest.Header] = []
  private var body: [UInt8] = []
  private var headerBytes = 0
  private static let maximumHeaderBytes = 1 << 18
  private var isTooLarge = false

  init(easy: UnsafeMutableRawPointer, job: CurlJob) {
    self.easy = easy
    self.job = job
    errorText.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
  }

  deinit { errorText.deallocate() }

  /// Configures the handle; nil on success.
  func prepare(_ options: TransportOptions) -> TransportError? {
    let request = job.request
    guard request.headers.allSatisfy({ isOneLine($0.name) && isOneLine($0.value) }), isOneLine(request.url) else {
      return TransportError(.unsendable, "a header or the URL of the request to \(request.endpoint) has a line break")
    }
    var settings = CurlSettings(easy: easy)
    settings.set(CURLOPT_URL, request.url)
    settings.set(CURLOPT_PROTOCOLS_STR, "http,https")
    // The signature covers the path byte for byte: libcurl must not tidy it.
    settings.set(CURLOPT_PATH_AS_IS, 1)
    settings.set(CURLOPT_NOSIGNAL, 1)
    settings.set(CURLOPT_FOLLOWLOCATION, 0)
    settings.set(CURLOPT_ERRORBUFFER, errorText)
    settings.bound(request.limits, options)
    settings.trust(options, request)
    settings.send(request, headers: &headerList)
    settings.receive(
      self,
      header: { bytes, size, count, user in
        CurlExchange.from(user).receiveHeader(UnsafeRawBufferPointer(start: bytes, count: size * count))
      },
      body: { bytes, size, count, user in
        CurlExchange.from(user).receiveBody(UnsafeRawBufferPointer(start: bytes, count: size * count))
      })
    guard settings.failure == CURLE_OK else {
      return TransportError(.unsendable, String(cString: curl_easy_strerror(settings.failure)))
    }
    return nil
  }

  func result(_ code: CURLcode) -> Result<HTTPResponse, TransportError> {
    guard code == CURLE_OK else { return .failure(failure(code)) }
    var status = 0
    _ = bc_curl_get_long(easy, CURLINFO_RESPONSE_CODE, &status)
    return .success(HTTPResponse(status: status, headers: headers, body: body))
  }

  /// Frees what libcurl borrowed, and makes the handle ready for the next request.
  func release() {
    curl_easy_reset(easy)
    curl_slist_free_all(headerList)
    headerList = nil
  }

  private func failure(_ code: CURLcode) -> TransportError {
    if isTooLarge || code == CURLE_FILESIZE_EXCEEDED {
      return TransportError(.tooLarge, "the answer is larger than \(job.request.limits.maximumBodyBytes) bytes")
    }
    let detail = String(cString: errorText)
    let message = detail.isEmpty ? String(cString: curl_easy_strerror(code)) : detail
    return TransportError(TransportError.Kind(code), message)
  }

  private static func from(_ user: UnsafeMutableRawPointer?) -> CurlExchange {
    guard let user else { preconditionFailure("libcurl lost the exchange of a callback") }
    return Unmanaged<CurlExchange>.fromOpaque(user).takeUnretainedValue()
  }

  private func receiveHeader(_ bytes: UnsafeRawBufferPointer) -> Int {
    let line = String(decoding: bytes, as: UTF8.self)
    if line.hasPrefix("HTTP/") {
      (headers, headerBytes) = ([], 0)  // an interim answer came before this one
    } else if let colon = line.firstIndex(of: ":") {
      let value = line[line.index(after: colon)...]
      let header = HTTPRequest.Header(String(line[..<colon]), trimmed(value))
      headers.append(header)
      headerBytes += bytes.count
      if headerBytes > Self.maximumHeaderBytes {
        isTooLarge = true
        return 0
      }
      if header.name.lowercased() == "content-length", let count = Int(header.value), count > 0 {
        // Reserving now avoids copying from one array to another twice as large.
        body.reserveCapacity(min(count, job.request.limits.maximumBodyBytes))
      }
    }
    return bytes.count
  }

  private func receiveBody(_ bytes: UnsafeRawBufferPointer) -> Int {
    guard body.count + bytes.count <= job.request.limits.maximumBodyBytes else {
      isTooLarge = true
      return 0
    }
    body.append(contentsOf: bytes)
    return bytes.count
  }
}

private func isOneLine(_ text: String) -> Bool { text.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F || $0 == 0x09 } }

private func trimmed(_ text: Substring) -> String {
  let head = text.drop(while: \.isWhitespace)
  return String(head.reversed().drop(while: \.isWhitespace).reversed())
}
