import Base
import Domain

/// The report as JSON for machines: every figure with its rows, money as decimals, unknown as null.
struct JSONOutput {
  private let currency: Currency

  init(_ currency: Currency) { self.currency = currency }

  func text(_ document: Document) -> String {
    let subject = document.subject
    let members: [(String, String)] = [
      ("report", document.name.quotedJSON), ("title", document.title.quotedJSON),
      ("headline", document.headline.quotedJSON), ("from", subject.from.description.quotedJSON),
      ("to", subject.to.description.quotedJSON),
      ("accounts", "[\(subject.accounts.map(\.quotedJSON).joined(separator: ","))]"),
      ("regions", "[\(subject.regions.map(\.quotedJSON).joined(separator: ","))]"),
      ("collected_at", subject.collectedAt.description.quotedJSON), ("currency", subject.currency.rawValue.quotedJSON),
      ("policy", subject.policy.quotedJSON),
      ("blocks", "[\n" + blocks(document.blocks).map { "  " + $0 }.joined(separator: ",\n") + "\n]"),
    ]
    return object(members, separator: ",\n") + "\n"
  }

  private func blocks(_ blocks: [Block]) -> [String] {
    blocks.flatMap { block -> [String] in
      switch block {
      case .heading(let level, let inlines, let anchor):
        return [
          object([
            ("type", "\"heading\""), ("level", String(level)), ("text", inlines.plain.quotedJSON),
            ("anchor", anchor.quotedJSON),
          ])
        ]
      case .paragraph(let inlines, _):
        return inlines.plain.isEmpty
          ? [] : [object([("type", "\"paragraph\""), ("text", inlines.plain.quotedJSON)])]
      case .note(let inner):
        return [object([("type", "\"note\""), ("blocks", "[\(self.blocks(inner).joined(separator: ","))]")])]
      case .list(_, let items):
        let texts = items.map { "[\(self.blocks($0).joined(separator: ","))]" }
        return [object([("type", "\"list\""), ("items", "[\(texts.joined(separator: ","))]")])]
      case .code(let text): return [object([("type", "\"code\""), ("text", text.quotedJSON)])]
      case .rule, .pageBreak: return []
      case .columns(let parts): return parts.flatMap { self.blocks($0) }
      case .figure(let figure): return [self.figure(figure)]
      }
    }
  }

  private func figure(_ figure: Figure) -> String {
    var members = [
      ("type", "\"figure\""), ("anchor", figure.anchor.quotedJSON), ("title", figure.title.plain.quotedJSON),
      ("subtitle", figure.subtitle.plain.quotedJSON),
    ]
    switch figure.body {
    case .empty(let words): members.append(("empty", words.quotedJSON))
    case .tiles(let tiles):
      members.append(("tiles", "[\(tiles.map(tile).joined(separator: ","))]"))
    case .table(let table):
      members.append(("rows", "[\(table.rows.compactMap { row($0, table) }.joined(separator: ","))]"))
    case .chart(let chart):
      members.append(("vega_lite", chart.specification.text))
      members.append(("data", object(chart.data.map { ($0.name, rows($0.result)) })))
    }
    return object(members)
  }

  private func tile(_ tile: Tile) -> String {
    object([
      ("name", tile.name.quotedJSON), ("number", tile.number.quotedJSON),
      ("change", tile.change.map { "\($0.isUp ? "+" : minus)\($0.text)".quotedJSON } ?? "null"),
      ("detail", tile.detail.quotedJSON),
    ])
  }

  /// A row by its query's columns; totals and gathered rows are marked as such.
  private func row(_ row: TableRow, _ table: TableModel) -> String? {
    if row.style == .group { return nil }
    var members: [(String, String)] = []
    for (column, cell) in zip(table.columns, row.cells) where !cell.value.isNull || !cell.text.isEmpty {
      guard !members.contains(where: { $0.0 == currency.column(column.name) }), column.kind != .spark else { continue }
      members.append((currency.column(column.name), cell.value.isNull ? cell.text.quotedJSON : value(cell.value)))
      if let below = cell.below { members.append(("\(currency.column(column.name))_note", below.quotedJSON)) }
    }
    if row.style == .total { members.append(("row", "\"total\"")) }
    if row.style == .muted { members.append(("row", "\"rest\"")) }
    return object(members)
  }

  private func rows(_ result: DataTable) -> String {
    let rows = (0..<result.rowCount).map { row in
      object(zip(result.named(in: currency).names, result.row(row)).map { ($0, value($1)) })
    }
    return "[" + rows.joined(separator: ",") + "]"
  }

  private func value(_ cell: Cell) -> String {
    switch cell {
    case .null: "null"
    case .integer(let value): String(value)
    case .real(let value): value.isFinite ? String(value) : "null"
    case .text(let text): text.quotedJSON
    case .money(let money): money.description
    case .instant: cell.plain.quotedJSON
    case .boolean: cell.plain
    }
  }

  private func object(_ members: [(String, String)], separator: String = ",") -> String {
    "{" + members.map { "\($0.quotedJSON):\($1)" }.joined(separator: separator) + "}"
  }
}
