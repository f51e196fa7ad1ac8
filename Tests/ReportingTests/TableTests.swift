import Testing

@testable import Reporting

@Suite struct TableTests {
  private func table(_ yaml: String, _ rows: String) throws -> TableModel {
    let document = try Sample.document("```table\nquery: q\n\(yaml)\n```", tables: ["q": rows])
    guard case .figure(let figure)? = document.blocks.first, case .table(let table) = figure.body else {
      throw FixtureSource.Missing()
    }
    return table
  }

  @Test func cellsAddUpToTheTotalAsPrinted() throws {
    let model = try table(
      """
      columns:
        - {field: name}
        - {bar: cost_usd, label: Cost, total: sum}
      total: Total
      """,
      """
      name|cost_usd
      a|3.334
      b|3.334
      c|3.334
      """)
    // Exactly 10.002: on their own, the parts would print 3.33 three times.
    #expect(model.rows.map { $0.cells[1].text } == ["$3.34", "$3.33", "$3.33", "$10.00"])
    #expect(model.rows.last?.style == .total)
  }

  @Test("A bridge's steps add up as printed: 10.00 + 0.01 + 0.01 and less than a cent is 10.02") func stepsAddUp()
    throws
  {
    let rows = """
      step|from_usd|to_usd|change_usd
      a|10.004|10.008|0.004
      b|10.008|10.012|0.004
      c|10.012|10.016|0.004
      """
    let model = try table(
      """
      columns:
        - {field: step}
        - {from: from_usd, to: to_usd, color: change}
        - {field: change_usd, format: signed cents}
      """, rows)
    #expect(model.rows.map { $0.cells[2].text } == ["+0.01", "+0.01", "<0.01"])
  }

  @Test("A column may be just its name, or its name and heading; properties come from the name")
  func shortColumns() throws {
    let rows = "step|cause|jobs|cost_usd|lost_usd|held_share\na|host lost|3|1.5||0.25"
    let short = try table(
      "columns: [step, cause, jobs: Jobs ended, {bar: cost_usd, format: usd}, lost_usd, held_share]", rows)
    #expect(short.columns.map(\.label) == ["Step or definition", "Cause", "Jobs ended", "Cost", "Lost", "Held share"])
    #expect(short.rows[0].cells.map(\.text) == ["a", "Host lost", "3", "$1.50", "unknown", "25%"])
    #expect(short.columns.map(\.alignment) == [.left, .left, .right, .left, .right, .right])
    #expect(short.columns.map(\.cut) == [.start, .end, .end, .end, .end, .end])
    let long = try table(
      """
      columns:
        - {field: step, label: Step or definition, cut: start}
        - {field: cause, label: Cause, labels: {host lost: Host lost}}
        - {field: jobs, label: Jobs ended, format: integer}
        - {bar: cost_usd, label: Cost, format: usd}
        - {field: lost_usd, label: Lost, format: usd_cents}
        - {field: held_share, label: Held share, format: percent}
      """, rows)
    #expect(short == long)
  }

  @Test("A long id shows its beginning, and an array child's index") func longIDs() throws {
    let ids = ["32a40d1c-77aa-4c0e-9f00-000000000001", "32a40d1c-77aa-4c0e-9f00-000000000001:12", "1:2", "short"]
    let model = try table("columns: [{field: job_id, first: 8}]", "job_id\n" + ids.joined(separator: "\n"))
    #expect(model.rows.map { $0.cells[0].text } == ["32a40d1c", "32a40d1c:12", "1:2", "short"])
  }

