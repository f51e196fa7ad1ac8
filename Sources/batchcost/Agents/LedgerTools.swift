import ArgumentParser
import Foundation
import Insights
import MCP
import Reporting
import Store

extension AgentTools {
  var explain: Tool {
    Tool(
      name: "explain", title: "Explain a cost",
      description: """
        How the cost of a Batch job, an EC2 instance or an ECS task is computed: how long it ran and which source says so, the
        price of each hour and its source, and each attempt's share. For a job on more than \(ExplanationSummary.few) hosts,
        only the sums.
        """,
      inputs: [
        Tool.Input(
          "subject", .text, "a Batch job id or its first digits, an EC2 instance id, an ECS task id", isRequired: true)
      ]
    ) { [self] inputs in
      let subject = inputs.text("subject") ?? ""
      let explained = try open().read { connection in
        do {
          return try Explanations(of: subject, all: false, connection)
        } catch let error as ValidationError {
          throw ToolError(error.message)
        } catch let error as NowhereKnown { throw ToolError("\(error)") }
      }
      return ToolAnswer(text: explained.texts.joined(separator: "\n"))
    }
  }

  var headline: Tool {
    Tool(
      name: "headline", title: "What a week cost",
      description: """
        What a week cost compared with the week before, what to change, and how sure that is: the first page of the weekly
        report, and its numbers. Without a period, the last whole week that was collected.
        """,
      inputs: Self.period
    ) { [self] inputs in
      let period = try Self.period(inputs)
      let opened = try open()
      let report = try ReportLibrary(folders: []).report(named: "weekly")
      let writer: ReportWriter
      do {
        writer = try ReportWriter(report, of: opened, queries: library, period: period)
      } catch let error as ValidationError { throw ToolError(error.message) }
      let query = try library.query("headline")
      let subject = writer.renderer.subject
      let days = ["from": subject.from.description, "to": subject.to.description]
      let result = try opened.read { try $0.rows(query, parameters: days) }.named(in: opened.currency)
      let pages = String(decoding: try writer.file(.markdown).bytes, as: UTF8.self)
      let first = pages.range(of: "\n## ").map { String(pages[..<$0.lowerBound]) } ?? pages
      return ToolAnswer(text: first, structure: AgentRows(result, limit: 1))
    }
  }
}
