import Charts

/// The positions of a table's columns, and the length of a unit in its bars. Numbers and names get what they need; bars
/// and wrapping texts share the rest.
struct TableGeometry {
  struct Column {
    var x = 0.0
    var width = 0.0
    /// The part that a bar may fill, before its label.
    var bar = 0.0
  }

  var columns: [Column] = []
  /// Points per unit of value, the same for all bars of the table.
  var scale = 0.0
  var width: Double

  static let gap = 12.0
  static let labelGap = 5.0

  init(_ table: TableModel, width: Double, typeset: Typeset, scale sharedScale: Double? = nil) {
    self.width = width
    let fitter = ColumnFitter(table: table, typeset: typeset, tableWidth: width)
    var needs = table.columns.indices.map { fitter.need($0) }
    let gaps = Self.gap * Double(max(0, needs.count - 1))
    var left = width - gaps - needs.reduce(0) { $0 + $1.fixed }
    // Beside long names, texts would wrap word by word.
    if left < needs.reduce(0, { $0 + $1.ample - $1.fixed }) {
      for index in needs.indices { needs[index].fixed = needs[index].ample }
      left = width - gaps - needs.reduce(0) { $0 + $1.fixed }
    }
    if left < 0 { left = Self.shrink(&needs, missing: -left, table) }

    let maxima = table.columns.indices.map { fitter.largestBar($0) }
    let sum = maxima.reduce(0, +)
    let flexible = needs.reduce(0) { $0 + $1.weight }
    // Bars take all the space unless texts wrap beside them.
    let barRoom = flexible == 0 ? left : sum == 0 ? 0 : left * Self.barWeight / (flexible + Self.barWeight)
    if sum > 0 { scale = min(max(0, barRoom) / sum, sharedScale ?? .infinity) }
    let textRoom = max(0, left - barRoom)
    let spread = flexible == 0 && sum == 0 && needs.count > 1 ? max(0, left) / Double(needs.count - 1) : 0

    var x = 0.0
    for (index, need) in needs.enumerated() {
      var column = Column(x: x, width: need.fixed)
      if need.weight > 0, flexible > 0 { column.width += textRoom * need.weight / flexible }
      if maxima[index] > 0 {
        column.bar = maxima[index] * scale
        column.width += sum > 0 ? max(0, barRoom) * maxima[index] / sum : 0
      }
      columns.append(column)
      x += column.width + Self.gap + spread
    }
    Self.alignRight(&columns, table, width)
  }

  private static let barWeight = 1.0

  /// The last column ends at the right edge, whatever rounding leaves over.
  private static func alignRight(_ columns: inout [Column], _ table: TableModel, _ width: Double) {
    guard let last = columns.indices.last, table.columns[last].alignment == .right else { return }
    columns[last].x = width - columns[last].width
  }

  /// Shrinks the widest names first, never below 48 points; what is still missing is returned as a negative number.
  private static func shrink(_ needs: inout [ColumnFitter.Need], missing: Double, _ table: TableModel) -> Double {
    var missing = missing
    while missing > 0.01 {
      let names = needs.indices.filter {
        table.columns[$0].kind == .text && needs[$0].fixed > 48 && needs[$0].weight == 0
      }
      guard let widest = names.max(by: { needs[$0].fixed < needs[$1].fixed }) else { break }
      let others = names.filter { needs[$0].fixed < needs[widest].fixed }.map { needs[$0].fixed }.max() ?? 48
      let level = names.filter { needs[$0].fixed == needs[widest].fixed }
      let step = min(missing / Double(level.count), needs[widest].fixed - max(48, others))
      guard step > 0 else { break }
      for index in level { needs[index].fixed -= step }
      missing -= step * Double(level.count)
    }
    return 0
  }
}

/// What each column needs for its content.
struct ColumnFitter {
  struct Need {
    var fixed: Double
    /// The share of the leftover space.
    var weight: Double
    /// What it takes before names do: more than `fixed` where texts wrap.
    var ample: Double

    init(fixed: Double, weight: Double, ample: Double = 0) {
      (self.fixed, self.weight, self.ample) = (fixed, weight, max(fixed, ample))
    }
  }

  var table: TableModel
  var typeset: Typeset
  var tableWidth: Double

  func need(_ index: Int) -> Need {
    let column = table.columns[index]
    let head = typeset.measure.width(column.label, typeset.theme.style(.axis, weight: 500))
    let texts = widestText(index)
    switch column.kind {
    case .text where column.wraps:
      return Need(
        fixed: max(head, min(texts, 60)), weight: max(column.weight, 0.5),
        ample: min(texts, tableWidth * 0.3 / wrapping))
    case .text, .number, .rank: return Need(fixed: max(head, texts), weight: column.weight)
    case .bar: return Need(fixed: max(head, texts + TableGeometry.labelGap), weight: 0)
    case .stack: return Need(fixed: max(head, 60), weight: max(1, column.weight))
    case .span: return Need(fixed: max(head, 80, spanWidth(index)), weight: max(1, column.weight))
    case .spark: return Need(fixed: max(head, sparkWidth(index)), weight: 0)
    }
  }

  private var wrapping: Double { Double(max(1, table.columns.count { $0.kind == .text && $0.wraps })) }

  func largestBar(_ index: Int) -> Double {
    guard table.columns[index].kind == .bar else { return 0 }
    return table.rows.map { row in
      if case .bar(let value, _, _) = row.cells[index].content { abs(value) } else { 0 }
    }.max() ?? 0
  }

  /// Bars of some length, and the labels at their ends.
  private func spanWidth(_ index: Int) -> Double {
    let falls = table.rows.contains { row in
      if case .span(let from, let to, _, _) = row.cells[index].content { min(from, to) < 0 } else { false }
    }
    return 24 + (falls ? 2 : 1) * (widestText(index) + 8)
  }

  func sparkWidth(_ index: Int) -> Double {
    let count =
      table.rows.map { row in
        if case .spark(let values, _) = row.cells[index].content { values.count } else { 0 }
      }.max() ?? 0
    let step = Self.sparkStep(tableWidth, count)
    return max(0, Double(count) * step - TableSparks.gap(step))
  }

  /// From one bar to the next. More than a fortnight of days take the width of a fortnight.
  static func sparkStep(_ tableWidth: Double, _ count: Int) -> Double {
    (tableWidth < 320 ? 5.6 : 7.2) * min(1, 14 / Double(max(count, 1)))
  }

  private func widestText(_ index: Int) -> Double {
    table.rows.filter { $0.style != .group }.map { row in
      let cell = row.cells[index]
      let style = TableText.style(cell, row.style, kind: table.columns[index].kind, typeset.theme)
      let below = cell.below.map { min(typeset.measure.width($0, typeset.theme.style(.body)), 84) } ?? 0
      // A total under a bar may use the space of the bars.
      let text = table.columns[index].kind == .stack ? 0 : typeset.measure.width(cell.text, style)
      return max(table.columns[index].kind == .bar && row.style == .total ? 0 : text, below)
    }.max() ?? 0
  }
}

/// The style of a cell's text.
enum TableText {
  static func style(_ cell: TableCell, _ row: TableRow.Style, kind: TableColumn.Kind, _ theme: Theme) -> TextStyle {
    if cell.isBig { return TextStyle(size: 11.5, weight: 600, color: theme[cell.token?.text ?? .ink]) }
    let isName = kind == .text
    let token: Token = cell.token?.text ?? (row == .muted && isName ? .ink3 : .ink)
    let weight = cell.isStrong || row == .total || row == .group ? 600 : kind == .bar ? 500 : 400
    return theme.style(.body, token, weight: weight)
  }
}
