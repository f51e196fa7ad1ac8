import Charts
import Testing

@testable import Reporting

@Suite struct LayoutTests {
  private func piece(_ height: Double, gap: Double = 10, stays: Bool = false) -> Piece {
    Piece(height: height, gap: gap, nodes: [], staysWithNext: stays)
  }

  private func tops(_ units: [Unit], height: Double = 100) -> [[Double]] {
    Paginator(height: height).pages(units).map { $0.map(\.y) }
  }

  @Test func unitsFollowEachOtherWithTheirGaps() {
    #expect(tops([Unit(piece(30)), Unit(piece(20)), Unit(piece(20))]) == [[0, 40, 70]])
  }

  @Test func aFigureThatDoesNotFitMovesWhole() {
    let figure = Unit([piece(10), piece(40, gap: 0)])
    #expect(tops([Unit(piece(60)), figure]) == [[0], [0, 10]])
  }

  @Test func aHeadingStaysWithWhatFollows() {
    let heading = Unit(piece(15, stays: true))
    #expect(tops([Unit(piece(60)), heading, Unit(piece(30))]) == [[0], [0, 25]])
    #expect(tops([Unit(piece(40)), heading, Unit(piece(20))]) == [[0, 50, 75]])
  }

  @Test func aPageBreakEndsAFullPageOnce() {
    #expect(tops([Unit(piece(80)), .pageBreak, .pageBreak, Unit(piece(15)), .pageBreak]) == [[0], [0]])
  }

  @Test("A page break is ignored where the next section fits, or where much of the page is free")
  func aPageBreakDoesNotTurnAnEmptyPage() {
    #expect(tops([Unit(piece(10)), .pageBreak, Unit(piece(10)), .pageBreak, Unit(piece(10))]) == [[0, 20, 40]])
    #expect(tops([Unit(piece(80)), .pageBreak, Unit(piece(10))]) == [[0, 90]])
    #expect(tops([Unit(piece(50)), .pageBreak, Unit(piece(20)), Unit(piece(40))]) == [[0, 60], [0]])
  }

  @Test("A sparse last page is avoided by narrower gaps, and a break that costs a page is skipped")
  func theLastPage() {
    let figures = (0..<3).map { _ in Unit(piece(30, gap: 22)) }
    #expect(tops(figures, height: 125).map(\.count) == [3])
    #expect(tops(figures, height: 100).map(\.count) == [2, 1])
    let sections = [Unit(piece(78)), .pageBreak, Unit(piece(10)), Unit(piece(70)), .pageBreak, Unit(piece(10))]
    #expect(tops(sections) == [[0, 88], [0, 80]])
  }

  @Test func aLongTableBreaksBetweenRowsUnderItsHead() {
    let head = piece(10, gap: 0, stays: true)
    let table = Unit([head] + (0..<12).map { _ in piece(15, gap: 0) }, head: head)
    let pages = Paginator(height: 100).pages([Unit(piece(50)), table])
    #expect(pages.map(\.count) == [4, 7, 5])
    #expect(pages[1].map(\.y) == [0, 10, 25, 40, 55, 70, 85])
    #expect(pages.flatMap { $0 }.allSatisfy { $0.y + $0.piece.height <= 100 })
  }

  @Test func nothingLeavesThePage() throws {
    let rows = (0..<200).map { "queue-\($0)|\($0).25|\($0)" }
    let tables = ["cost-by-queue": "job_queue|cost_usd|jobs\n" + rows.joined(separator: "\n")]
    let body = """
      # A headline that is so long that it takes more than one line of the page, and a little more than two, I think

      ```table
      query: cost-by-queue
      columns:
        - {field: job_queue, label: Queue}
        - {bar: cost_usd, label: Cost, total: sum}
        - {field: jobs, label: Jobs}
      total: Total
      ```
      """
    let document = try Sample.document(body, tables: tables)
    let scenes = try PageScenes(document, charts: .vegaLite).pages
    #expect(scenes.count == 6)
    for scene in scenes {
      for text in texts(scene.nodes, 0, 0) {
        #expect(text.x >= 47 && text.x <= scene.width - 47 && text.y <= scene.height - 28, "\(text)")
        #expect(text.size >= 9)
      }
    }
    // The heading is on every page, the total only once.
    let words = scenes.map { texts($0.nodes, 0, 0).map(\.string) }
    #expect(words.allSatisfy { $0.contains("Queue ") })
    #expect(words.joined().filter { $0 == "$19,950.00 " }.count == 1)
  }

