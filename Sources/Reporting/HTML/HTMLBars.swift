import Base
import Charts

/// The bars of a table's cells, as boxes whose width is a share of the column's.
struct HTMLBars {
  var table: TableModel

  private var largest: Double {
    table.rows.flatMap(\.cells).map { cell in
      if case .bar(let value, _, _) = cell.content { abs(value) } else { 0 }
    }.max() ?? 0
  }

  func bar(_ value: Double, _ token: Token, isHollow: Bool) -> String {
    let share = largest > 0 ? abs(value) / largest : 0
    return
      "<i class=\"bar\(hollow(isHollow))\" style=\"--v:\(short(share));--c:var(--\(token.rawValue))\(outline(token))\"></i>"
  }

  func stack(_ parts: [TableCell.StackPart], text: String) -> String {
    let inner = parts.map { part in
      "<i style=\"width:\(short(part.share * 100))%;background:var(--\(part.token.rawValue))\" title=\"\((part.label ?? "").escapedForMarkup)\"></i>"
    }.joined()
    return "<div class=\"stack\">\(inner)\(text.isEmpty ? "" : "<span>\(text)</span>")</div>"
  }

  func span(_ from: Double, _ to: Double, _ token: Token, isHollow: Bool, column: Int) -> String {
    var values: [Double] = []
    for row in table.rows {
      if case .span(let a, let b, _, _) = row.cells[column].content { values += [a, b] }
    }
    guard let low = values.min(), let high = values.max(), high > low else { return "" }
    func share(_ value: Double) -> Double { (value - low) / (high - low) * 100 }
    let left = share(min(from, to))
    let zero = low <= 0 && high >= 0 ? "<u style=\"left:\(short(share(0)))%\"></u>" : ""
    return """
      <div class="span">\(zero)<i class="\(hollow(isHollow).trimmed)" style="left:\(short(left))%;\
      width:\(short(max(0.5, share(max(from, to)) - left)))%;--c:var(--\(token.rawValue))\(outline(token))"></i></div>
      """
  }

  func spark(_ values: [Double?], endsPartial: Bool) -> String {
    let largest = values.compactMap { $0 }.max() ?? 0
    let bars = values.enumerated().compactMap { index, value -> String? in
      guard let value else { return nil }
      let height = largest > 0 ? max(0.7, 14 * max(0, value) / largest) : 0.7
      let name = endsPartial && index == values.count - 1 ? " class=\"partial\"" : ""
      return "<rect\(name) x=\"\(index * 7)\" y=\"\(short(14 - height))\" width=\"5\" height=\"\(short(height))\"/>"
    }.joined()
    return "<svg class=\"spark\" viewBox=\"0 0 \(max(5, values.count * 7 - 2)) 14\" aria-hidden=\"true\">\(bars)</svg>"
  }

  private func hollow(_ isHollow: Bool) -> String { isHollow ? " hollow" : "" }

  private func outline(_ token: Token) -> String {
    token == .unused ? ";--o:var(--unused-outline);--f:var(--unused)" : ";--o:var(--\(token.rawValue))"
  }
}
