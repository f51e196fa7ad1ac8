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
      Reads requests from standard input and answers on standard output, until the input ends: the agent's program starts
      it. It lists and runs the named queries, explains what a job or an instance cost, and says what a week cost and why.
      It reads the database and nothing else: no network, no writes.

      An agent is told of it by a few lines in its settings:

        {"mcpServers": {"batchcost": {"command": "batchcost", "args": ["mcp", "--database", "/var/lib/batchcost/batchcost.sqlite"]}}}
      """)

  @OptionGroup var database: DatabaseOptions

  func run() throws {
    // What is wrong with settings or database is told before the first question.
    let tools = AgentTools(of: try LensOptions.open(database, through: .everything))
    let server = Server(
      name: "batchcost", version: Release.version, instructions: AgentTools.instructions, tools: tools.all)
    var lines = MessageLines(FileHandle.standardInput)
    while let line = try lines.next() {
      if let answer = server.answer(line) { try Console.data(Array((answer + "\n").utf8)) }
    }
  }
}
