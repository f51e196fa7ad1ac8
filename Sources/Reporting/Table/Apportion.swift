import Domain

/// Rounds parts to whole units so that, as printed, they add up to their rounded total: the largest part takes the
/// rest. Reports never show a column whose cells do not add up to the figure below it.
func apportioned(_ parts: [Int64], unit: Int64, total: Int64? = nil) -> [Int64] {
  var rounded = parts.map { roundedUnits($0, unit) }
  let sum = total ?? roundedUnits(parts.reduce(0, +), unit)
  let left = sum - rounded.reduce(0, +)
  let largest = parts.indices.max { (parts[$0].magnitude, $1) < (parts[$1].magnitude, $0) }
  if left != 0, let largest { rounded[largest] += left }
  return rounded
}

/// Rounds the steps of a bridge to whole units by largest remainder, so that they lead from the rounded start to the
/// rounded end: each is less than a unit from its amount, and those farthest from it are rounded the other way.
///
/// - Parameter start: the start of the first step.
func roundedSteps(_ steps: [Int64], from start: Int64, unit: Int64) -> [Int64] {
  let end = steps.reduce(start, +)
  var rounded = steps.map { $0 / unit - ($0 % unit < 0 ? 1 : 0) }
  let remainders = zip(steps, rounded).map { $0 - $1 * unit }
  var left = roundedUnits(end, unit) - roundedUnits(start, unit) - rounded.reduce(0, +)
  let order = steps.indices.sorted { (remainders[$1], $0) < (remainders[$0], $1) }
  for index in order where left > 0 && remainders[index] > 0 {
    rounded[index] += 1
    left -= 1
  }
  // Rounding half to even at the start and at the end may leave a unit that no remainder accounts for.
  if let largest = steps.indices.max(by: { steps[$0].magnitude < steps[$1].magnitude }) { rounded[largest] += left }
  return rounded
}

/// The same for a table whose rows and columns both add up. Row and column totals are rounded first; then cells give or
/// take units where they are largest.
func apportioned(rows: [[Int64]], unit: Int64) -> [[Int64]] {
  guard let width = rows.first?.count, width > 0 else { return rows }
  let rowTotals = apportioned(rows.map { $0.reduce(0, +) }, unit: unit)
  let columnTotals = apportioned(
    (0..<width).map { column in rows.reduce(0) { $0 + $1[column] } }, unit: unit, total: rowTotals.reduce(0, +))
  var cells = rows.map { $0.map { roundedUnits($0, unit) } }
  var rowLeft = zip(rowTotals, cells).map { $0 - $1.reduce(0, +) }
  var columnLeft = (0..<width).map { column in columnTotals[column] - cells.reduce(0) { $0 + $1[column] } }
  // A row and a column that both need a unit, or both have one too many, share a cell.
  for row in cells.indices {
    for column in (0..<width).sorted(by: { rows[row][$0].magnitude > rows[row][$1].magnitude })
    where rowLeft[row].signum() * columnLeft[column].signum() > 0 {
      let step = min(rowLeft[row].magnitude, columnLeft[column].magnitude)
      let change = Int64(step) * rowLeft[row].signum()
      cells[row][column] += change
      rowLeft[row] -= change
      columnLeft[column] -= change
    }
  }
  // The rest cancels out within the rows and within the columns: it is passed through the largest column or row.
  let wide = (0..<width).max { columnTotals[$0].magnitude < columnTotals[$1].magnitude } ?? 0
  let tall = cells.indices.max { rowTotals[$0].magnitude < rowTotals[$1].magnitude } ?? 0
  for row in cells.indices where rowLeft[row] != 0 {
    cells[row][wide] += rowLeft[row]
    columnLeft[wide] -= rowLeft[row]
  }
  for column in 0..<width where columnLeft[column] != 0 { cells[tall][column] += columnLeft[column] }
  return cells
}

private func roundedUnits(_ value: Int64, _ unit: Int64) -> Int64 {
  Int64(dividedHalfToEven(Int128(value), by: Int128(unit)))
}

let nanodollarsPerCent: Int64 = 10_000_000
