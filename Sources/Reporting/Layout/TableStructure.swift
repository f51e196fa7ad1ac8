import Charts

/// Tagged PDF needs rows inside a table; the page has them as pieces, so that it can break between them.
enum TableStructure {
  /// Adjacent rows become one table in the structure.
  static func wrapped(_ pieces: [(Double, [Node])]) -> [(Double, [Node])] {
    var result: [(Double, [Node])] = []
    var open: (y: Double, nodes: [Node])?
    for (y, nodes) in pieces {
      guard nodes.contains(where: isRow) else {
        if let table = open { result.append((table.y, [.group(Group(role: .table, nodes: table.nodes))])) }
        open = nil
        result.append((y, nodes))
        continue
      }
      let table = open ?? (y, [])
      open = (table.y, table.nodes + [.group(Group(y: y - table.y, nodes: nodes))])
    }
    if let table = open { result.append((table.y, [.group(Group(role: .table, nodes: table.nodes))])) }
    return result
  }

  private static func isRow(_ node: Node) -> Bool {
    if case .group(let group) = node { group.role == .tableRow } else { false }
  }
}
