import ArgumentParser
import Base
import Foundation
import Insights
import MCP

struct MCPCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "mcp",
    abstract: "Answer an agent's questions over the Model Context Protocol.",
    discussion: """
      Reads requests from standard input and answers on standard output until the input ends. An agent's program starts it.
      It lists and runs the named queries, explains what a job or an instance cost, and says what a week cost and why.
      It only reads the database, and finishes what a stopped collection left to compute; it uses no network.

      Put this in the settings of the agent's program:

        {"mcpServers": {"batchcost": {"command": "batchcost",
          "args": ["mcp", "--database", "/var/lib/batchcost/batchcost.sqlite"]}}}
      """.paragraphs)

  @OptionGroup var database: DatabaseOptions

  func run() throws {
    let path = try database.path()
    let open: @Sendable () throws -> LensOptions.Opened = {
      try LensOptions.open(DatabaseOptions.parse(["--database=\(path)"]), through: .everything)
    }
    // Reports wrong settings or a wrong database before the first question.
    _ = try open()
    let tools = AgentTools(open)
    let server = Server(
      name: "batchcost", version: Release.version, instructions: AgentTools.instructions, tools: tools.all)
    var lines = MessageLines(FileHandle.standardInput)
    while let line = try lines.next() {
      if let answer = server.answer(line) { try Console.data(Array((answer + "\n").utf8)) }
    }
  }
}
