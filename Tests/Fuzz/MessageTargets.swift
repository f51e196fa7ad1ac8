import Foundation

@testable import MCP

private let server = Server(
  name: "fuzz", version: "1", instructions: "",
  tools: [
    Tool(
      name: "query", title: "Query", description: "d",
      inputs: [
        Tool.Input("name", .text, "d", isRequired: true), Tool.Input("limit", .integer(1...100), "d"),
        Tool.Input("columns", .texts, "d"), Tool.Input("parameters", .textsByName, "d"),
      ]
    ) { inputs in
      _ = (inputs.text("name"), inputs.integer("limit"), inputs.texts("columns"), inputs.textsByName("parameters"))
      return ToolAnswer(text: "t")
    }
  ])

/// What agents send.
let messageTargets = [
  FuzzTarget(name: "messages") { bytes in
    guard let answer = server.answer(Data(bytes)) else { return }
    precondition(!answer.utf8.contains(UInt8(ascii: "\n")), "an answer of more than one line")
    precondition((try? JSONSerialization.jsonObject(with: Data(answer.utf8))) != nil, "an answer that is no JSON")
  }
]
