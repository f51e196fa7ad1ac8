import Testing

@testable import Reporting

/// Every error names the file and line to change, and what to write instead.
@Suite struct ReportErrorTests {
  @Test(arguments: [
    (
      "# Cost {{usd(totls.cost_usd)}}",
      "Reports/test.md:4: no query named \"totls\" (did you mean \"totals\"?)"
    ),
    (
      "one\n\ntwo {{totals.cots_usd}}",
      "Reports/test.md:6: query \"totals\" has no column \"cots_usd\" (did you mean \"cost_usd\"?)"
    ),
    (
      "{{usdd(totals.cost_usd)}}",
      "Reports/test.md:4: no format named \"usdd\" (did you mean \"usd\"?)"
    ),
    ("{{#totals}}open", "Reports/test.md:4: {{#totals}} is never closed"),
    ("a\n{{/totals}}", "Reports/test.md:5: {{/totals}} closes nothing open"),
    (
      "x\n\n```table\nquery: cost-by-que\ncolumns: [{field: job_queue}]\n```",
      "Reports/test.md:7: no query named \"cost-by-que\" (did you mean \"cost-by-queue\"?)"
    ),
    (
      "```table\nquery: cost-by-queue\ncolumns:\n  - {field: job_queue}\n  - {field: cost_us}\n```",
      "Reports/test.md:8: query \"cost-by-queue\" has no column \"cost_us\" (did you mean \"cost_usd\"?)"
    ),
    (
      "```table\nquery: cost-by-queue\ncolums: []\n```",
      "Reports/test.md:6: table has no property \"colums\" (did you mean \"columns\"?)"
    ),
    (
      "```table\nquery: cost-by-queue\ncolumns:\n  - {field: job_queue, format: usdollar}\n```",
      "Reports/test.md:7: no format named \"usdollar\""
    ),
    (
      "{{#totals}}\n\n{{jobs}}\n\n{{/totals}}\n\n```table\nquery: nope\ncolumns: [{rank: true}]\n```",
      "Reports/test.md:11: no query named \"nope\""
    ),
    ("<!-- columns -->\n\nleft", "Reports/test.md:4: <!-- columns --> without <!-- end -->"),
    (
      "```tiles\n- name: Cost\n  number: 5\n  trend: totals\n```",
      "Reports/test.md:7: \"totals\" is not of the form query.column"
    ),
  ]) func namesTheLine(_ body: String, _ expected: String) { #expect(Sample.error(body) == expected) }

  @Test(arguments: [
    ("figure: queue-day", "Reports/test.md:5: no figure named \"queue-day\" (did you mean \"queue-days\"?)"),
    ("figure: ../weekly", "Reports/test.md:5: no figure named \"../weekly\""),
    ("figure: queue-days\nheight: 90", "Reports/test.md:6: vega-lite has no property \"height\""),
    // What is wrong in the figure's own file.
    ("figure: queue-days", "Reports/figures/queue-days.yaml:1: no query named \"queue-days\""),
  ]) func figures(_ block: String, _ expected: String) {
    #expect(Sample.error("```vega-lite\n\(block)\n```") == expected)
  }

  @Test func frontMatter() {
    #expect(
      Sample.error("x", front: "title: T\npage: A3") == "Reports/test.md:3: front matter: \"page\" must be A4 or Letter"
    )
    #expect(
      Sample.error("x", front: "titel: T")
        == "Reports/test.md:2: front matter has no property \"titel\" (did you mean \"title\"?)")
    #expect(
      (try? Report(file: "a.md", name: "a", text: "# no front matter").parts()) == nil)
  }

  @Test func chartErrorsNameTheProperty() {
    let body =
      "```vega-lite\ndata: {name: cost-by-queue}\nmark: bar\nencoding:\n  x: {field: job_queu, type: nominal}\n```"
    let message = Sample.error(body)
    #expect(message.hasPrefix("Reports/test.md:4: vega-lite: encoding.x"))
    #expect(message.contains("job_queue"))
  }
}
