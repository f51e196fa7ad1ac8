import ReportSamples
import Reports
import Testing

@testable import Reporting

/// Reports as messages, and narrowed reports.
@Suite struct MessageTests {
  private static func weekly(_ format: ReportFormat, narrowing: ReportSubject.Narrowing? = nil) throws -> String {
    var subject = Fortnight.week
    subject.narrowing = narrowing
    let text = try #require(embeddedReports.first { $0.name == "weekly" }).text
    let renderer = ReportRenderer(source: try Fortnight.source(), subject: subject)
    let files = try renderer.render(Report(file: "weekly.md", name: "weekly", text: text), as: format)
    return String(decoding: try #require(files.first).bytes, as: UTF8.self)
  }

  @Test func aMailContainsItsFiguresAndNothingMailClientsStrip() throws {
    let mail = try Self.weekly(.mail)
    #expect(mail.contains("<svg") && mail.contains("AWS Batch cost $9,857"))
    for taken in ["<script", "<nav", "<button", "<details", "var(--ink", "Content-Security-Policy"] {
      #expect(!mail.contains(taken), "\(taken)")
    }
  }

  @Test func aSlackMessageIsTheFirstPage() throws {
    let message = try Self.weekly(.slack)
    #expect(message.contains("*AWS Batch cost $9,857"))
    #expect(message.contains("• Cost: *$9,857* "))
    #expect(!message.contains("**") && !message.contains("<script"))
    #expect(message.count < 8000, "\(message.count)")
    #expect(message.contains("The other pages are in the report."))
    #expect(message.split(separator: "```", omittingEmptySubsequences: false).count % 2 == 1)
  }

  @Test func namesInAMessageMentionNobody() throws {
    let table = """
      ### Jobs

      USD

      ```table
      query: q
      columns:
        - {field: name, label: Name}
      ```
      """
    let source = FixtureSource(["q": "name|cost_usd\n<!channel> & <@U1>|3\n```x|2"])
    let files = try ReportRenderer(source: source, subject: FixtureSource.subject).render(
      Sample.report(table), as: .slack)
    let message = String(decoding: try #require(files.first).bytes, as: UTF8.self)
    #expect(message.contains("&lt;!channel&gt; &amp; &lt;@U1&gt;"))
    #expect(message.components(separatedBy: "```").count == 3)
  }

  @Test(arguments: [ReportFormat.markdown, .html, .slack, .mail]) func aNarrowedReportSaysSo(_ format: ReportFormat)
    throws
  {
    let narrowing = ReportSubject.Narrowing(
      words: "queue=gpu", note: "Only queue=gpu: what its attempts cost.", leavesUnusedOut: true)
    let text = try Self.weekly(format, narrowing: narrowing)
    #expect(text.contains("Only queue=gpu · Account"))
    #expect(text.contains("Only queue=gpu: what its attempts cost."))
    #expect(!text.contains("No day was restated"))
    #expect(try !Self.weekly(format).contains("Only queue"))
  }
}
