import Configuration

extension DocumentBuilder {
  /// A `###` title, a paragraph that says what is drawn, one or more blocks, and an emphasised paragraph as caption.
  /// Nil if no block follows: then it is an ordinary heading. Empty if the block has nothing to show, or the title is
  /// an empty sentence.
  mutating func figure(title: [Inline], _ rest: inout ArraySlice<MarkdownBlock>) throws -> [Block]? {
    var ahead = rest
    var subtitle: [Inline] = []
    if case .paragraph(let inlines)? = ahead.first?.kind, inlines.emphasisedWhole == nil {
      subtitle = inlines
      ahead.removeFirst()
    }
    guard let block = ahead.first, Self.isFigure(block) else { return nil }
    ahead.removeFirst()
    if title.plain.trimmed.isEmpty {
      dropCaption(&ahead)
      rest = ahead
      return []
    }
    let figure = try figure(block, title: title, subtitle: subtitle, &ahead)
    rest = ahead
    return figure.map { [.figure($0)] } ?? []
  }

  private func dropCaption(_ rest: inout ArraySlice<MarkdownBlock>) {
    if case .paragraph(let inlines)? = rest.first?.kind, inlines.emphasisedWhole != nil { rest.removeFirst() }
  }

  private static func isFigure(_ block: MarkdownBlock) -> Bool {
    switch block.kind {
    case .fence(let kind, _): figureKinds.contains(kind)
    case .table: true
    default: false
    }
  }

  mutating func figure(
    _ block: MarkdownBlock, title: [Inline], subtitle: [Inline], _ rest: inout ArraySlice<MarkdownBlock>
  ) throws -> Figure? {
    var caption: [Inline] = []
    if case .paragraph(let inlines)? = rest.first?.kind, let words = inlines.emphasisedWhole {
      caption = words
      rest.removeFirst()
    }
    guard var body = try body(block) else { return nil }
    if case .chart(var chart) = body {
      chart.heading = subtitle.plain
      body = .chart(chart)
    }
    var figure = Figure(
      anchor: anchors.unique(title.isEmpty ? "figure" : title.plain), title: title, subtitle: subtitle,
      caption: caption, body: body)
    figure.id = ids.unique(try query(block) ?? (title.isEmpty ? "figure" : title.plain))
    if case .empty = figure.body { (figure.subtitle, figure.caption) = ([], []) }
    return figure
  }

  /// The query of its rows; nil for a table written in the Markdown.
  private func query(_ block: MarkdownBlock) throws -> String? {
    switch block.kind {
    case .fence("table", let text):
      try SettingsReader(yaml: text, file: report.file, firstLine: block.line + 1, what: "table").string("query")
    case .fence("tiles", _): "tiles"
    case .fence(_, let text): try chart(text, block).queryNames.first
    default: nil
    }
  }

  /// Nil if its query has no rows and the block has no text for that case.
  private func body(_ block: MarkdownBlock) throws -> Figure.Body? {
    switch block.kind {
    case .fence("table", let text):
      let reader = try SettingsReader(yaml: text, file: report.file, firstLine: block.line + 1, what: "table")
      let builder = TableBuilder(spec: try TableSpec(reader, compact: isCompact), template: template)
      if let table = try builder.table() { return .table(table) }
      if let words = missing([builder.spec.query]) { return .empty(words) }
      let words = try template.text(builder.spec.empty ?? "", line: block.line)
      return words.isEmpty ? nil : .empty(words)
    case .fence("tiles", let text):
      let tiles = try TileReader(template: template).tiles(text, firstLine: block.line + 1)
      return tiles.isEmpty ? nil : .tiles(tiles)
    case .fence(_, let text):
      let reader = try chart(text, block)
      if let chart = try reader.chart() { return .chart(chart) }
      return missing(reader.queryNames).map { .empty($0) }
    case .table(let alignments, let head, let rows):
      return .table(Self.written(alignments, head, rows))
    default: return .empty("")
    }
  }

  private func chart(_ text: String, _ block: MarkdownBlock) throws -> ChartReader {
    try ChartReader(text, line: block.line, of: report, template: template)
  }

  /// An optional query that this version does not have is different from an empty one.
  private func missing(_ queries: [String]) -> String? {
    let absent = queries.filter { !template.queries.exists($0) }
    return absent.isEmpty ? nil : "Not computed by this version: \(absent.joined(separator: ", "))."
  }

  /// A table written in the Markdown itself.
  private static func written(
    _ alignments: [ColumnAlignment], _ head: [[Inline]], _ rows: [[[Inline]]]
  ) -> TableModel {
    let columns = head.indices.map { index in
      let alignment = alignments.indices.contains(index) ? alignments[index] : .left
      return TableColumn(
        name: head[index].plain, label: head[index].plain, kind: alignment == .right ? .number : .text,
        alignment: alignment, wraps: alignment != .right, weight: alignment == .right ? 0 : 1)
    }
    return TableModel(
      columns: columns,
      rows: rows.map { row in
        TableRow(
          style: .plain,
          cells: columns.indices.map { index in
            guard row.indices.contains(index) else { return TableCell() }
            let text = row[index].plain
            var cell = TableCell(text: text, value: .text(text))
            if case .strong? = row[index].first, row[index].count == 1 { cell.isStrong = true }
            return cell
          })
      })
  }
}