  @Test("A foot that is too long for a line has two, and nothing of it is cut")
  func longFoot() throws {
    let foot = (1...9).map { "setting number \($0)" }.joined(separator: " · ")
    let document = try Sample.document("# A headline", front: "title: Test\nfoot: \(foot)")
    let scene = try #require(try PageScenes(document, charts: .vegaLite).pages.first)
    let lines = texts(scene.nodes, 0, 0).filter { $0.string.contains("setting") }.sorted { $0.y < $1.y }
    #expect(lines.count == 2 && lines.map(\.string).joined() == foot, "\(lines)")
    #expect(lines.allSatisfy { $0.x >= 47 && $0.y > scene.height - 40 && $0.y <= scene.height - 22 }, "\(lines)")
    let longer = try Sample.document("# A headline", front: "title: Test\nfoot: \(foot) · \(foot)")
    let cut = try #require(try PageScenes(longer, charts: .vegaLite).pages.first)
    let rest = texts(cut.nodes, 0, 0).filter { $0.string.contains("setting") }.sorted { $0.y < $1.y }
    #expect(rest.count == 2 && rest[1].string.hasSuffix("…"), "\(rest)")
  }

  private struct Placed {
    var string: String
    var x: Double
    var y: Double
    var size: Double
  }

  private func texts(_ nodes: [Node], _ x: Double, _ y: Double) -> [Placed] {
    nodes.flatMap { node -> [Placed] in
      switch node {
      case .group(let group): texts(group.nodes, x + group.x, y + group.y)
      case .path: []
      case .text(let text): [Placed(string: text.string, x: x + text.x, y: y + text.y, size: text.style.size)]
      }
    }
  }

  @Test func namesTooLongForTheirColumnAreCut() {
    let long = String(repeating: "LONGNAME_", count: 40)
    let table = TableModel(
      columns: [
        TableColumn(name: "a", label: "A", kind: .text, alignment: .left, cut: .start),
        TableColumn(name: "b", label: "B", kind: .number, alignment: .right),
      ],
      rows: [TableRow(style: .plain, cells: [TableCell(text: long + "END"), TableCell(text: "1")])])
    let typeset = Typeset(measure: TextMeasure(), theme: .light)
    let unit = TableLayout(table, width: 200, typeset: typeset).unit(gap: 0)
    let cell = texts(unit.pieces[1].nodes, 0, 0)
    #expect(cell.first?.string.hasPrefix("…") == true)
    #expect(cell.first?.string.hasSuffix("END ") == true)
    #expect(typeset.measure.width(cell[0].string, typeset.theme.style(.body)) <= 200)
  }

  @Test("Names that the column's cut would make alike are cut where they differ")
  func cutNamesStayApart() {
    let long = String(repeating: "q", count: 100)
    let names = ["prod-\(long)-0001", "prod-\(long)-0002", "short"]
    let table = TableModel(
      columns: [
        TableColumn(name: "a", label: "A", kind: .text, alignment: .left),
        TableColumn(name: "b", label: "B", kind: .number, alignment: .right),
      ],
      rows: names.map { TableRow(style: .plain, cells: [TableCell(text: $0), TableCell(text: "1")]) })
    let typeset = Typeset(measure: TextMeasure(), theme: .light)
    let unit = TableLayout(table, width: 200, typeset: typeset).unit(gap: 0)
    let shown = unit.pieces.dropFirst().compactMap { texts($0.nodes, 0, 0).first?.string }
    #expect(Set(shown).count == 3 && shown.last == "short ", "\(shown)")
    #expect(shown.first?.hasSuffix("-0001 ") == true, "\(shown)")
  }

