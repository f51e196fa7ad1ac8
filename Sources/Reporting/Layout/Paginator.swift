import Charts

/// Places units on pages: each whole if a page can hold it; a heading is never last on a page; a long table is broken
/// between rows, and its head is repeated. A page break starts a new page if the page is full enough, except where the
/// whole takes fewer pages without it; and narrower gaps avoid a last page with little on it.
struct Paginator {
  var height: Double

  /// The part of a page that must be used before a break starts a new page.
  static let fullEnough = 0.75

  struct Placed {
    var y: Double
    var piece: Piece
  }

  func pages(_ units: [Unit]) -> [[Placed]] {
    let best = fewest(units)
    guard best.count > 1, let last = best.last?.last, last.y + last.piece.height < Self.little * height else {
      return best
    }
    let narrow = fewest(units.map(\.narrow))
    return narrow.count < best.count ? narrow : best
  }

  /// Below this share, the last page counts as having little on it.
  static let little = 0.5

  private func fewest(_ units: [Unit]) -> [[Placed]] {
    let broken = placed(units)
    let flowing = placed(units.filter { !$0.breaksPage })
    return flowing.count < broken.count ? flowing : broken
  }

  private func placed(_ units: [Unit]) -> [[Placed]] {
    var pages: [[Placed]] = [[]]
    var y = 0.0
    func turn() {
      if pages.last?.isEmpty == false { pages.append([]) }
      y = 0
    }
    func put(_ piece: Piece) {
      let top = y == 0 ? 0 : y + piece.gap
      pages[pages.count - 1].append(Placed(y: top, piece: piece))
      y = top + piece.height
    }
    func fits(_ height: Double, gap: Double) -> Bool { (y == 0 ? 0 : y + gap) + height <= self.height + 0.01 }

    for (index, unit) in units.enumerated() {
      if unit.breaksPage {
        // What follows up to the next break stays here if it fits; otherwise a new page starts, unless much of this one
        // is free.
        let section = units[(index + 1)...].prefix { !$0.breaksPage }
        let needed = section.reduce(0) { $0 + $1.height + $1.gap }
        if y + needed > height, y >= Self.fullEnough * height { turn() }
        continue
      }
      if !fits(needed(units[index...]), gap: unit.gap), needed(units[index...]) <= height { turn() }
      if fits(unit.height, gap: unit.gap) {
        unit.pieces.forEach(put)
        continue
      }
      // Too tall for any page, or for this one together with what must stay with it.
      if unit.height <= height {
        turn()
        unit.pieces.forEach(put)
        continue
      }
      breakUp(unit, fits: fits, put: put, turn: turn)
    }
    if pages.last?.isEmpty == true, pages.count > 1 { pages.removeLast() }
    return pages
  }

  /// The height of a unit with those that must stay with it.
  private func needed(_ units: ArraySlice<Unit>) -> Double {
    guard let first = units.first else { return 0 }
    guard first.pieces.last?.staysWithNext == true, let next = units.dropFirst().first, !next.breaksPage else {
      return first.height
    }
    let rest = needed(units.dropFirst())
    let least = rest <= height - first.height - next.gap ? rest : next.pieces.prefix(4).reduce(0) { $0 + $1.height }
    return first.height + next.gap + least
  }

  private func breakUp(
    _ unit: Unit, fits: (Double, Double) -> Bool, put: (Piece) -> Void, turn: () -> Void
  ) {
    var index = 0
    while index < unit.pieces.count {
      // Pieces that stay together: a title, its subtitle, the head and the first row.
      var end = index + 1
      while end < unit.pieces.count, unit.pieces[end - 1].staysWithNext { end += 1 }
      let run = unit.pieces[index..<end]
      let height = run.reduce(0) { $0 + $1.height + $1.gap } - (run.first?.gap ?? 0)
      // What no page can hold begins at the top of one.
      if !fits(height, run.first?.gap ?? 0) {
        turn()
        if index > 0, let head = unit.head { put(head) }
      }
      run.forEach(put)
      index = end
    }
  }
}
