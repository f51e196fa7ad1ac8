/// The outlines of symbols of an area, as Vega draws them.
enum SymbolShape {
  static let names = [
    "circle", "square", "cross", "diamond", "triangle-up", "triangle-down", "triangle-left", "triangle-right",
    "triangle",
    "stroke", "arrow", "wedge",
  ]

  static func path(_ name: String, _ x: Double, _ y: Double, _ size: Double) -> [Path.Segment] {
    let side = max(0, size).squareRoot()
    let half = side / 2
    let triangle = half * 3.0.squareRoot() / 2 * 2 / 2
    switch name {
    case "square": return [.rectangle(x: x - half, y: y - half, width: side, height: side)]
    case "cross":
      let arm = side / 2
      let thin = side / 5
      return polygon(
        x, y,
        [
          (-arm, -thin), (-arm, thin), (-thin, thin), (-thin, arm), (thin, arm), (thin, thin), (arm, thin),
          (arm, -thin),
          (thin, -thin), (thin, -arm), (-thin, -arm), (-thin, -thin),
        ])
    case "diamond": return polygon(x, y, [(-half, 0), (0, -half), (half, 0), (0, half)])
    case "triangle-up", "triangle": return polygon(x, y, [(0, -triangle), (-half, triangle), (half, triangle)])
    case "triangle-down": return polygon(x, y, [(0, triangle), (-half, -triangle), (half, -triangle)])
    case "triangle-right": return polygon(x, y, [(triangle, 0), (-triangle, -half), (-triangle, half)])
    case "triangle-left": return polygon(x, y, [(-triangle, 0), (triangle, -half), (triangle, half)])
    case "stroke": return [.move(x - half, y), .line(x + half, y)]
    case "arrow":
      let (shaft, head) = (side / 7, side / 2.5)
      let join = side / 8
      return polygon(
        x, y,
        [(-shaft, side), (shaft, side), (shaft, -join), (head, -join), (0, -side), (-head, -join), (-shaft, -join)])
    case "wedge":
      let height = half * 3.0.squareRoot()
      return polygon(x, y, [(0, -height), (-side / 4, height), (side / 4, height)])
    default: return [.circle(x: x, y: y, radius: (max(0, size) / Double.pi).squareRoot())]
    }
  }

  private static func polygon(_ x: Double, _ y: Double, _ corners: [(Double, Double)]) -> [Path.Segment] {
    corners.enumerated().map { index, corner in
      index == 0 ? .move(x + corner.0, y + corner.1) : .line(x + corner.0, y + corner.1)
    } + [.close]
  }
}
