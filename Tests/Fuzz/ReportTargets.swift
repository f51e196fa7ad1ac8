import Domain

@testable import Reporting

/// The rows of any query a report may ask for.
private struct OneQuery: QuerySource {
  var queryNames: [String] { ["rows"] }

  func rows(_ query: String, parameters: [String: String]) throws -> DataTable {
    DataTable(
      ["name", "day", "cost_usd", "count"],
      rows: [
        [.text("align|*_`<x>"), .text("2026-10-26"), .money(Money(nanodollars: 1_234_567_890)), .integer(3)],
        [.text(""), .null, .money(Money(nanodollars: -5)), .real(.infinity)],
      ])
  }
}

private let subject = ReportSubject(
  from: Day(year: 2026, month: 10, day: 26), to: Day(year: 2026, month: 11, day: 2), accounts: ["111122223333"],
  regions: ["eu-west-1"], collectedAt: Instant(milliseconds: 1_793_769_600_000), policy: "split-cost")

/// Reports: Markdown, templates, blocks of YAML, formats.
let reportTargets = [
  FuzzTarget(name: "markdown") { bytes in
    let text = bytes.text
    _ = MarkdownParser(lines: Array(1...(text.utf8.count + 1))).blocks(text)
  },
  FuzzTarget(name: "templates") { bytes in
    let report = Report(file: "f.md", name: "f", text: "---\ntitle: f\nqueries: [rows]\n---\n\n\(bytes.text)\n")
    _ = try? DocumentBuilder.document(report, OneQuery(), subject)
  },
  FuzzTarget(name: "reports") { bytes in
    let report = Report(file: "f.md", name: "f", text: bytes.text)
    _ = try? DocumentBuilder.document(report, OneQuery(), subject)
  },
]
