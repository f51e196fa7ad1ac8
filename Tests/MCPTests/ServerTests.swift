import Foundation
import Testing

@testable import MCP

/// Messages line by line, as each revision of the protocol defines them.
@Suite struct ServerTests {
  private let server = Server(
    name: "tester", version: "1.2", instructions: "Read.",
    tools: [
      Tool(
        name: "add", title: "Add", description: "Adds.",
        inputs: [
          Tool.Input("label", .text, "what to call it", isRequired: true),
          Tool.Input("count", .integer(1...9), "how many"), Tool.Input("names", .texts, "which"),
          Tool.Input("values", .textsByName, "by name"),
        ]
      ) { inputs in
        guard inputs.text("label") != "bad" else { throw ToolError("bad is no label") }
        let words = [
          inputs.text("label") ?? "", "\(inputs.integer("count") ?? 0)", inputs.texts("names").joined(separator: "+"),
          inputs.textsByName("values").map { "\($0)=\($1)" }.sorted().joined(separator: "+"),
        ]
        return ToolAnswer(text: words.joined(separator: " "), structure: ["words": words.count])
      }
    ])

  private func answer(_ line: String) throws -> [String: Any] {
    let text = try #require(server.answer(Data(line.utf8)))
    #expect(!text.contains("\n"))
    return try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
  }

  private func call(_ arguments: String) throws -> [String: Any] {
    let line = #"{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"add","arguments":\#(arguments)}}"#
    return try #require(try answer(line)["result"] as? [String: Any])
  }

  private func text(_ result: [String: Any]) -> String? {
    (result["content"] as? [[String: String]])?.first?["text"]
  }

  @Test(
    "A handshake agrees on the revision offered, or else on the newest one with handshakes",
    arguments: [
      ("2024-11-05", "2024-11-05"), ("2025-06-18", "2025-06-18"), ("2031-01-01", "2025-11-25"),
      ("2026-07-28", "2025-11-25"),
    ])
  func handshake(offered: String, agreed: String) throws {
    let line =
      #"{"jsonrpc":"2.0","id":"a","method":"initialize","params":{"protocolVersion":"\#(offered)","capabilities":{}}}"#
    let answer = try answer(line)
    #expect(answer["id"] as? String == "a")
    let result = try #require(answer["result"] as? [String: Any])
    #expect(result["protocolVersion"] as? String == agreed)
    #expect(result["serverInfo"] as? [String: String] == ["name": "tester", "version": "1.2"])
    #expect(server.answer(Data(#"{"jsonrpc":"2.0","method":"notifications/initialized"}"#.utf8)) == nil)
  }

  @Test("Without a handshake, a client discovers the revisions; an unknown one is refused with the list")
  func discovery() throws {
    func line(_ version: String) -> String {
      #"{"jsonrpc":"2.0","id":1,"method":"server/discover","params":{"_meta":{"io.modelcontextprotocol/protocolVersion":"\#(version)"}}}"#
    }
    let result = try #require(try answer(line("2026-07-28"))["result"] as? [String: Any])
    #expect((result["supportedVersions"] as? [String])?.last == "2026-07-28")
    #expect(result["resultType"] as? String == "complete")
    let error = try #require(try answer(line("2030-01-01"))["error"] as? [String: Any])
    #expect(error["code"] as? Int == -32022)
    #expect((error["data"] as? [String: Any])?["requested"] as? String == "2030-01-01")
  }

  @Test("A tool's arguments are read by kind")
  func arguments() throws {
    let result = try call(#"{"label":"x","count":3,"names":["p",4],"values":{"k":2026}}"#)
    #expect(text(result) == "x 3 p+4 k=2026")
    #expect(result["isError"] as? Bool == false)
    #expect((result["structuredContent"] as? [String: Int]) == ["words": 4])
  }

  @Test(
    "A mistake in a call is explained to the agent, which can correct it",
    arguments: [
      ("{}", #"add needs "label": what to call it"#),
      (#"{"label":"x","cuont":3}"#, #"add takes no "cuont" (did you mean "count"?)"#),
      (#"{"label":"x","count":10}"#, #"add: "count" is a whole number from 1 to 9"#),
      (#"{"label":"x","values":[1]}"#, #"add: "values" is an object of names and their values"#),
      (#"{"label":"bad"}"#, "bad is no label"),
    ])
  func mistakes(arguments: String, message: String) throws {
    let result = try call(arguments)
    #expect(result["isError"] as? Bool == true)
    #expect(text(result) == message)
  }

  @Test(
    "What is not a valid request gets the protocol's error",
    arguments: [
      ("{", -32700), ("17", -32600), (#"{"jsonrpc":"2.0","id":1,"method":"tools/cook"}"#, -32601),
      (#"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"ad"}}"#, -32602),
    ])
  func errors(line: String, code: Int) throws {
    #expect((try answer(line)["error"] as? [String: Any])?["code"] as? Int == code)
  }

  @Test("A batch gets a batch of answers, none for notifications")
  func batch() throws {
    let line =
      #"[{"jsonrpc":"2.0","id":1,"method":"ping"},{"jsonrpc":"2.0","method":"x"},{"jsonrpc":"2.0","id":2,"method":"ping"}]"#
    let text = try #require(server.answer(Data(line.utf8)))
    let answers = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [[String: Any]])
    #expect(answers.compactMap { $0["id"] as? Int } == [1, 2])
  }
}
