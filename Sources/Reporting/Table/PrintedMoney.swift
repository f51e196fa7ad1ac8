import Domain

/// Money as a table prints it: if a column has a total, its cells add up to it; if rows have totals as well, both add
/// up. Steps from one amount to another, each starting where the previous one ends, add up as well.
struct PrintedMoney {
  /// By column of the block, by row.
  private var printed: [Int: [Cell]] = [:]
  private var totals: [Int: Cell] = [:]
  /// Decimals of all amounts in cents: enough to tell the smallest from zero, but at most four, if no amount is ten
  /// dollars or more.
  private(set) var places = 2

  init(_ rows: ArrangedRows, _ spec: TableSpec) {
    places = Self.places(rows, spec)
    let summed = spec.columns.indices.filter { spec.columns[$0].total == .sum }
    let money = summed.compactMap { column -> (column: Int, unit: Int64, amounts: [Money?])? in
      guard let field = spec.columns[column].valueField, let index = rows.columns.firstIndex(of: field) else {
        return nil
      }
      let amounts = rows.rows.map { row -> Money? in
        if case .money(let money) = row.cells[index] { money } else { nil }
      }
      guard amounts.contains(where: { $0 != nil }), let unit = unit(spec.columns[column], amounts) else {
        return nil
      }
      return (column, unit, amounts)
    }
    let across = money.first { spec.columns[$0.column].isRowSum }
    let parts = money.filter { !spec.columns[$0.column].isRowSum }
    if let across, parts.count > 1 {
      let cells = apportioned(
        rows: rows.rows.indices.map { row in parts.map { $0.amounts[row]?.nanodollars ?? 0 } }, unit: across.unit)
      for (index, part) in parts.enumerated() {
        set(part.column, part.unit, cells.map { $0[index] }, part.amounts)
      }
      set(across.column, across.unit, cells.map { $0.reduce(0, +) }, across.amounts)
    } else {
      for part in money {
        set(
          part.column, part.unit, apportioned(part.amounts.map { $0?.nanodollars ?? 0 }, unit: part.unit), part.amounts)
      }
    }
    for span in spec.columns { addSteps(span, rows, spec) }
    for (index, column) in spec.columns.enumerated() where printed[index] == nil { addWay(index, column, rows) }
  }

  /// Lines that lead from one strong row to the next, as in a reconciliation.
  private mutating func addWay(_ index: Int, _ column: ColumnSpec, _ rows: ArrangedRows) {
    let marks = rows.rows.indices.filter { rows.rows[$0].style == .total }
    guard marks.count > 1, let field = column.valueField, let amounts = Self.amounts(field, rows),
      let unit = unit(column, amounts)
    else { return }
    var printed = amounts
    for (start, end) in zip(marks, marks.dropFirst()) {
      let steps = amounts[(start + 1)..<end].map(\.nanodollars)
      guard steps.reduce(amounts[start].nanodollars, +) == amounts[end].nanodollars else { return }
      for (offset, step) in roundedSteps(steps, from: amounts[start].nanodollars, unit: unit).enumerated() {
        printed[start + 1 + offset] = Money(nanodollars: step * unit)
      }
    }
    self.printed[index] = printed.map { .money($0) }
  }

  /// Columns with the difference between the ends of a span.
  private mutating func addSteps(_ span: ColumnSpec, _ rows: ArrangedRows, _ spec: TableSpec) {
    guard case .span(let from, let to) = span.source,
      let starts = Self.amounts(from, rows), let ends = Self.amounts(to, rows)
    else { return }
    let changes = zip(starts, ends).map { $1 - $0 }
    for (index, column) in spec.columns.enumerated() where printed[index] == nil {
      guard let field = column.valueField, Self.amounts(field, rows) == changes,
        let unit = unit(column, changes)
      else { continue }
      let units = roundedBridge(
        from: starts.map(\.nanodollars), to: ends.map(\.nanodollars), unit: unit)
      printed[index] = units.map { .money(Money(nanodollars: $0 * unit)) }
    }
  }

  /// Nil if one is unknown.
  private static func amounts(_ field: String, _ rows: ArrangedRows) -> [Money]? {
    guard let index = rows.columns.firstIndex(of: field) else { return nil }
    let amounts = rows.rows.compactMap { row -> Money? in
      if case .money(let money) = row.cells[index] { money } else { nil }
    }
    return amounts.count == rows.rows.count ? amounts : nil
  }

  func cell(_ row: Int, _ column: Int) -> Cell? { printed[column].map { $0[row] } }

  func total(_ column: Int) -> Cell? { totals[column] }

  private mutating func set(_ column: Int, _ unit: Int64, _ units: [Int64], _ amounts: [Money?]) {
    printed[column] = zip(units, amounts).map { $1 == nil ? .null : .money(Money(nanodollars: $0 * unit)) }
    totals[column] = .money(Money(nanodollars: units.reduce(0, +) * unit))
  }

  /// Whole dollars only add up if no part is small enough to be printed with cents.
  private func unit(_ column: ColumnSpec, _ amounts: [Money?]) -> Int64? {
    switch column.format?.format {
    case .usd:
      let small = amounts.contains { $0.map { $0 != .zero && $0.nanodollars.magnitude < 10_000_000_000 } ?? false }
      return small ? nil : 1_000_000_000
    case nil, .usdCents, .cents: return (2..<places).reduce(nanodollarsPerCent) { unit, _ in unit / 10 }
    default: return nil
    }
  }

  private static func places(_ rows: ArrangedRows, _ spec: TableSpec) -> Int {
    // A row that leads to the others has its amount in words, to the cent.
    guard spec.lead == nil else { return 2 }
    let fields = spec.columns.flatMap { column -> [String] in
      if case .span(let from, let to) = column.source { return [from, to] }
      guard column.format.map(\.format.showsCents) ?? true else { return [] }
      return [column.valueField].compactMap(\.self)
    }
    let columns = fields.compactMap { rows.columns.firstIndex(of: $0) }
    let amounts = rows.rows.flatMap { row in
      columns.compactMap { index -> UInt64? in
        switch row.cells[index] {
        case .money(let money) where money != .zero: return money.nanodollars.magnitude
        case .real(let dollars) where dollars != 0 && abs(dollars) < 1e9: return UInt64(abs(dollars) * 1e9)
        default: return nil
        }
      }
    }
    guard let least = amounts.min(), let most = amounts.max(), most < 10_000_000_000 else { return 2 }
    return least >= 5_000_000 ? 2 : least >= 500_000 ? 3 : 4
  }
}
