extension Answer {
  /// Nil if the body does not follow the operation's protocol, usually because it is truncated.
  init?(_ operation: Operation, _ region: String, _ response: HTTPResponse) {
    var body = response.body
    switch operation.answer {
    case .bytes: break
    case .json:
      if body.isEmpty { body = Array("{}".utf8) }
      guard body.first(where: { $0 > 0x20 }) == UInt8(ascii: "{"),
        body.last(where: { $0 > 0x20 }) == UInt8(ascii: "}")
      else { return nil }
    case .xml:
      guard let converted = XMLAnswers.json(operation.name, body) else { return nil }
      body = converted
    }
    var token: String?
    if let paging = operation.paging {
      do { token = try JSONScanner.string(paging.output, in: body) } catch { return nil }
    }
    self.operation = operation
    self.region = region
    self.body = body
    nextToken = token.flatMap { $0.isEmpty ? nil : $0 }
    requestID = response[header: "x-amzn-requestid"] ?? response[header: "x-amz-request-id"]
  }
}
