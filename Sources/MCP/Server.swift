import Base
import Foundation

/// A Model Context Protocol server that offers tools: one line of JSON in, at most one out.
///
/// Supports the revisions in `ProtocolVersion`. It keeps no state between requests, so they may come in any order.
package struct Server: Sendable {
  private let name: String
  private let version: String
  /// What the tools are for, and how to read their answers.
  private let instructions: String
  private let tools: [Tool]

  /// - Parameters:
  ///   - name: the server's, for clients that show it.
  ///   - instructions: what the tools are for, and how to read their answers.
  package init(name: String, version: String, instructions: String, tools: [Tool]) {
    self.name = name
    self.version = version
    self.instructions = instructions
    self.tools = tools
  }

  /// - Returns: the answer without its line end; nil if there is none.
  package func answer(_ line: Data) -> String? {
    // Only revision 2025-03-26 has batches.
    if let batch = try? JSONDecoder().decode([Incoming].self, from: line) {
      let answers = batch.compactMap(answer)
      return answers.isEmpty ? nil : "[" + answers.joined(separator: ",") + "]"
    }
    do {
      return answer(try JSONDecoder().decode(Incoming.self, from: line))
    } catch {
      let isJSON = (try? JSONSerialization.jsonObject(with: line, options: .fragmentsAllowed)) != nil
      return encoded(Outgoing<Envelope>(id: nil, result: nil, error: isJSON ? .invalid : .unreadable))
    }
  }

  private func answer(_ incoming: Incoming) -> String? {
    guard let id = incoming.id else { return nil }
    // A reply to a request of ours; we send none.
    guard let method = incoming.method else { return nil }
    do {
      if let asked = incoming.params?.meta?.protocolVersion, asked != ProtocolVersion.current {
        throw ProtocolError.version(asked)
      }
      return try result(method, incoming.params, id)
    } catch let error as ProtocolError {
      return encoded(Outgoing<Envelope>(id: id, result: nil, error: error))
    } catch {
      let failure = ProtocolError(code: -32603, message: "\(error)")
      return encoded(Outgoing<Envelope>(id: id, result: nil, error: failure))
    }
  }

  private func result(_ method: String, _ parameters: Incoming.Parameters?, _ id: RequestID) throws -> String {
    switch method {
    case "initialize":
      let version = ProtocolVersion.answer(to: parameters?.protocolVersion)
      return encoded(id, Introduction(server: self, protocolVersion: version))
    case "server/discover":
      return encoded(id, Introduction(server: self, supportedVersions: ProtocolVersion.all))
    case "ping": return encoded(id, Envelope())
    case "tools/list": return encoded(id, ToolList(tools: tools.map(ToolList.Entry.init)))
    case "tools/call":
      guard let name = parameters?.name else { throw ProtocolError.parameters("tools/call needs a name") }
      guard let tool = tools.first(where: { $0.name == name }) else {
        throw ProtocolError.parameters("no tool \"\(name)\"\(Spelling.hint(name, among: tools.map(\.name)))")
      }
      return encoded(id, call(tool, parameters?.arguments ?? [:]))
    default: throw ProtocolError.unknown(method: method)
    }
  }

  private func call(_ tool: Tool, _ arguments: [String: Argument]) -> CallResult {
    do {
      return CallResult(try tool.run(Inputs(arguments, of: tool)))
    } catch let error as ToolError {
      return CallResult(error: error.message)
    } catch {
      return CallResult(error: "\(error)")
    }
  }

  private func encoded(_ id: RequestID, _ result: some Encodable) -> String {
    encoded(Outgoing(id: id, result: result, error: nil))
  }

  private func encoded(_ message: some Encodable) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    guard let data = try? encoder.encode(message) else {
      // A value that JSON cannot represent, such as NaN.
      return #"{"error":{"code":-32603,"message":"the answer cannot be written as JSON"},"id":null,"jsonrpc":"2.0"}"#
    }
    return String(decoding: data, as: UTF8.self)
  }
}

extension Server {
  /// The answer to `initialize` and `server/discover`.
  private struct Introduction: Encodable {
    let capabilities = ["tools": [String: Bool]()]
    let serverInfo: [String: String]
    let instructions: String
    let protocolVersion: String?
    let supportedVersions: [String]?
    let resultType = Envelope().resultType
    let ttlMs = Envelope().ttlMs
    let cacheScope = Envelope().cacheScope
    let meta: [String: [String: String]]

    enum CodingKeys: String, CodingKey {
      case capabilities, serverInfo, instructions, protocolVersion, supportedVersions, resultType, ttlMs, cacheScope
      case meta = "_meta"
    }

    init(server: Server, protocolVersion: String? = nil, supportedVersions: [String]? = nil) {
      serverInfo = ["name": server.name, "version": server.version]
      instructions = server.instructions
      self.protocolVersion = protocolVersion
      self.supportedVersions = supportedVersions
      meta = ["io.modelcontextprotocol/serverInfo": serverInfo]
    }
  }

  private struct ToolList: Encodable {
    let tools: [Entry]
    let resultType = Envelope().resultType
    let ttlMs = Envelope().ttlMs
    let cacheScope = Envelope().cacheScope

    enum CodingKeys: String, CodingKey { case tools, resultType, ttlMs, cacheScope }

    struct Entry: Encodable {
      let name: String
      let title: String
      let description: String
      let inputSchema: InputSchema
      let annotations = [
        "readOnlyHint": true, "destructiveHint": false, "idempotentHint": true, "openWorldHint": false,
      ]

      enum CodingKeys: String, CodingKey { case name, title, description, inputSchema, annotations }

      init(_ tool: Tool) {
        name = tool.name
        title = tool.title
        description = tool.description
        inputSchema = InputSchema(tool.inputs)
      }
    }
  }

  private struct CallResult: Encodable {
    let content: [[String: String]]
    let isError: Bool
    let structure: (any Encodable & Sendable)?
    let resultType = Envelope().resultType

    enum CodingKeys: String, CodingKey { case content, isError, structuredContent, resultType }

    init(_ answer: ToolAnswer) {
      content = [["type": "text", "text": answer.text]]
      isError = false
      structure = answer.structure
    }

    init(error: String) {
      content = [["type": "text", "text": error]]
      isError = true
      structure = nil
    }

    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(content, forKey: .content)
      try container.encode(isError, forKey: .isError)
      try container.encode(resultType, forKey: .resultType)
      if let structure { try container.encode(structure, forKey: .structuredContent) }
    }
  }
}
