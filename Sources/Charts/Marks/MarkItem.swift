/// One thing that a mark draws, in points from the plot's top left corner.
struct MarkItem: Equatable {
  enum Geometry: Equatable {
    case rect(x: Double, y: Double, width: Double, height: Double)
    case rule(x1: Double, y1: Double, x2: Double, y2: Double)
    case symbol(x: Double, y: Double, size: Double, shape: String)
    case text(TextItem)
    /// Pieces of a line, split where a value is missing.
    case line([[Point]], Interpolation)
    /// Upper edges and their bases.
    case area([[Band]], Interpolation, horizontal: Bool)
    /// A line of varying width.
    case trail([[(Point, Double)]])

    static func == (left: Geometry, right: Geometry) -> Bool { "\(left)" == "\(right)" }
  }

  struct Point: Equatable {
    var x: Double
    var y: Double
  }

  struct Band: Equatable {
    var edge: Point
    var base: Point
  }

  var geometry: Geometry
  var fill: Color?
  var stroke: Color?
  var strokeWidth = 1.0
  var dash: [Double] = []
  var cap = Stroke.Cap.butt
  var join = Stroke.Join.miter
  var cornerRadius = 0.0
  var tooltip: String?
}

struct TextItem: Equatable {
  var string: String
  var x: Double
  var y: Double
  var align: Text.Anchor
  var baseline: String
  var size: Double
  var weight: Int
  var italic: Bool
  var angle: Double
  var family: String?

  /// How far the baseline is below the point that the text is anchored to, as in Vega.
  static func drop(_ baseline: String, _ size: Double) -> Double {
    switch baseline {
    case "top", "line-top": 0.79 * size
    case "middle": 0.30 * size
    case "bottom", "line-bottom": -0.21 * size
    default: 0
    }
  }
}
