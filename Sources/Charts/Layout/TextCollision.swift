/// Labels among the marks that would overlap.
///
/// In drawing order: a label that overlaps no earlier one stays; one beside its mark (aligned left or right) may move
/// up or down by a line; one that still overlaps is left out, and the figure's notes say how many were. Labels with the
/// same text and position are one label.
struct TextCollision {
  private var taken: [Cell: [Bounds]] = [:]
  private let measure: TextMeasure
  private(set) var dropped = 0

  private struct Cell: Hashable {
    var x: Int
    var y: Int
  }

  init(_ measure: TextMeasure) { self.measure = measure }

  mutating func resolve(_ items: [MarkItem]) -> [MarkItem] {
    items.compactMap { item in
      guard case .text(let text) = item.geometry else { return item }
      let line = text.size * 1.2
      let moves = text.align == .middle || text.angle != 0 ? [0] : [0, -line, line]
      for move in moves {
        var moved = text
        moved.y += move
        let bounds = Bounds.text(moved.node(.black), measure)
        if isFree(bounds) {
          take(bounds)
          var copy = item
          copy.geometry = .text(moved)
          return copy
        }
      }
      dropped += 1
      return nil
    }
  }

  private func isFree(_ bounds: Bounds) -> Bool {
    // An overlap of one point is only the white space around the letters.
    let slack = 1.0
    for cell in cells(bounds) {
      for other in taken[cell] ?? []
      where bounds.left + slack < other.right && other.left + slack < bounds.right && bounds.top + slack < other.bottom
        && other.top + slack < bounds.bottom
      {
        return false
      }
    }
    return true
  }

  private mutating func take(_ bounds: Bounds) {
    for cell in cells(bounds) { taken[cell, default: []].append(bounds) }
  }

  private func cells(_ bounds: Bounds) -> [Cell] {
    guard !bounds.isEmpty, bounds.width < 5000, bounds.height < 5000, abs(bounds.left) < 1e6, abs(bounds.top) < 1e6
    else {
      return []
    }
    let size = 40.0
    let columns = Int(bounded: (bounds.left / size).rounded(.down))...Int(bounded: (bounds.right / size).rounded(.down))
    let rows = Int(bounded: (bounds.top / size).rounded(.down))...Int(bounded: (bounds.bottom / size).rounded(.down))
    return columns.flatMap { x in rows.map { Cell(x: x, y: $0) } }
  }
}
