import Base
import Charts

/// The report as GitHub Markdown with its numbers filled in, for Slack, mail and pull requests. Figures become tables.
struct MarkdownOutput {
  private let formatter: Formatter

  init(_ document: Document) { formatter = Formatter(locale: document.locale) }

  func text(_ document: Document) -> String {
    let head =
      "*\(document.title.escapedMarkdown) · \(document.period.escapedMarkdown) · \(document.head.escapedMarkdown)*"
    let foot = document.foot.isEmpty ? [] : ["---", "*\(document.foot.escapedMarkdown)*"]
    return ([head] + lines(document.blocks) + foot).joined(separator: "\n\n") + "\n"
  }

  private func lines(_ blocks: [Block]) -> [String] {
    blocks.flatMap { block -> [String] in
      switch block {
      case .heading(let level, let inlines, _):
        return [String(repeating: "#", count: level) + " " + inline(inlines)]
      case .paragraph(let inlines, let style):
        return inlines.plain.isEmpty ? [] : [style == .caption ? "*\(inline(inlines))*" : inline(inlines)]
      case .list(let start, let items):
        return [
          items.enumerated().map { index, item in
            let mark = start.map { "\($0 + index)." } ?? "-"
            let text = lines(item).joined(separator: "\n\n").split(separator: "\n", omittingEmptySubsequences: false)
            return "\(mark) " + text.joined(separator: "\n  ")
          }.joined(separator: "\n")
        ]
      case .code(let text): return ["```\n\(text)```"]
      case .note(let inner):
        return [
          lines(inner).joined(separator: "\n\n").split(separator: "\n", omittingEmptySubsequences: false)
            .map { "> \($0)" }.joined(separator: "\n")
        ]
      case .rule, .pageBreak: return []
      case .columns(let parts): return parts.flatMap { lines($0) }
      case .figure(let figure): return self.figure(figure)
      }
    }
  }

  private func figure(_ figure: Figure) -> [String] {
    var result: [String] = []
    if !figure.title.isEmpty { result.append("### " + inline(figure.title)) }
    if !figure.subtitle.isEmpty { result.append(inline(figure.subtitle)) }
    switch figure.body {
    case .empty(let words): result.append("*\(words.escapedMarkdown)*")
    case .tiles(let tiles):
      result.append(
        tiles.map { tile in
          let change = tile.change.map { "\($0.token == .ink2 ? "" : $0.isUp ? "▲ " : "▼ ")\($0.text) " } ?? ""
          return
            "- \(tile.name.escapedMarkdown): **\(tile.number.escapedMarkdown)** \((change + tile.detail).escapedMarkdown)"
        }.joined(separator: "\n"))
    case .table(let table): result.append(gfm(table))
    case .chart(let chart):
      let fields = ChartFields(chart.specification)
      result += chart.data.filter { !$0.result.isEmpty }.map {
        gfm(ChartTable($0.result, fields, formatter), of: $0.name)
      }
    }
    if !figure.caption.isEmpty { result.append("*\(inline(figure.caption))*") }
    return result
  }

  private func gfm(_ table: TableModel) -> String {
    let shown = table.columns.indices.filter { column in
      table.columns[column].kind != .spark && table.rows.contains { !$0.cells[column].text.isEmpty }
    }
    let head = shown.map { table.columns[$0].label.escapedMarkdown }
    let marks = shown.map { table.columns[$0].alignment == .right || table.columns[$0].kind == .bar ? "--:" : "---" }
    let rows = table.rows.map { row in
      shown.map { index in
        let cell = row.cells[index]
        let text = cell.text.escapedMarkdown + (cell.below.map { "<br>" + $0.escapedMarkdown } ?? "")
        return row.style == .total && !text.isEmpty ? "**\(text)**" : text
      }
    }
    return ([head, marks] + rows).map { "| " + $0.joined(separator: " | ") + " |" }.joined(separator: "\n")
  }

  private func gfm(_ table: ChartTable, of query: String) -> String {
    let marks = table.isNumeric.map { $0 ? "--:" : "---" }
    let rows = [table.heads.map(\.escapedMarkdown), marks] + table.rows.map { $0.map(\.escapedMarkdown) }
    let text = rows.map { "| " + $0.joined(separator: " | ") + " |" }.joined(separator: "\n")
    guard table.left > 0 else { return text }
    let more = "and \(table.left) more row\(table.left == 1 ? "" : "s")"
    return text + "\n\n*\(more): `batchcost query \(query)`*"
  }

  private func inline(_ inlines: [Inline]) -> String {
    inlines.map { inline in
      switch inline {
      case .text(let text): text.escapedMarkdown
      case .strong(let inner): "**\(self.inline(inner))**"
      case .emphasis(let inner): "*\(self.inline(inner))*"
      case .code(let text): Self.code(text)
      case .link(let inner, let url): "[\(self.inline(inner))](<\(url.replacing(">", with: "%3E"))>)"
      case .lineBreak: "\\\n"
      }
    }.joined()
  }

  /// Code between more backticks than it contains.
  private static func code(_ text: String) -> String {
    let marks = String(repeating: "`", count: 1 + (text.split { $0 != "`" }.map(\.count).max() ?? 0))
    let space = text.hasPrefix("`") || text.hasSuffix("`") ? " " : ""
    return marks + space + text.shownInLine + space + marks
  }
}
