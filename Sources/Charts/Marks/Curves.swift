extension Interpolation {
  /// The same steps in the opposite direction.
  var reversed: Interpolation {
    switch self {
    case .stepAfter: .stepBefore
    case .stepBefore: .stepAfter
    default: self
    }
  }

  /// A path through points; `joined` continues the path before it.
  func path(_ points: [MarkItem.Point], joined: Bool = false, horizontal: Bool = false) -> [Path.Segment] {
    guard let first = points.first else { return [] }
    let start: Path.Segment = joined ? .line(first.x, first.y) : .move(first.x, first.y)
    switch self {
    case .linear: return [start] + points.dropFirst().map { .line($0.x, $0.y) }
    case .monotone: return [start] + Self.monotone(points, horizontal: horizontal)
    case .step, .stepAfter, .stepBefore:
      var segments = [start]
      for (from, to) in zip(points, points.dropFirst()) {
        let share = self == .step ? 0.5 : self == .stepAfter ? 1 : 0
        if horizontal {
          let y = from.y + (to.y - from.y) * share
          segments += [.line(from.x, y), .line(to.x, y), .line(to.x, to.y)]
        } else {
          let x = from.x + (to.x - from.x) * share
          segments += [.line(x, from.y), .line(x, to.y), .line(to.x, to.y)]
        }
      }
      return segments
    }
  }

  /// Steffen's monotone cubic (d3's curveMonotoneX): no extremum that the data does not have.
  private static func monotone(_ points: [MarkItem.Point], horizontal: Bool) -> [Path.Segment] {
    let along = points.map { horizontal ? $0.y : $0.x }
    let across = points.map { horizontal ? $0.x : $0.y }
    if points.count < 3 { return points.dropFirst().map { .line($0.x, $0.y) } }
    var slopes = [Double](repeating: 0, count: points.count)
    let slope = { (index: Int) -> Double in
      let width = along[index + 1] - along[index]
      return width == 0 ? 0 : (across[index + 1] - across[index]) / width
    }
    for index in 1..<points.count - 1 {
      let (before, after) = (along[index] - along[index - 1], along[index + 1] - along[index])
      let (first, second) = (slope(index - 1), slope(index))
      let mean = before + after == 0 ? 0 : (first * after + second * before) / (before + after)
      let sign = (first < 0 ? -1.0 : 1) + (second < 0 ? -1.0 : 1)
      slopes[index] = sign * min(abs(first), abs(second), 0.5 * abs(mean))
    }
    let last = points.count - 1
    slopes[0] = (3 * slope(0) - slopes[1]) / 2
    slopes[last] = (3 * slope(last - 1) - slopes[last - 1]) / 2
    return (0..<last).map { index in
      let third = (along[index + 1] - along[index]) / 3
      let (a, b) = (along[index] + third, across[index] + third * slopes[index])
      let (c, d) = (along[index + 1] - third, across[index + 1] - third * slopes[index + 1])
      let end = points[index + 1]
      return horizontal ? .curve(b, a, d, c, end.x, end.y) : .curve(a, b, c, d, end.x, end.y)
    }
  }
}

/// A line of changing width as an outline.
enum Trail {
  static func outline(_ points: [(MarkItem.Point, Double)]) -> [Path.Segment] {
    var segments: [Path.Segment] = []
    for ((from, first), (to, second)) in zip(points, points.dropFirst()) {
      let (dx, dy) = (to.x - from.x, to.y - from.y)
      let length = (dx * dx + dy * dy).squareRoot()
      guard length > 0 else { continue }
      let (nx, ny) = (-dy / length, dx / length)
      let (r, s) = (first / 2, second / 2)
      segments += [
        .move(from.x + nx * r, from.y + ny * r), .line(to.x + nx * s, to.y + ny * s),
        .line(to.x - nx * s, to.y - ny * s), .line(from.x - nx * r, from.y - ny * r), .close,
      ]
    }
    // Round ends and joints, with the same winding as the pieces.
    for (point, width) in points where width > 0 { segments.append(.circle(x: point.x, y: point.y, radius: width / 2)) }
    return segments
  }
}
