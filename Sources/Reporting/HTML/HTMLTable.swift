import Base
import Charts
import Domain

/// A table as HTML: bars beside their numbers, headings that sort, totals that stay at the bottom.
struct HTMLTable {
  var table: TableModel
  /// What the table shows, for screen readers.
  var title: String

  var text: String {
    let hasHead = table.columns.contains { !$0.label.isEmpty }
    let sortable = hasHead && table.rows.count > 2 && !table.rows.contains { $0.style == .group }
    let bars = table.columns.filter { $0.kind == .bar }.count
    var html =
      "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"\(title.escapedForMarkup)\"><table class=\"\(bars > 1 ? "many" : table.columns.count > 6 ? "dense" : "one")\(sortable ? " sortable" : "")\">\n"
    if hasHead {
      html +=
        "<thead><tr>" + table.columns.enumerated().map { head($1, sortable: sortable) }.joined() + "</tr></thead>\n"
    }
    let foot = table.rows.indices.last.flatMap { table.rows[$0].style == .total ? $0 : nil }
    html += "<tbody>\n" + table.rows.indices.filter { $0 != foot }.map { row(table.rows[$0]) }.joined() + "</tbody>\n"
    if let foot { html += "<tfoot>\(row(table.rows[foot]))</tfoot>\n" }
    return html + "</table></div>\n"
  }

  private func head(_ column: TableColumn, sortable: Bool) -> String {
    let classes = [column.alignment == .right ? "r" : nil, column == kept ? "keep" : nil, column.isWide ? "wide" : nil]
      .compactMap(\.self)
    let side = classes.isEmpty ? "" : " class=\"\(classes.joined(separator: " "))\""
    let label = HTMLWords.text(column.label)
    guard sortable, !label.isEmpty, ![.spark, .stack].contains(column.kind) else {
      return "<th\(side) scope=\"col\">\(label)</th>"
    }
    return "<th\(side) scope=\"col\"><button type=\"button\">\(label)</button></th>"
  }

  /// The column that stays visible when a phone shows only some: the last number in bold, in a table with more than three
  /// columns. One with words below its number is too wide for that.
  private var kept: TableColumn? {
    guard table.columns.count > 3, let row = table.rows.first(where: { $0.style == .plain }) else { return nil }
    return table.columns.indices.last {
      table.columns[$0].kind == .number && row.cells[$0].isStrong && row.cells[$0].below == nil
    }.map { table.columns[$0] }
  }

  private func row(_ row: TableRow) -> String {
    switch row.style {
    case .group:
      return
        "<tr class=\"group\"><th colspan=\"\(table.columns.count)\">\(HTMLWords.text(row.cells[0].text))</th></tr>\n"
    case .plain, .muted, .total:
      let name = row.style == .muted ? " class=\"muted\"" : row.style == .total ? " class=\"total\"" : ""
      let cells = table.columns.indices.map { cell(row.cells[$0], $0, isName: $0 == 0) }.joined()
      return "<tr\(name)>\(cells)</tr>\n"
    }
  }

  private func cell(_ cell: TableCell, _ index: Int, isName: Bool) -> String {
    let column = table.columns[index]
    var classes: [String] = []
    if column.alignment == .right { classes.append("r") }
    if column == kept { classes.append("keep") }
    if column.isWide { classes.append("wide") }
    if cell.isStrong { classes.append("strong") }
    if cell.isBig { classes.append("big") }
    if column.kind == .rank { classes.append("rank") }
    if column.wraps || cell.below != nil { classes.append("wrap") }
    if column.kind == .text, HTMLWords.hasLongWord(cell.text) { classes.append("long") }
    if let token = cell.token { classes.append(token.rawValue) }
    var attributes = classes.isEmpty ? "" : " class=\"\(classes.joined(separator: " "))\""
    if let number = cell.value.number { attributes += " data-v=\"\(number)\"" }
    let inner = content(cell, index) + (cell.below.map { "<small>\(HTMLWords.text($0))</small>" } ?? "")
    let isHead = isName && column.kind == .text
    return "<\(isHead ? "th scope=\"row\"" : "td")\(attributes)>\(inner)</\(isHead ? "th" : "td")>"
  }

  private func content(_ cell: TableCell, _ index: Int) -> String {
    let text = HTMLWords.text(cell.text)
    let bars = HTMLBars(table: table)
    switch cell.content {
    case .text:
      return cell.text.isEmpty ? "" : "<bdi>\(text)</bdi>"
    case .bar(let value, let token, let isHollow):
      return bars.bar(value, token, isHollow: isHollow) + "<span>\(text)</span>"
    case .stack(let parts, _): return bars.stack(parts, text: text)
    case .span(let from, let to, let token, let isHollow):
      return bars.span(from, to, token, isHollow: isHollow, column: index)
        + (text.isEmpty ? "" : "<span>\(text)</span>")
    case .spark(let values, let endsPartial): return bars.spark(values, endsPartial: endsPartial)
    }
  }

  /// The rows of a figure behind a toggle that the keyboard can reach: what is drawn, in words and with units.
  static func data(_ result: DataTable, _ fields: ChartFields, _ formatter: Formatter, of title: String) -> String {
    let shown = ChartTable.columns(result, fields)
    let writer = ColumnWriter(formatter: formatter)
    let sides = shown.map { result.columns[$0].contains { $0.number != nil } ? " class=\"r\"" : "" }
    let places = shown.map { writer.places(result, $0) }
    let head = zip(shown, sides).map { column, side in
      let name = writer.head(fields.meaning[result.names[column]] ?? result.names[column])
      return "<th\(side) scope=\"col\"><button type=\"button\">\(name.escapedForMarkup)</button></th>"
    }.joined()
    let rows = (0..<result.rowCount).prefix(500).map { row in
      "<tr>"
        + shown.indices.map { index in
          let (cell, name) = (result.columns[shown[index]][row], result.names[shown[index]])
          let value = cell.number.map { " data-v=\"\($0)\"" } ?? ""
          return "<td\(sides[index])\(value)>\(writer.text(cell, name, places: places[index]).escapedForMarkup)</td>"
        }.joined() + "</tr>\n"
    }.joined()
    let left = max(0, result.rowCount - 500)
    let more = left > 0 ? "<p class=\"caption\">and \(left) more rows</p>" : ""
    return """
      <details><summary>Data<span class="hidden"> of “\(title.escapedForMarkup)”</span></summary>\
      <div class="scroll" tabindex="0" role="region" aria-label="Data of \(title.escapedForMarkup)">\
      <table class="sortable"><thead><tr>\(head)</tr></thead><tbody>
      \(rows)</tbody></table></div>\(more)</details>

      """
  }
}
