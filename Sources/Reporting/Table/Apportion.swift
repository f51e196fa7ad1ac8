import Domain

/// Rounds parts to whole units by largest remainder so that, as printed, they add up to their rounded total: each is less
/// than a unit from its amount. Reports never show a column whose cells do not add up to the figure below it.
func apportioned(_ parts: [Int64], unit: Int64) -> [Int64] { roundedSteps(parts, from: 0, unit: unit) }

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

/// Rounds the rows of a bridge: sums, which start at zero, and steps, each of which starts where the row before ended. Steps are
/// rounded as they are elsewhere. A sum is the one after its steps less these; steps that no sum leads to go from the rounded
/// start to the rounded end, and the largest take a unit each of what is missing.
func roundedBridge(from starts: [Int64], to ends: [Int64], unit: Int64) -> [Int64] {
  var rounded = zip(starts, ends).map { roundedUnits($1 - $0, unit) }
  var end = rounded.count
  while end > 0 {
    var first = end - 1
    while first > 0, starts[first] != 0, starts[first] == ends[first - 1] { first -= 1 }
    // From the sum that begins it, if any, to the sum that follows.
    let steps = starts[first] == 0 ? (first + 1)..<end : first..<end
    let isFollowed = end < rounded.count && starts[end] == 0 && ends[end] == ends[end - 1]
    if !steps.isEmpty {
      let sum = rounded[steps].reduce(0, +)
      if starts[first] == 0, isFollowed {
        rounded[first] = rounded[end] - sum
      } else {
        let missing = roundedUnits(ends[end - 1], unit) - roundedUnits(starts[steps.lowerBound], unit) - sum
        let order = steps.sorted { (ends[$1] - starts[$1]).magnitude < (ends[$0] - starts[$0]).magnitude }
        for place in 0..<Int(missing.magnitude) { rounded[order[place % order.count]] += missing.signum() }
      }
    }
    end = first
  }
  return rounded
}

/// Largest remainders for a table whose rows and columns both add up. Row and column totals are rounded first; then cells give or
/// take units, each time the cell that stays nearest to its amount.
func apportioned(rows: [[Int64]], unit: Int64) -> [[Int64]] {
  guard let width = rows.first?.count, width > 0 else { return rows }
  let rowTotals = apportioned(rows.map { $0.reduce(0, +) }, unit: unit)
  let columnTotals = apportioned((0..<width).map { column in rows.reduce(0) { $0 + $1[column] } }, unit: unit)
  var cells = rows.map { $0.map { roundedUnits($0, unit) } }
  var rowLeft = zip(rowTotals, cells).map { $0 - $1.reduce(0, +) }
  var columnLeft = (0..<width).map { column in columnTotals[column] - cells.reduce(0) { $0 + $1[column] } }
  /// How far a cell would be from its amount after a change.
  func distance(_ row: Int, _ column: Int, _ change: Int64) -> UInt64 {
    (rows[row][column] - (cells[row][column] + change) * unit).magnitude
  }
  // A row and a column that both need a unit, or both have one too many, share a cell.
  for row in cells.indices {
    while rowLeft[row] != 0 {
      let change = rowLeft[row].signum()
      let shared = (0..<width).filter { columnLeft[$0].signum() == change }
      guard let column = shared.min(by: { distance(row, $0, change) < distance(row, $1, change) }) else { break }
      cells[row][column] += change
      rowLeft[row] -= change
      columnLeft[column] -= change
    }
  }
  // The rest cancels out within the rows and within the columns: it passes from one to another.
  while let more = rowLeft.firstIndex(where: { $0 > 0 }), let less = rowLeft.firstIndex(where: { $0 < 0 }) {
    let worst = (0..<width).map { max(distance(more, $0, 1), distance(less, $0, -1)) }
    let column = worst.indices.min { worst[$0] < worst[$1] } ?? 0
    cells[more][column] += 1
    cells[less][column] -= 1
    rowLeft[more] -= 1
    rowLeft[less] += 1
  }
  while let more = columnLeft.firstIndex(where: { $0 > 0 }), let less = columnLeft.firstIndex(where: { $0 < 0 }) {
    let worst = rows.indices.map { max(distance($0, more, 1), distance($0, less, -1)) }
    let row = worst.indices.min { worst[$0] < worst[$1] } ?? 0
    cells[row][more] += 1
    cells[row][less] -= 1
    columnLeft[more] -= 1
    columnLeft[less] += 1
  }
  return cells
}

private func roundedUnits(_ value: Int64, _ unit: Int64) -> Int64 {
  Int64(dividedHalfToEven(Int128(value), by: Int128(unit)))
}

let nanodollarsPerCent: Int64 = 10_000_000
