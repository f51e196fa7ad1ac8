import COpenSSL
import Foundation

/// Checks signatures as AWS does, from the wire form alone and without any of the client's signing code.
struct FakeSignatureCheck {
  let keyring: FakeKeyring
  let now: Date

  /// Nil if the signature is valid; otherwise the error AWS would give.
  func refusal(_ request: FakeRequest) -> FakeAnswer? {
    guard let authorization = request.headers["authorization"] else {
      return isOpen(request) ? nil : refuse(request, "MissingAuthenticationToken", "no signature", 403)
    }
    guard let scope = FakeScope(authorization), let time = request.headers["x-amz-date"] else {
      return refuse(request, "IncompleteSignature", "unreadable Authorization or no X-Amz-Date", 400)
    }
    guard let key = keyring[scope.accessKeyID] else {
      return refuse(request, "UnrecognizedClientException", "unknown key", 403)
    }
    guard let date = readTime(time), abs(date.timeIntervalSince(now)) <= 300, time.hasPrefix(scope.day) else {
      return refuse(
        request, request.service == "s3" ? "RequestTimeTooSkewed" : "InvalidSignatureException", "time", 403)
    }
    guard request.headers["x-amz-security-token"] == key.token else {
      return refuse(request, "InvalidClientTokenId", "wrong session token", 403)
    }
    guard missing(scope, request).isEmpty else {
      return refuse(request, "InvalidSignatureException", "unsigned headers: \(missing(scope, request))", 403)
    }
    let hash = hex(sha256(request.body))
    if let declared = request.headers["x-amz-content-sha256"], declared != hash {
      return refuse(request, "XAmzContentSHA256Mismatch", "body does not match its hash", 400)
    }
    guard signature(request, scope, key.secret, time, hash) == scope.signature else {
      return refuse(request, "SignatureDoesNotMatch", "the signature does not match", 403)
    }
    return key.isExpired ? refuse(request, "ExpiredTokenException", "The security token has expired", 403) : nil
  }

  private func isOpen(_ request: FakeRequest) -> Bool { request.operation == "AssumeRoleWithWebIdentity" }

  private func refuse(_ request: FakeRequest, _ code: String, _ message: String, _ status: Int) -> FakeAnswer {
    .error(code, message, status: status, for: request)
  }

  /// What must be signed but is not: the host, the content type, every x-amz header.
  private func missing(_ scope: FakeScope, _ request: FakeRequest) -> [String] {
    request.headers.keys.filter { name in
      (name == "host" || name == "content-type" || name.hasPrefix("x-amz-")) && !scope.signedHeaders.contains(name)
    }
  }

  private func signature(
    _ request: FakeRequest, _ scope: FakeScope, _ secret: String, _ time: String, _ hash: String
  ) -> String {
    let once = encoded(decoded(request.rawPath, plusIsSpace: false), keepSlash: true)
    let path = scope.service == "s3" ? once : encoded(once, keepSlash: true)
    let query = parameterList(request.rawQuery, plusIsSpace: false)
      .map { (encoded($0.0, keepSlash: false), encoded($0.1, keepSlash: false)) }
      .sorted { ($0.0, $0.1) < ($1.0, $1.1) }
      .map { $0.0 + "=" + $0.1 }.joined(separator: "&")
    var canonical = "\(request.method)\n\(path)\n\(query)\n"
    for name in scope.signedHeaders {
      let words = (request.headers[name] ?? "").split(separator: " ")
      canonical += "\(name):\(words.joined(separator: " "))\n"
    }
    canonical += "\n\(scope.signedHeaders.joined(separator: ";"))\n\(hash)"
    let credential = "\(scope.day)/\(scope.region)/\(scope.service)/aws4_request"
    let text = "AWS4-HMAC-SHA256\n\(time)\n\(credential)\n\(hex(sha256(Array(canonical.utf8))))"
    let dayKey = hmac(Array("AWS4\(secret)".utf8), scope.day)
    let key = hmac(hmac(hmac(dayKey, scope.region), scope.service), "aws4_request")
    return hex(hmac(key, text))
  }
}

private func readTime(_ text: String) -> Date? {
  guard text.count == 16, text.hasSuffix("Z") else { return nil }
  var parts = DateComponents()
  let digits = text.filter(\.isNumber).map(String.init)
  guard digits.count == 14 else { return nil }
  func number(_ range: Range<Int>) -> Int? { Int(digits[range].joined()) }
  (parts.year, parts.month, parts.day) = (number(0..<4), number(4..<6), number(6..<8))
  (parts.hour, parts.minute, parts.second) = (number(8..<10), number(10..<12), number(12..<14))
  var calendar = Calendar(identifier: .gregorian)
  guard let utc = TimeZone(identifier: "UTC") else { return nil }
  calendar.timeZone = utc
  return calendar.date(from: parts)
}

private func encoded(_ text: String, keepSlash: Bool) -> String {
  text.utf8.map { byte in
    let scalar = UnicodeScalar(byte)
    if byte < 128 && (scalar.properties.isAlphabetic || (48...57).contains(byte) || "-._~".utf8.contains(byte)) {
      return String(scalar)
    }
    if keepSlash && byte == 47 { return "/" }
    return String(format: "%%%02X", byte)
  }.joined()
}

private func sha256(_ bytes: [UInt8]) -> [UInt8] {
  var digest = [UInt8](repeating: 0, count: 32)
  SHA256(bytes, bytes.count, &digest)
  return digest
}

private func hmac(_ key: [UInt8], _ text: String) -> [UInt8] {
  var digest = [UInt8](repeating: 0, count: 32)
  let message = Array(text.utf8)
  HMAC(EVP_sha256(), key, Int32(key.count), message, message.count, &digest, nil)
  return digest
}

private func hex(_ bytes: [UInt8]) -> String { bytes.map { String(format: "%02x", $0) }.joined() }
