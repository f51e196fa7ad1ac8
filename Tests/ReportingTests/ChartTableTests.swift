import Charts
import ReportSamples
import Testing

@testable import Reporting

/// A chart in Markdown: its rows as a table, with names and units for people.
@Suite struct ChartTableTests {
  private func table(_ specification: String, _ rows: String) throws -> ChartTable {
    ChartTable(
      FixtureSource.result(rows), ChartFields(try JSON(parsing: specification)), Formatter(locale: .english))
  }

  @Test("Columns used only for conditions, order or style are left out; units go into the headings")
  func whatIsDrawn() throws {
    let table = try table(
      """
      {"data": {"name": "q"}, "transform": [{"calculate": "max(datum.p50_seconds, 1)", "as": "half"}],
       "encoding": {"y": {"field": "job_queue", "type": "nominal"}},
       "layer": [
        {"encoding": {"x": {"field": "half", "type": "quantitative"}, "order": {"field": "place"}}},
        {"encoding": {"x": {"field": "memory_gib_used_p95"}, "text": {"field": "cost_usd"},
          "color": {"condition": {"test": "datum.is_new === 1", "value": "work"}, "value": "ink"}}},
        {"encoding": {"size": {"field": "lost_share"}}}
       ]}
      """,
      """
      job_queue|place|p50_seconds|memory_gib_used_p95|cost_usd|lost_share|is_new|other
      gpu|1|932|2.25|1384.280119837|0.051|1|7
      mpi|2|90|12.5|47.185|0|0|8
      """)
    #expect(table.heads == ["Job queue", "P50", "Memory used p95, GiB", "Cost, USD", "Lost"])
    #expect(table.isNumeric == [false, true, true, true, true])
    #expect(
      table.rows == [["gpu", "16 min", "2.25", "1,384.28", "5%"], ["mpi", "90 s", "12.50", "47.18", "0%"]])
    #expect(table.left == 0)
  }

  /// In the query, each part of a day is a row; in the table, a day is one.
  @Test func partsOfABarBecomeColumns() throws {
    let table = try table(
      """
      {"data": {"name": "q"}, "encoding": {"x": {"field": "label", "type": "ordinal", "sort": {"field": "day"}},
         "y": {"field": "cost_usd", "type": "quantitative"}},
       "layer": [
        {"encoding": {"color": {"field": "part", "type": "nominal"}}},
        {"encoding": {"text": {"field": "share"}, "size": {"field": "day_usd"}}}
       ]}
      """,
      """
      day|label|part|cost_usd|day_usd|share
      2026-10-26|Mon 26|Spot|1|4|0.25
      2026-10-26|Mon 26|Unused|3|4|0.75
      2026-10-27|Tue 27|Unused|5|5|1
      """)
    #expect(table.heads == ["Day", "Spot, USD", "Unused, USD", "Day, USD"])
    #expect(table.rows == [["Mon 26", "1.00", "3.00", "4.00"], ["Tue 27", "–", "5.00", "5.00"]])
  }

  /// Days on which everything is the same are still days: their totals are columns, no notes about a part.
  @Test func equalDaysKeepTheirColumns() throws {
    let table = try table(
      """
      {"data": {"name": "q"}, "encoding": {"x": {"field": "day", "type": "ordinal"},
         "y": {"field": "cost_usd", "type": "quantitative"}},
       "layer": [
        {"encoding": {"color": {"field": "part", "type": "nominal"}}},
        {"encoding": {"text": {"field": "day_usd"}}}
       ]}
      """,
      """
      day|part|cost_usd|day_usd
      2026-10-26|Spot|0.3|0.58
      2026-10-26|Unused|0.28|0.58
      2026-10-27|Spot|0.3|0.58
      2026-10-27|Unused|0.28|0.58
      """)
    #expect(table.heads == ["Day", "Spot, USD", "Unused, USD", "Day, USD"])
    #expect(table.rows == [["26 Oct 2026", "0.30", "0.28", "0.58"], ["27 Oct 2026", "0.30", "0.28", "0.58"]])
  }

  @Test func howStrongAMarkIsDrawnIsNoColumn() throws {
    let table = try table(
      """
      {"data": {"name": "q"}, "mark": "bar", "encoding": {"y": {"field": "step"}, "x": {"field": "hours"},
        "opacity": {"field": "opacity"}, "strokeWidth": {"field": "weight"}}}
      """, "step|hours|opacity|weight\nmap|2|0.75|1")
    #expect(table.heads == ["Step", "Hours"])
  }

  /// A note about a queue becomes a row at the end, even for a single queue.
  @Test(arguments: [
    (
      "gpu|2026-10-26|1|5\ngpu|2026-10-27|3|5\nmpi|2026-10-26|2|-1\nmpi|2026-10-27|0|-1",
      [["26 Oct 2026", "1.00", "2.00"], ["27 Oct 2026", "3.00", "0.00"], ["Change, USD", "5.00", "−1.00"]]
    ),
    (
      "gpu|2026-10-26|1|5\ngpu|2026-10-27|3|5",
      [["26 Oct 2026", "1.00"], ["27 Oct 2026", "3.00"], ["Change, USD", "5.00"]]
    ),
  ])
  func aRepeatedNoteAppearsOnce(_ rows: String, _ expected: [[String]]) throws {
    let table = try table(
      """
      {"data": {"name": "q"}, "facet": {"field": "job_queue", "type": "nominal"},
       "spec": {"encoding": {"x": {"field": "day", "type": "ordinal"}}, "layer": [
        {"encoding": {"y": {"field": "cost_usd", "type": "quantitative"}}},
        {"encoding": {"text": {"field": "change_usd"}}}
       ]}}
      """, "job_queue|day|cost_usd|change_usd\n" + rows)
    #expect(table.rows == expected)
  }

  @Test func rowsHaveNamesEvenIfOnlyNumbersAreDrawn() throws {
    let table = try table(
      """
      {"data": {"name": "q"}, "encoding": {
        "x": {"field": "cost_usd", "type": "quantitative"}, "y": {"field": "p95_seconds", "type": "quantitative"}}}
      """, "scenario|cost_usd|p95_seconds\nas it ran|9|85\nall on Spot|4|120")
    #expect(table.heads == ["Scenario", "Cost, USD", "P95"])
    #expect(table.rows == [["as it ran", "9.00", "85 s"], ["all on Spot", "4.00", "2 min"]])
  }

  @Test("Beyond 31 rows it says how many there are, and where") func whatIsLeftOut() throws {
    let rows = "name|cost_usd\n" + (1...37).map { "row \($0)|\($0)" }.joined(separator: "\n")
    let specification =
      #"{"data": {"name": "q"}, "mark": "bar", "encoding": {"y": {"field": "name"}, "x": {"field": "cost_usd"}}}"#
    #expect(try table(specification, rows).left == 6)
    let document = try Sample.document("### Title\n\n```vega-lite\n\(specification)\n```", tables: ["q": rows])
    let markdown = MarkdownOutput(document).text(document)
    #expect(markdown.contains("| Name | Cost, USD |\n| --- | --: |\n| row 1 | 1.00 |"), "\(markdown)")
    #expect(markdown.contains("| row 31 | 31.00 |\n\n*and 6 more rows: `batchcost query q`*"), "\(markdown)")
  }
}