  @Test(
    "A short column's name is checked against the query's columns, a longer one's properties against the known ones")
  func shortColumnErrors() throws {
    for (columns, message) in [
      ("[stap]", #"column "stap""#), ("[stap: Step]", #"column "stap""#),
      ("[{stap: a, label: b}]", #"no property "stap""#),
      ("[[step]]", "must be text or have properties"),
    ] {
      let error = #expect(throws: (any Error).self) { try table("columns: \(columns)", "step\na") }
      #expect("\(try #require(error))".contains(message), "\(columns): \(error.map { "\($0)" } ?? "")")
    }
  }

  @Test("Amounts have enough decimals to tell the smallest from nothing, at most four; beside ten dollars it is <$0.01")
  func digits() throws {
    func cells(_ amounts: [String]) throws -> [String] {
      try table(
        "columns:\n  - {field: name}\n  - {bar: cost_usd, label: Cost, total: sum}\ntotal: Total",
        "name|cost_usd\n" + amounts.enumerated().map { "\($0)|\($1)" }.joined(separator: "\n")
      ).rows.map { $0.cells[1].text }
    }
    #expect(try cells(["0.33", "0.0193", "0.0021"]) == ["$0.330", "$0.019", "$0.002", "$0.351"])
    #expect(try cells(["0.5", "0.0002"]) == ["$0.5000", "$0.0002", "$0.5002"])
    #expect(try cells(["0.5", "0.00001"]) == ["$0.5000", "<$0.0001", "$0.5000"])
    #expect(try cells(["12.5", "0.0021", "0"]) == ["$12.50", "<$0.01", "–", "$12.50"])
  }

  @Test("Steps are rounded as elsewhere; the sum before them is what they make of the one after")
  func sumsBetweenSteps() throws {
    let model = try table(
      """
      columns:
        - {field: step}
        - {from: from_usd, to: to_usd}
        - {field: change_usd, format: cents}
      """,
      """
      step|from_usd|to_usd|change_usd
      listed|0|9.004|9.004
      paid|9.004|6.998|-2.006
      gross|0|6.998|6.998
      lost|6.998|5.994|-1.004
      rerun|5.994|4.990|-1.004
      net|0|4.990|4.990
      """)
    // 4.99 + 1.00 + 1.00 = 6.99, and 6.99 + 2.01 = 9.00.
    #expect(model.rows.map { $0.cells[2].text } == ["9.00", "−2.01", "6.99", "−1.00", "−1.00", "4.99"])
  }

  @Test("Lines between two totals lead from the first to the second: 0.19 − 0.02 is 0.17") func linesBetweenTotals()
    throws
  {
    let cells = { (rows: String) in
      try table(
        "strong: is_total\ncolumns:\n  - what\n  - {field: cost_usd, format: cents}", "what|cost_usd|is_total\n" + rows
      )
      .rows.map { $0.cells[1].text }
    }
    // 0.186 − 0.014 = 0.172: rounded separately, the line would be −0.01.
    #expect(
      try cells("ledger|0.186|1\nunexplained|-0.014|0\nbill|0.172|1\ntax|0.014|0\ninvoice|0.186|1")
        == ["0.19", "−0.02", "0.17", "0.02", "0.19"])
    // Lines that do not lead there are rounded separately.
    #expect(try cells("ledger|0.186|1\nunexplained|-0.014|0\nbill|0.16|1") == ["0.19", "−0.01", "0.16"])
  }

  @Test func theRestIsAddedUpAndUnnamedRowsComeLast() throws {
    let model = try table(
      """
      top: 2
      columns:
        - {field: name, blank: No team tag}
        - {field: cost_usd, format: usd_cents}
        - {field: saved_share, weighted: cost_usd}
      """,
      """
      name|cost_usd|saved_share
      a|10|0.5
      |4|0.1
      b|8|0.5
      c|2|0.25
      d|1|0.25
      e|1|0.75
      """)
    #expect(model.rows.map { $0.cells[0].text } == ["a", "b", "3 others", "No team tag"])
    #expect(model.rows.map(\.style) == [.plain, .plain, .muted, .muted])
    #expect(model.rows.map { $0.cells[1].text } == ["$10.00", "$8.00", "$4.00", "$4.00"])
    // (2 × 0.25 + 0.25 + 0.75) ÷ 4
    #expect(model.rows[2].cells[2].text == "38%")
  }

  @Test func oneMoreThanTopIsShownAsItIs() throws {
    let model = try table("top: 2\ncolumns: [{field: name}]", "name\na\nb\nc")
    #expect(model.rows.map { $0.cells[0].text } == ["a", "b", "c"])
  }

  @Test func rowsAreLeftOutRelabelledAndHidden() throws {
    let model = try table(
      """
      except: {kind: unused}
      columns:
        - {field: status, labels: {FAILED: failed}, highlight: {FAILED: negative}}
        - {field: id, first: 4}
        - {field: plans_usd, hide_empty: true}
      """,
      """
      status|id|plans_usd|kind
      FAILED|abcdefgh|0|work
      OK|ijklmnop|0|unused
      """)
    #expect(model.rows.map { $0.cells.map(\.text) } == [["failed", "abcd"]])
    #expect(model.rows[0].cells[0].token == .negative)
  }

  @Test func unknownIsNotZero() throws {
    let model = try table(
      "columns: [{field: name}, {field: cost_usd}, {field: jobs}]",
      """
      name|cost_usd|jobs
      a||
      b|0|0
      """)
    #expect(model.rows.map { $0.cells[1].text } == ["unknown", "–"])
    #expect(model.rows.map { $0.cells[2].text } == ["–", "–"])
  }

  @Test func emptyAndMissingAreOneLine() throws {
    let body = "### Retries\n\nUSD\n\n```table\nquery: q\ncolumns: [{field: a}]\nempty: No job was retried.\n```"
    let empty = try Sample.document(body, tables: ["q": "a"])
    guard case .figure(let figure)? = empty.blocks.first else { throw FixtureSource.Missing() }
    #expect(figure.body == .empty("No job was retried."))
    #expect(figure.subtitle.isEmpty)
    let missing = try Sample.document(body, tables: [:], front: "title: T\noptional: [q]")
    guard case .figure(let absent)? = missing.blocks.first else { throw FixtureSource.Missing() }
    #expect(absent.body == .empty("Not computed by this version: q."))
  }

  @Test func joinsPutQueriesSideBySide() throws {
    let document = try Sample.document(
      "```table\nquery: q\njoin: {w: name}\ncolumns: [{field: name}, {field: w.p50_seconds}]\n```",
      tables: ["q": "name|x\na|1\nb|2", "w": "name|p50_seconds\nb|90"])
    guard case .figure(let figure)? = document.blocks.first, case .table(let table) = figure.body else {
      throw FixtureSource.Missing()
    }
    #expect(table.rows.map { $0.cells[1].text } == ["–", "90 s"])
  }

  @Test(
    "Rows are low where the table or, for all tables, the front matter says so",
    arguments: [
      ("title: T", "", false), ("title: T", "compact: true", true), ("title: T\ncompact: true", "", true),
      ("title: T\ncompact: true", "compact: false", false),
    ]) func lowRows(_ front: String, _ property: String, _ isLow: Bool) throws
  {
    let document = try Sample.document(
      "```table\nquery: q\n\(property)\ncolumns: [name]\n```", tables: ["q": "name\na"], front: front)
    guard case .figure(let figure)? = document.blocks.first, case .table(let table) = figure.body else {
      throw FixtureSource.Missing()
    }
    #expect(table.isCompact == isLow)
  }
}
