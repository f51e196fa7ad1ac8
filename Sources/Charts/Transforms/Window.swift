import Domain

/// Running sums, ranks and neighbours: `{"window": [{"op": "sum", "field": "cost_usd", "as": "total"}]}`.
struct Window: Equatable {
  enum Operation: Equatable {
    case aggregate(AggregateOperation)
    case rowNumber, rank, denseRank, percentRank, cumulativeDistribution
    case ntile, lag, lead, firstValue, lastValue, nthValue

    init?(_ name: String) {
      let named: [String: Operation] = [
        "row_number": .rowNumber, "rank": .rank, "dense_rank": .denseRank, "percent_rank": .percentRank,
        "cume_dist": .cumulativeDistribution, "ntile": .ntile, "lag": .lag, "lead": .lead,
        "first_value": .firstValue, "last_value": .lastValue, "nth_value": .nthValue,
      ]
      guard let found = named[name] ?? AggregateOperation(rawValue: name).map({ .aggregate($0) }) else { return nil }
      self = found
    }
  }

  struct Output: Equatable {
    var operation: Operation
    var field: String?
    var parameter: Int
    var name: String
  }

  var outputs: [Output]
  var groupby: [String] = []
  var sort: [SortKey] = []
  /// Rows before and after; nil is all of them.
  var frame: (Int?, Int?) = (nil, 0)
  var ignorePeers = false

  func apply(_ table: DataTable) -> DataTable {
    var columns = outputs.map { _ in [Cell](repeating: .null, count: table.rowCount) }
    let fields = outputs.map { $0.field.map(table.column) ?? [] }
    let keys = sort.map { table.column($0.field) }
    for group in table.groups(by: groupby) {
      let rows = SortKey.sorted(group.rows, of: table, by: sort)
      let part = Partition(rows: rows, peers: peers(rows, keys), window: self)
      for (index, output) in outputs.enumerated() { part.fill(&columns[index], output, fields[index]) }
    }
    var result = table
    for (output, column) in zip(outputs, columns) { result = result.setting(output.name, to: column) }
    return result
  }

  /// For each position, the position of the first row that sorts equal to it.
  private func peers(_ rows: [Int], _ keys: [[Cell]]) -> [Int] {
    var starts: [Int] = []
    for place in rows.indices {
      let same =
        place > 0 && !keys.isEmpty && keys.allSatisfy { Cell.compare($0[rows[place]], $0[rows[place - 1]]) == 0 }
      starts.append(same ? starts[place - 1] : place)
    }
    return starts
  }

  static func == (left: Window, right: Window) -> Bool {
    left.outputs == right.outputs && left.groupby == right.groupby && left.sort == right.sort
      && left.frame.0 == right.frame.0 && left.frame.1 == right.frame.1 && left.ignorePeers == right.ignorePeers
  }
}

private struct Partition {
  var rows: [Int]
  var peers: [Int]
  var window: Window

  func fill(_ column: inout [Cell], _ output: Window.Output, _ field: [Cell]) {
    if case .aggregate(let operation) = output.operation, operation.isSum || operation == .mean || operation == .average
    {
      return fillSums(&column, operation, field)
    }
    let ends = peerEnds
    var dense = 0
    for (place, row) in rows.enumerated() {
      if peers[place] == place { dense += 1 }
      let (from, to) = bounds(place, ends)
      let count = Double(rows.count)
      switch output.operation {
      case .rowNumber: column[row] = .real(Double(place + 1))
      case .rank: column[row] = .real(Double(peers[place] + 1))
      case .denseRank: column[row] = .real(Double(dense))
      case .percentRank: column[row] = .real(rows.count < 2 ? 0 : Double(peers[place]) / (count - 1))
      case .cumulativeDistribution: column[row] = .real(Double(ends[place]) / count)
      case .ntile:
        column[row] = .real((Double(max(1, output.parameter)) * Double(ends[place]) / count).rounded(.up))
      case .lag: column[row] = neighbour(place - output.parameter, field)
      case .lead: column[row] = neighbour(place + output.parameter, field)
      case .firstValue: column[row] = neighbour(from, field)
      case .lastValue: column[row] = neighbour(to - 1, field)
      case .nthValue:
        column[row] = from + output.parameter - 1 < to ? neighbour(from + output.parameter - 1, field) : .null
      case .aggregate(let operation):
        column[row] = operation.apply(rows[from..<max(from, to)].map { field.isEmpty ? .null : field[$0] })
      }
    }
  }

  /// Sums and means over any frame in one pass.
  private func fillSums(_ column: inout [Cell], _ operation: AggregateOperation, _ field: [Cell]) {
    var sums = [0.0]
    var counts = [0.0]
    for row in rows {
      let value = field.isEmpty ? nil : field[row].quantity
      sums.append(sums[sums.count - 1] + (value ?? 0))
      counts.append(counts[counts.count - 1] + (value == nil ? 0 : 1))
    }
    let ends = peerEnds
    for (place, row) in rows.enumerated() {
      let (from, to) = bounds(place, ends)
      let (sum, valid) = (sums[to] - sums[from], counts[to] - counts[from])
      switch operation {
      case .count: column[row] = .real(Double(to - from))
      case .valid: column[row] = .real(valid)
      case .missing: column[row] = .real(Double(to - from) - valid)
      case .sum: column[row] = .real(sum)
      default: column[row] = valid == 0 ? .null : .real(sum / valid)
      }
    }
  }

  private var peerEnds: [Int] {
    var ends = [Int](repeating: rows.count, count: rows.count)
    for place in rows.indices.reversed() where place + 1 < rows.count {
      ends[place] = peers[place + 1] == place + 1 ? place + 1 : ends[place + 1]
    }
    return ends
  }

  private func bounds(_ place: Int, _ ends: [Int]) -> (Int, Int) {
    var from = max(0, window.frame.0.map { place + $0 } ?? 0)
    var to = min(rows.count, window.frame.1.map { place + $0 + 1 } ?? rows.count)
    if !window.ignorePeers, from < rows.count, to > 0, from < to {
      from = peers[from]
      to = ends[to - 1]
    }
    return (min(from, rows.count), max(min(from, rows.count), to))
  }

  private func neighbour(_ place: Int, _ field: [Cell]) -> Cell {
    rows.indices.contains(place) && !field.isEmpty ? field[rows[place]] : .null
  }
}
