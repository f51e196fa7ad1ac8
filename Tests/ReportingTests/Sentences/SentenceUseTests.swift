import Testing

@testable import Reporting

/// How reports, users' own included, name sentences.
@Suite struct SentenceUseTests {
  @Test func anUnknownSentenceIsNamed() {
    #expect(
      Sample.error("{{sentence weekly-headlin}}").contains(
        "no sentence named \"weekly-headlin\" (did you mean \"weekly-headline\"?)"))
  }

  @Test func aReportOfOnesOwnCanUseThem() throws {
    let tables = ["spot-audit": "resources|spot_usd|unpriced_seconds\n0|0|0", "totals": "unplaced_seconds\n0"]
    let document = try Sample.document(
      "# {{sentence spot-headline}}\n\nBy hand: {{usd(spot-audit.spot_usd)}}", tables: tables)
    #expect(document.headline == "Nothing ran on Spot")
  }

  @Test func aFigureWithAnEmptyTitleIsNotPrinted() throws {
    let body = """
      ### {{sentence weekly-budgets-title}}

      Subtitle

      ```table
      query: cost-by-queue
      columns: [{field: job_queue}]
      ```

      *Caption*

      After
      """
    var tables = Sample.tables
    tables["budgets"] = "budgets|weekly|broken|at_risk"
    let document = try Sample.document(body, tables: tables)
    #expect(document.blocks == [.paragraph([.text("After")], .body)])
  }

  @Test func everyNameIsUnique() { #expect(Set(Sentence.all.map(\.name)).count == Sentence.all.count) }
}
