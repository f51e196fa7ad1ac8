import Domain

@testable import Reporting

/// Tables: rows against postings, cells against their values, totals against their columns.
extension Critic {
  var tables: [Fault] {
    figures.flatMap { figure -> [Fault] in
      let title = figure.title.plain
      guard case .table(let table) = figure.body else { return [] }
      return alike(table, title) + ways(table, figure) + totals(table, title) + values(table, figure)
        + unknowns(table, title)
        + claims(table, figure) + failures(table, figure)
    }
  }

  private func alike(_ table: TableModel, _ title: String) -> [Fault] {
    let named = table.columns.indices.filter {
      table.columns[$0].kind == .text || table.columns[$0].kind == .rank || table.columns[$0].name.hasSuffix("_at")
        || table.columns[$0].name == "day"
    }
    guard !named.isEmpty else { return [] }
    var seen: Set<[String]> = []
    return table.rows.filter { $0.style != .group }.compactMap { row in
      let names = named.flatMap { [row.cells[$0].text, row.cells[$0].below].compactMap(\.self) }
      return seen.insert(names).inserted ? nil : fault(.alike, title, names.joined(separator: " | "))
    }
  }

  /// What a cell prints, in units of 10⁻⁶: for `$1,234.56`, `1,234.5678`, `5` and `–`; nil for anything but a plain
  /// amount.
  static func millionths(_ cell: String) -> Int64? {
    // An amount of which a part is unknown is what is known of it.
    let isBound = cell.hasPrefix("≥ ") || cell.hasPrefix("≤ ")
    let bare = isBound ? String(cell.dropFirst(2)) : cell
    if bare == "–" || bare.isEmpty || bare.contains("<") { return 0 }
    // Most cells hold names and sentences.
    guard let first = bare.unicodeScalars.first, "$−+C".unicodeScalars.contains(first) || ("0"..."9").contains(first)
    else { return nil }
    let minus = bare.contains("−")
    let text = bare.hasPrefix("CN¥") ? String(bare.dropFirst(3)) : bare.replacing("−CN¥", with: "")
    let digits = text.filter { $0 != "$" && $0 != "," && $0 != "−" && $0 != "+" }
    let parts = digits.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count <= 2, let whole = Int64(parts[0]) else { return nil }
    var value = whole * 1_000_000
    if parts.count == 2 {
      guard (1...6).contains(parts[1].count),
        let part = Int64(parts[1] + String(repeating: "0", count: 6 - parts[1].count))
      else { return nil }
      value += part
    }
    return minus ? -value : value
  }

  /// Lines between two totals lead from the first to the second, as printed.
  private func ways(_ table: TableModel, _ figure: Figure) -> [Fault] {
    guard figure.id == "bill-difference", let column = table.columns.firstIndex(where: { $0.name == "cost_usd" })
    else { return [] }
    var sum: Int64?
    return table.rows.compactMap { row in
      guard let printed = Self.millionths(row.cells[column].text) else { return nil }
      guard row.style == .total else {
        sum = sum.map { $0 + printed }
        return nil
      }
      defer { sum = printed }
      guard let sum, sum != printed else { return nil }
      return fault(.total, figure.title.plain, "\(row.cells[0].text): lines lead to \(sum), not to \(printed)")
    }
  }

  private func totals(_ table: TableModel, _ title: String) -> [Fault] {
    guard let total = table.rows.last, total.style == .total, table.rows.filter({ $0.style == .total }).count == 1
    else { return [] }
    let rows = table.rows.dropLast().filter { $0.style != .group }
    return table.columns.indices.compactMap { column in
      guard table.columns[column].kind != .text, !total.cells[column].text.isEmpty,
        !total.cells[column].text.contains("%"), let sum = Self.millionths(total.cells[column].text)
      else { return nil }
      let parts = rows.map { Self.millionths($0.cells[column].text) }
      guard !parts.contains(nil) else { return nil }
      let added = parts.compactMap { $0 }.reduce(0, +)
      return added == sum
        ? nil : fault(.total, title, "\(table.columns[column].label): \(sum) under cells that add up to \(added)")
    }
  }

  /// Each amount is one that the postings give, printed to the unit that makes its column add up.
  private func values(_ table: TableModel, _ figure: Figure) -> [Fault] {
    let title = figure.title.plain
    let rows = table.rows.filter { $0.style == .plain || $0.style == .muted }
    return table.columns.indices.flatMap { column -> [Fault] in
      var faults: [Fault] = []
      for row in rows {
        guard case .money(let money) = row.cells[column].value, row.cells[column].text.first != "+",
          let printed = Self.millionths(row.cells[column].text)
        else { continue }
        // Half a unit of rounding, plus the odd units of its column and row.
        let units = max(rows.count, table.columns.count) + 1
        let room = (row.cells[column].text.contains(".") ? 10_000 : 1_000_000) * Int64(units)
        if abs(printed - money.nanodollars / 1000) > room {
          faults.append(fault(.number, title, "\(row.cells[column].text) stands for \(money)"))
        }
      }
      guard let known = recomputed.tables["\(figure.id).\(table.columns[column].name)"] else { return faults }
      var left = known.compactMap { $0 }.sorted()
      for row in rows where !row.cells[0].text.hasSuffix(" others") && !row.cells[0].text.hasSuffix(" other") {
        guard case .money(let money) = row.cells[column].value else { continue }
        guard let place = left.firstIndex(of: money.nanodollars) else {
          faults.append(
            fault(.number, title, "\(row.cells[0].text), \(table.columns[column].name): postings do not say \(money)"))
          continue
        }
        left.remove(at: place)
      }
      return faults
    }
  }

  private func unknowns(_ table: TableModel, _ title: String) -> [Fault] {
    table.rows.flatMap(\.cells).compactMap { cell in
      guard cell.value.number != nil, cell.text == "unknown" else { return nil }
      return fault(.unknown, title, "unknown stands for \(cell.value)")
    }
  }

  /// Names that a title quotes are in the table under it.
  private func claims(_ table: TableModel, _ figure: Figure) -> [Fault] {
    let title = figure.title.plain
    let names = document.quotes.compactMap { quote -> String? in
      if case .text(let name) = quote.value, quote.query.hasSuffix("titles"), !name.isEmpty { name } else { nil }
    }
    let cells = Set(table.rows.flatMap(\.cells).flatMap { [$0.text, $0.below ?? ""] })
    return Set(names).filter { title.hasPrefix($0 + " ") }.compactMap { name in
      cells.contains { $0.contains(name) } ? nil : fault(.claim, title, "\(name) is not in the table")
    }
  }

  /// As many of the most expensive jobs failed as the title says.
  private func failures(_ table: TableModel, _ figure: Figure) -> [Fault] {
    let title = figure.title.plain
    guard figure.id == "job-cost", title.hasSuffix("failed"),
      let column = table.columns.firstIndex(where: { $0.name == "status" })
    else { return [] }
    let failed = table.rows.count { $0.cells[column].value == .text("FAILED") }
    let words =
      failed == 0
      ? ["None", "Neither"]
      : failed == table.rows.count ? ["All", "Both", "The only"] : [wordsOfNumber(Double(failed)).capitalizedFirst]
    return words.contains { title.hasPrefix($0 + " ") } ? [] : [fault(.claim, title, "\(failed) failed")]
  }
}
