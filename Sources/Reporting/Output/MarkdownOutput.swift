import Charts

/// The report as GitHub Markdown, numbers in place: for Slack, mail and pull requests. Figures become their tables.
struct MarkdownOutput {
  private let formatter: Formatter

  init(_ document: Document) { formatter = Formatter(locale: document.locale) }

  func text(_ document: Document) -> String {
    let head = "*\(escaped(document.title)) · \(escaped(document.period)) · \(escaped(document.head))*"
    let foot = document.foot.isEmpty ? [] : ["---", "*\(escaped(document.foot))*"]
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
    case .empty(let words): result.append("*\(escaped(words))*")
    case .tiles(let tiles):
      result.append(
        tiles.map { tile in
          let change = tile.change.map { "\($0.token == .ink2 ? "" : $0.isUp ? "▲ " : "▼ ")\($0.text) " } ?? ""
          return "- \(escaped(tile.name)): **\(escaped(tile.number))** \(escaped(change + tile.detail))"
        }.joined(separator: "\n"))
    case .table(let table): result.append(gfm(table))
    case .chart(let chart):
      let fields = ChartFields((try? JSON(parsing: chart.specification)) ?? .null)
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
    let head = shown.map { escaped(table.columns[$0].label) }
    let marks = shown.map { table.columns[$0].alignment == .right || table.columns[$0].kind == .bar ? "--:" : "---" }
    let rows = table.rows.map { row in
      shown.map { index in
        let cell = row.cells[index]
        let text = escaped(cell.text) + (cell.below.map { "<br>" + escaped($0) } ?? "")
        return row.style == .total && !text.isEmpty ? "**\(text)**" : text
      }
    }
    return ([head, marks] + rows).map { "| " + $0.joined(separator: " | ") + " |" }.joined(separator: "\n")
  }

  private func gfm(_ table: ChartTable, of query: String) -> String {
    let marks = table.isNumeric.map { $0 ? "--:" : "---" }
    let rows = [table.heads.map(escaped), marks] + table.rows.map { $0.map(escaped) }
    let text = rows.map { "| " + $0.joined(separator: " | ") + " |" }.joined(separator: "\n")
    guard table.left > 0 else { return text }
    let more = "and \(table.left) more row\(table.left == 1 ? "" : "s")"
    return text + "\n\n*\(more): `batchcost query \(query)`*"
  }

  private func inline(_ inlines: [Inline]) -> String {
    inlines.map { inline in
      switch inline {
      case .text(let text): escaped(text)
      case .strong(let inner): "**\(self.inline(inner))**"
      case .emphasis(let inner): "*\(self.inline(inner))*"
      case .code(let text): "`\(text)`"
      case .link(let inner, let url): "[\(self.inline(inner))](<\(url.replacing(">", with: "%3E"))>)"
      case .lineBreak: "\\\n"
      }
    }.joined()
  }

  /// A backslash before what Markdown or a mail program would read as a mark.
  private func escaped(_ text: String) -> String {
    var result = ""
    for character in text {
      if "\\`*_[]<>|~#".contains(character) { result.append("\\") }
      result.append(character == "\n" ? " " : character)
    }
    return result
  }
}
