extension Call {
  /// The request, unsigned.
  func request(to endpoint: Endpoint, isCustomEndpoint: Bool) -> HTTPRequest {
    switch (input, operation.service.wire) {
    case (.json(let document), .json(let version, let target)):
      let headers: [HTTPRequest.Header] = [
        .init("Content-Type", "application/x-amz-json-\(version)"),
        .init("X-Amz-Target", "\(target).\(operation.name)"),
      ]
      return HTTPRequest(.post, endpoint, headers: headers, body: document.bytes)
    case (.json(let document), _):
      return HTTPRequest(
        .post, endpoint, path: operation.path, headers: [.init("Content-Type", "application/json")],
        body: document.bytes)
    case (.form(let items), _):
      var form = [HTTPRequest.QueryItem("Action", operation.name)]
      if case .query(let version) = operation.service.wire { form.append(.init("Version", version)) }
      let text = (form + items).map { "\(PercentEncoding.encode($0.name))=\(PercentEncoding.encode($0.value))" }
      return HTTPRequest(
        .post, endpoint, headers: [.init("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")],
        body: Array(text.joined(separator: "&").utf8))
    case (.s3(let bucket, let key, let query), _):
      var request = object(.get, bucket, key, endpoint, isCustomEndpoint)
      request.query = query
      return request
    case (.upload(let bucket, let key, let headers, let body), _):
      var request = object(.put, bucket, key, endpoint, isCustomEndpoint)
      for header in headers { request.setHeader(header.name, header.value) }
      request.body = body
      return request
    case (.removal(let bucket, let key), _):
      return object(.delete, bucket, key, endpoint, isCustomEndpoint)
    }
  }

  private func object(
    _ method: HTTPRequest.Method, _ bucket: String, _ key: String, _ endpoint: Endpoint, _ isCustomEndpoint: Bool
  ) -> HTTPRequest {
    let path = "/" + PercentEncoding.encodePath(key)
    guard !isCustomEndpoint, isHostLabel(bucket) else {
      let bucketPath = "/" + PercentEncoding.encode(bucket)
      return HTTPRequest(method, endpoint, path: key.isEmpty ? bucketPath : bucketPath + path)
    }
    return HTTPRequest(method, endpoint.subdomain(bucket), path: path)
  }
}

/// Whether a bucket can be a label in front of S3's host under its certificate: lower case, no dots.
private func isHostLabel(_ bucket: String) -> Bool {
  (3...63).contains(bucket.utf8.count) && bucket.first != "-" && bucket.last != "-"
    && bucket.utf8.allSatisfy { $0 >= 0x61 && $0 <= 0x7A || $0 >= 0x30 && $0 <= 0x39 || $0 == UInt8(ascii: "-") }
}
