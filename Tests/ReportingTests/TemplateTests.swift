import Testing

@testable import Reporting

@Suite struct TemplateTests {
  private func text(_ body: String) throws -> String {
    guard case .paragraph(let inlines, _)? = try Sample.document(body).blocks.first else { return "" }
    return inlines.plain
  }

  @Test(arguments: [
    ("{{usd(totals.cost_usd)}} for {{n_jobs(totals.jobs)}}", "$8,067 for 5,826 jobs"),
    ("{{usd(signed(totals.cost_usd))}}", "+$8,067"),
    ("{{#rose(totals.jobs)}}up{{/rose(totals.jobs)}}{{^rose(totals.jobs)}}down{{/rose(totals.jobs)}}", "up"),
    ("{{#cost-by-queue}}{{job_queue}}={{usd(cost_usd)}} {{/cost-by-queue}}", "grid=$10 gpu=$5.00 =$20"),
    ("{{#cost-by-queue}}{{job_queue}}{{^last()}}, {{/last()}}{{/cost-by-queue}}", "grid, gpu, "),
    ("{{^nothing}}none{{/nothing}}{{#nothing}}some{{/nothing}}", "none"),
    ("{{integer(count(cost-by-queue))}} queues", "3 queues"),
    ("{{period}} in {{region}}", "28 Oct – 4 Nov 2026 in eu-west-1"),
  ]) func fills(_ body: String, _ expected: String) throws {
    #expect(try text(body).trimmed == expected.trimmed)
  }

  /// A name stays a name whatever it contains: no emphasis, tag or heading comes of it.
  @Test func valuesAreNotMarkup() throws {
    let document = try Sample.document("Job {{totals.name}} ran")
    #expect(document.blocks == [.paragraph([.text("Job *bold* <script>alert(1)</script> ran")], .body)])
  }

  @Test(arguments: [
    "# heading", "- item", "1. one", "```\ncode\n```", "> quote", "a | b", "![x](y)", "&lt;", "{{totals}}",
    "日本語 🧬", "\\", "---", "    code",
  ]) func hostileValuesStayText(_ value: String) throws {
    let tables = ["name-of": "name\n\(value.replacing("\n", with: " ").replacing("|", with: "/"))"]
    let document = try Sample.document("{{name-of.name}}", tables: tables)
    let expected = value.replacing("\n", with: " ").replacing("|", with: "/").trimmed
    #expect(document.blocks == [.paragraph([.text(expected)], .body)])
  }

  /// A character that reverses the text around it is shown as a dot.
  @Test func directionMarksInNamesAreShownAsDots() throws {
    let document = try Sample.document("{{name-of.name}}", tables: ["name-of": "name\n\u{202E}rtl"])
    #expect(document.blocks == [.paragraph([.text("·rtl")], .body)])
  }

  @Test func linesAreKept() {
    let marked = LineMarks.marked(["a", "{{#x}}", "```table", "v: {{y}}", "```"], firstLine: 10)
    let (text, lines) = LineMarks.read(marked.joined(separator: "\n"))
    #expect(text == "a\n{{#x}}\n```table\nv: {{y}}\n```")
    #expect(lines == [10, 10, 12, 13, 14])
  }
}
