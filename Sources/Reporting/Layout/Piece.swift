import Charts

/// Something with a height that is placed on a page as a whole; its nodes start at (0, 0).
struct Piece {
  var height: Double
  /// The space above it, dropped at the top of a page.
  var gap: Double
  var nodes: [Node]
  /// Never the last on a page.
  var staysWithNext = false
}

/// A figure, a paragraph or a row of figures on the page: pieces that stay together if a page can hold them.
struct Unit {
  var pieces: [Piece]
  /// Repeated at the top if the unit is broken: a table's head.
  var head: Piece?
  var breaksPage = false

  init(_ pieces: [Piece], head: Piece? = nil) {
    self.pieces = pieces
    self.head = head
  }

  init(_ piece: Piece) { self.init([piece]) }

  static let pageBreak: Unit = {
    var unit = Unit([])
    unit.breaksPage = true
    return unit
  }()

  var height: Double {
    pieces.enumerated().reduce(0) { $0 + $1.element.height + ($1.offset == 0 ? 0 : $1.element.gap) }
  }

  var gap: Double { pieces.first?.gap ?? 0 }

  /// The same with less space between figures, and above and below headings.
  var narrow: Unit {
    var copy = self
    for index in copy.pieces.indices where copy.pieces[index].gap >= PageFrame.headingGap {
      copy.pieces[index].gap *= 0.7
    }
    return copy
  }

  /// All pieces as one, for places where nothing can be broken.
  var single: Piece {
    var placed: [(Double, [Node])] = []
    var y = 0.0
    for (index, piece) in pieces.enumerated() {
      if index > 0 { y += piece.gap }
      placed.append((y, piece.nodes))
      y += piece.height
    }
    let nodes = TableStructure.wrapped(placed).map { Node.group(Group(y: $0, nodes: $1)) }
    return Piece(height: y, gap: gap, nodes: nodes, staysWithNext: pieces.last?.staysWithNext ?? false)
  }
}
