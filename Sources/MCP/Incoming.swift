import Foundation

/// A message from the client: the parts that all methods share.
struct Incoming: Decodable {
  /// Nil for a notification, which is not answered.
  let id: RequestID?
  let method: String?
  let params: Parameters?

  struct Parameters: Decodable {
    /// Of `initialize`.
    let protocolVersion: String?
    /// Of `tools/call`.
    let name: String?
    let arguments: [String: Argument]?
    let meta: Meta?

    enum CodingKeys: String, CodingKey {
      case protocolVersion, name, arguments
      case meta = "_meta"
    }
  }

  struct Meta: Decodable {
    /// The protocol revision of the request, from 2026-07-28 on.
    let protocolVersion: String?

    enum CodingKeys: String, CodingKey { case protocolVersion = "io.modelcontextprotocol/protocolVersion" }
  }
}

/// The client's name for a request: a number or text, returned unchanged.
enum RequestID: Codable, Equatable {
  case number(Int64)
  case text(String)

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let number = try? container.decode(Int64.self) {
      self = .number(number)
    } else {
      self = .text(try container.decode(String.self))
    }
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .number(let number): try container.encode(number)
    case .text(let text): try container.encode(text)
    }
  }
}

/// The value of a tool's argument.
package enum Argument: Decodable, Equatable, Sendable {
  case text(String)
  case number(Double)
  case flag(Bool)
  case list([Argument])
  case object([String: Argument])
  case null

  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let flag = try? container.decode(Bool.self) {
      self = .flag(flag)
    } else if let number = try? container.decode(Double.self) {
      self = .number(number)
    } else if let text = try? container.decode(String.self) {
      self = .text(text)
    } else if let list = try? container.decode([Argument].self) {
      self = .list(list)
    } else {
      self = .object(try container.decode([String: Argument].self))
    }
  }

  /// As a command line would write it: agents write 3 where text is expected.
  package var plainText: String? {
    switch self {
    case .text(let text): text
    case .number(let number): Int64(exactly: number).map(String.init) ?? "\(number)"
    case .flag(let flag): "\(flag)"
    case .list, .object, .null: nil
    }
  }
}
