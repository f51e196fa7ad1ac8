import Base
import Charts

/// The first page of a report as a Slack message in Slack's Markdown: the headline, the text that explains it, the
/// tiles and the tables. Another program must send it.
///
/// A message takes 40,000 characters; what comes after the first page break is left out, with a note.
struct SlackOutput {
  private let formatter: Formatter
  /// The most rows of a table; the rest is a count.
  private static let rows = 8

  init(_ document: Document) { formatter = Formatter(locale: document.locale) }

  func text(_ document: Document) -> String {
    let end = document.blocks.firstIndex(of: .pageBreak) ?? document.blocks.endIndex
    var parts = ["_\(Self.escaped("\(document.title) · \(document.period) · \(document.head)"))_"]
    parts += lines(Array(document.blocks[..<end]))
    let more = end < document.blocks.endIndex ? "The other pages are in the report. " : ""
    if !(more + document.foot).isEmpty { parts.append("_\(Self.escaped(more + document.foot))_") }
    return parts.joined(separator: "\n\n") + "\n"
  }

  private func lines(_ blocks: [Block]) -> [String] {
    blocks.flatMap { block -> [String] in
      switch block {
      case .heading(_, let inlines, _): ["*\(Self.escaped(inlines.plain).replacing("*", with: "∗"))*"]
      case .paragraph(let inlines, _): inlines.plain.isEmpty ? [] : [inline(inlines)]
      case .list(let start, let items):
        [
          items.enumerated().map { index, item in
            "\(start.map { "\($0 + index)." } ?? "•") " + lines(item).joined(separator: " ")
          }.joined(separator: "\n")
        ]
      case .code(let text): [Self.block(text)]
      case .note(let inner):
        [lines(inner).joined(separator: "\n").split(separator: "\n").map { "> \($0)" }.joined(separator: "\n")]
      case .rule, .pageBreak: []
      case .columns(let parts): parts.flatMap { lines($0) }
      case .figure(let figure): self.figure(figure)
      }
    }
  }

  private func figure(_ figure: Figure) -> [String] {
    var parts: [String] = []
    if !figure.title.isEmpty { parts.append("*\(Self.escaped(figure.title.plain).replacing("*", with: "∗"))*") }
    switch figure.body {
    case .empty(let words): parts.append(Self.escaped(words))
    case .tiles(let tiles):
      parts.append(
        tiles.map { tile in
          let change = tile.change.map { "\($0.token == .ink2 ? "" : $0.isUp ? "▲ " : "▼ ")\($0.text) " } ?? ""
          return "• \(Self.escaped(tile.name)): *\(Self.escaped(tile.number))* \(Self.escaped(change + tile.detail))"
        }.joined(separator: "\n"))
    case .table(let table): parts.append(Self.block(table))
    case .chart(let chart):
      let fields = ChartFields(chart.specification)
      parts += chart.data.filter { !$0.result.isEmpty }.map { rows in
        let table = ChartTable(rows.result, fields, formatter)
        return Self.block([table.heads] + table.rows, isRight: table.isNumeric, left: table.left)
      }
    }
    return [parts.joined(separator: "\n")]
  }

  private static func block(_ table: TableModel) -> String {
    let shown = table.columns.indices.filter { column in
      table.columns[column].kind != .spark && table.rows.contains { !$0.cells[column].text.isEmpty }
    }
    let rows = table.rows.map { row in shown.map { row.cells[$0].text } }
    return block(
      [shown.map { table.columns[$0].label }] + rows,
      isRight: shown.map { table.columns[$0].alignment == .right || table.columns[$0].kind == .bar })
  }

  /// Columns below each other, which Slack shows in a monospaced font.
  private static func block(_ rows: [[String]], isRight: [Bool], left: Int = 0) -> String {
    // A head without any word is left out.
    let rows = rows.first?.allSatisfy(\.isEmpty) == true ? Array(rows.dropFirst()) : rows
    let shown = rows.count > Self.rows + 2 ? Array(rows.prefix(Self.rows + 1)) : rows
    let more = rows.count - shown.count + left
    let widths = isRight.indices.map { column in shown.map { TextWidth.of($0[column]) }.max() ?? 0 }
    var lines = shown.map { row in
      row.indices.map { column in
        let space = String(repeating: " ", count: widths[column] - TextWidth.of(row[column]))
        return isRight[column] ? space + row[column] : row[column] + space
      }.joined(separator: "  ").trimmingTrailingSpaces
    }
    if more > 0 { lines.append("and \(more) more") }
    return block(lines.joined(separator: "\n"))
  }

  private static func block(_ text: String) -> String {
    "```\n\(escaped(text).replacing("```", with: "'''"))\n```"
  }

  private func inline(_ inlines: [Inline]) -> String {
    inlines.map { inline in
      switch inline {
      case .text(let text): Self.escaped(text)
      case .strong(let inner): "*\(self.inline(inner))*"
      case .emphasis(let inner): "_\(self.inline(inner))_"
      case .code(let text): "`\(Self.escaped(text).replacing("`", with: "'"))`"
      case .link(let inner, let url): "<\(Self.escaped(url).replacing("|", with: "%7C"))|\(self.inline(inner))>"
      case .lineBreak: "\n"
      }
    }.joined()
  }

  /// Escapes what Slack would take for a link, a channel or a person.
  private static func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
  }
}

extension String {
  fileprivate var trimmingTrailingSpaces: String {
    var text = self[...]
    while text.last == " " { text = text.dropLast() }
    return String(text)
  }
}
