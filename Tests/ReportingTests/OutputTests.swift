import Foundation
import ReportSamples
import Reports
import TestSupport
import Testing

@testable import Reporting

@Suite struct OutputTests {
  private static let hostile = [
    "q": """
    name|cost_usd
    <script>alert(1)</script>|3
    "quotes" & 'apostrophes'|2
    </style></table><img src=x onerror=alert(1)>|1
    עברית العربية|1
    データ基盤 🧬|1
    """
  ]

  private static let body = """
    # Cost of {{q.name}}

    See [the page](https://example.org/?a=1&b=2) or [this](javascript:alert(1)).

    ### Jobs

    USD

    ```table
    query: q
    columns:
      - {field: name, label: "<b>Name</b>"}
      - {bar: cost_usd, label: Cost}
    ```

    ### By name

    ```vega-lite
    data: {name: q}
    mark: bar
    encoding:
      x: {field: cost_usd, type: quantitative}
      y: {field: name, type: nominal}
    ```
    """

  private func render(_ format: ReportFormat) throws -> [RenderedFile] {
    let renderer = ReportRenderer(source: FixtureSource(Self.hostile), subject: FixtureSource.subject)
    return try renderer.render(Sample.report(Self.body), as: format)
  }

  private func text(_ format: ReportFormat) throws -> String {
    String(decoding: try #require(render(format).first).bytes, as: UTF8.self)
  }

  @Test func htmlContainsNoForeignTag() throws {
    let html = try text(.html)
    #expect(!html.contains("<script>alert"))
    #expect(!html.contains("<img"))
    #expect(!html.contains("javascript:"))
    #expect(!html.contains("<b>Name"))
    #expect(html.contains("&lt;script&gt;alert(1)&lt;/script&gt;"))
    #expect(html.contains("<a href=\"https://example.org/?a=1&amp;b=2\">the page</a>"))
    // Nothing is fetched: the only addresses are the link above and the SVG namespace.
    let addresses = html.matches(of: /https?:\/\/[a-z0-9.]+/).map { String($0.0) }
    #expect(Set(addresses) == ["https://example.org", "http://www.w3.org"])
    #expect(html.components(separatedBy: "<script>").count == 2)
  }

  @Test func htmlIsForEveryone() throws {
    let html = try text(.html)
    #expect(html.contains("prefers-color-scheme:dark"))
    #expect(html.contains("<details><summary>Data"))
    #expect(html.contains("aria-labelledby=\"jobs\""))
    #expect(html.contains("<html lang=\"en\">"))
    #expect(html.contains("<th scope=\"row\">"))
    #expect(html.contains("<a class=\"skip\" href=\"#content\">"))
  }

  @Test func namesStayWholeAtTheEndOfALine() {
    #expect(HTMLWords.text("in eu-west-1 <b>") == "in <span class=\"w\">eu-west-1</span> &lt;b&gt;")
    #expect(HTMLWords.text("m5.xlarge  q_1w") == "m5.xlarge  q_1w")
    // A long name breaks at its joints, and its ellipsis stays with it.
    #expect(
      HTMLWords.text("…DEEPVARIANT_RUNDEEPVARIANT_x")
        == "<span class=\"w\">…DEEPVARIANT_</span><wbr>RUNDEEPVARIANT_<wbr>x")
    #expect(
      HTMLWords.text("nf-core/sarek@2026-10-24T11:11")
        == "<span class=\"w\">nf-core/</span><wbr>sarek@<wbr><span class=\"w\">2026-10-24T11:</span><wbr>11")
    #expect(
      HTMLWords.text("9a2ef80f-58ee-4571-b499-8d7c4093f6de").components(separatedBy: "<wbr>").count == 5)
  }

  @Test func jsonIsReadBack() throws {
    let data = Data(try #require(render(.json).first).bytes)
    let object = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    #expect(object["from"] as? String == "2026-10-28")
    let blocks = try #require(object["blocks"] as? [[String: Any]])
    let table = try #require(blocks.first { $0["title"] as? String == "Jobs" })
    let rows = try #require(table["rows"] as? [[String: Any]])
    #expect(rows.count == 5)
    #expect(rows[0]["name"] as? String == "<script>alert(1)</script>")
    #expect(rows[0]["cost_usd"] as? Double == 3)
  }

  @Test func markdownEscapesNames() throws {
    let markdown = try text(.markdown)
    #expect(markdown.contains("\\<script\\>alert(1)\\</script\\>"))
    #expect(markdown.contains("| データ基盤 🧬 | $1.00 |"))
  }

  @Test(arguments: ReportFormat.allCases) func sameBytesTwice(_ format: ReportFormat) throws {
    #expect(try render(format) == render(format))
  }

  @Test(.enabled(if: judgesPDF, "qpdf and poppler-utils are not installed"))
  func pdfIsSoundAndReadsInOrder() async throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString).path
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let weekly = try #require(embeddedReports.first { $0.name == "weekly" })
    let renderer = ReportRenderer(source: try Fortnight.source(), subject: Fortnight.week)
    let report = Report(file: "weekly.md", name: "weekly", text: weekly.text)
    try #require(renderer.render(report, as: .pdf).first).write(to: "\(folder)/weekly.pdf")
    let check = try await OtherProgram.run("qpdf", ["--check", "\(folder)/weekly.pdf"])
    #expect(check.out.contains("No syntax or stream encoding errors found"))
    let text = try await OtherProgram.run("pdftotext", ["\(folder)/weekly.pdf", "-"]).out
    // The sample's README: week 43 cost 7988.919455084, week 44 9856.569985875, which is 23.4 % more.
    let words = [
      "AWS Batch cost $9,857, up 23%", "How sure.", "Who and what", "Why it changed: +$1,868", "$7,988.92",
      "Which queue changed", "Where unused cost goes", "Jobs: ten make up", "Retries and failures took", "Method",
      "Every dollar of $9,856.57 is counted once",
    ]
    let flat = text.replacing("\n", with: " ")
    var from = flat.startIndex
    for word in words {
      let found = flat[from...].firstRange(of: word)
      #expect(found != nil, "\(word)")
      from = found?.upperBound ?? from
    }
    let left = try FileManager.default.contentsOfDirectory(atPath: folder)
    #expect(left == ["weekly.pdf"])
  }

  /// Whether the programs that check PDFs are installed: qpdf, and pdftotext of poppler-utils.
  private static let judgesPDF = ["qpdf", "pdftotext"].allSatisfy(OtherProgram.exists)
}
