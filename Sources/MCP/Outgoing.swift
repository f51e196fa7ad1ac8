/// An answer: a result, or an error of the protocol.
struct Outgoing<Result: Encodable>: Encodable {
  let jsonrpc = "2.0"
  /// Null if the request could not be read.
  let id: RequestID?
  let result: Result?
  let error: ProtocolError?

  enum CodingKeys: String, CodingKey { case jsonrpc, id, result, error }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(jsonrpc, forKey: .jsonrpc)
    try container.encode(id, forKey: .id)
    try container.encodeIfPresent(result, forKey: .result)
    try container.encodeIfPresent(error, forKey: .error)
  }
}

/// Why a request has no result, with the codes of JSON-RPC 2.0 and of the protocol.
struct ProtocolError: Error, Encodable {
  let code: Int
  let message: String
  var data: Versions?

  struct Versions: Encodable {
    let supported: [String]
    let requested: String
  }

  static let unreadable = ProtocolError(code: -32700, message: "not JSON")
  static let invalid = ProtocolError(code: -32600, message: "not a request of JSON-RPC 2.0")

  static func unknown(method: String) -> ProtocolError {
    ProtocolError(code: -32601, message: "no method \"\(method)\"")
  }

  static func parameters(_ message: String) -> ProtocolError { ProtocolError(code: -32602, message: message) }

  static func version(_ requested: String) -> ProtocolError {
    ProtocolError(
      code: -32022, message: "protocol \(requested) is not supported",
      data: Versions(supported: ProtocolVersion.all, requested: requested))
  }
}

/// Fields of every result from 2026-07-28 on; older clients ignore them.
struct Envelope: Encodable {
  var resultType = "complete"
  /// Nothing should be cached: data may be collected into the database at any time.
  var ttlMs = 0
  var cacheScope = "private"
}