  @Test("A heading wider than its column ends before the next heading")
  func longHeadings() {
    let table = TableModel(
      columns: [
        TableColumn(name: "a", label: "Tag " + String(repeating: "k", count: 120), kind: .text, alignment: .left),
        TableColumn(name: "b", label: "Cost", kind: .text, alignment: .left),
      ],
      rows: [TableRow(style: .plain, cells: [TableCell(text: "value"), TableCell(text: "1")])])
    let typeset = Typeset(measure: TextMeasure(), theme: .light)
    let unit = TableLayout(table, width: 200, typeset: typeset).unit(gap: 0)
    let heads = texts(unit.pieces[0].nodes, 0, 0)
    #expect(heads.count == 2 && heads[0].string.hasPrefix("Tag kkk") && heads[0].string.hasSuffix("… "), "\(heads)")
    let end = heads[0].x + typeset.measure.width(heads[0].string, typeset.theme.style(.axis, weight: 500))
    #expect(end <= heads[1].x && heads[1].x < 200, "\(heads)")
  }

  @Test("However many days a small figure has, it takes the width of a fortnight", arguments: [7, 14, 31, 70, 365])
  func sparksOfLongPeriods(days: Int) {
    let cell = TableCell(content: .spark((0..<days).map { Double($0) }, endsPartial: true))
    let table = TableModel(
      columns: [
        TableColumn(name: "a", label: "A", kind: .text, alignment: .left),
        TableColumn(name: "b", label: "By day", kind: .spark, alignment: .left),
        TableColumn(name: "c", label: "Cost", kind: .number, alignment: .right),
      ],
      rows: [TableRow(style: .plain, cells: [TableCell(text: "a"), cell, TableCell(text: "$1.00")])])
    let geometry = TableGeometry(table, width: 400, typeset: Typeset(measure: TextMeasure(), theme: .light))
    #expect(geometry.columns[1].width <= 100.8, "\(geometry.columns)")
    #expect(geometry.columns[2].x + geometry.columns[2].width <= 400)
  }

  @Test("A long name leaves a wrapping text three tenths of the table")
  func longNameBesideAText() {
    let table = TableModel(
      columns: [
        TableColumn(name: "a", label: "Where", kind: .text, alignment: .left),
        TableColumn(name: "b", label: "Advice", kind: .text, alignment: .left, wraps: true),
        TableColumn(name: "c", label: "Estimate", kind: .number, alignment: .right),
      ],
      rows: [
        TableRow(
          style: .plain,
          cells: [
            TableCell(text: String(repeating: "ce-train-", count: 14)),
            TableCell(text: String(repeating: "Give jobs a Fargate environment. ", count: 4)), TableCell(text: "$107"),
          ])
      ])
    let geometry = TableGeometry(table, width: 400, typeset: Typeset(measure: TextMeasure(), theme: .light))
    #expect(geometry.columns[1].width >= 120, "\(geometry.columns)")
    #expect(geometry.columns[2].x + geometry.columns[2].width <= 400)
  }

  @Test("On a phone a long legend has several rows, and nothing of it is cut")
  func legendOnAPhone() throws {
    let options = ["Unused", "Plans", "SageMaker", "Fargate Spot", "Fargate", "Spot", "On-Demand"]
    let specification =
      #"{"data": {"name": "q"}, "mark": "bar", "encoding": {"x": {"field": "day"}, "y": {"field": "cost_usd", "type": "quantitative"}, "color": {"field": "part"}}}"#
    let rows = "day|part|cost_usd\n" + options.map { "Mon 26|\($0)|1" }.joined(separator: "\n")
    let document = try Sample.document("### Title\n\n```vega-lite\n\(specification)\n```", tables: ["q": rows])
    let charts = document.blocks.compactMap { block -> Chart? in
      if case .figure(let figure) = block, case .chart(let chart) = figure.body { chart } else { nil }
    }
    let scene = try ChartDrawing.vegaLite.draw(#require(charts.first), 330, .light).scene
    let shown = texts(scene.nodes, 0, 0)
    #expect(Set(options).isSubset(of: shown.map(\.string)), "\(shown)")
    let measure = TextMeasure()
    for text in shown where options.contains(text.string) {
      #expect(text.x + measure.width(text.string, Theme.light.style(.axis)) <= 330, "\(text)")
    }
  }
}
