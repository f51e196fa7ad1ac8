/// A drawing as plain values: the form of charts and pages before Cairo draws them, which tests compare.
///
/// Lengths are points (1/72 inch), the origin is the top left corner, y grows downwards.
package struct Scene: Equatable, Sendable {
  package var width: Double
  package var height: Double
  /// In drawing order.
  package var nodes: [Node]

  package init(width: Double, height: Double, nodes: [Node] = []) {
    self.width = width
    self.height = height
    self.nodes = nodes
  }

  package var size: Size { Size(width: width, height: height) }
}

/// One drawn thing. Later nodes are drawn over earlier ones.
package indirect enum Node: Equatable, Sendable {
  case group(Group)
  case path(Path)
  case text(Text)
}

/// Nodes that share a translation and a clip, with their meaning for a reader who cannot see them.
package struct Group: Equatable, Sendable {
  /// Moves its nodes to the right, and `y` downwards.
  package var x: Double
  package var y: Double
  /// Clips the children to this width and height, from (0, 0).
  package var clip: Size?
  /// The structure of the group's content in a tagged PDF and an SVG.
  package var role: Role?
  /// A target of links and of the outline: unique within a document.
  package var anchor: String?
  /// Makes the group's area a link, to `#anchor` or to a URL.
  package var link: String?
  /// Text that an SVG shows while the pointer is over the group.
  package var tooltip: String?
  package var nodes: [Node]

  package init(
    x: Double = 0, y: Double = 0, clip: Size? = nil, role: Role? = nil, anchor: String? = nil, link: String? = nil,
    tooltip: String? = nil, nodes: [Node] = []
  ) {
    self.x = x
    self.y = y
    self.clip = clip
    self.role = role
    self.anchor = anchor
    self.link = link
    self.tooltip = tooltip
    self.nodes = nodes
  }
}

/// In points.
package struct Size: Equatable, Sendable {
  package var width: Double
  package var height: Double

  package init(width: Double, height: Double) {
    self.width = width
    self.height = height
  }
}

/// The kind of a group, in tagged PDF's terms.
package enum Role: Equatable, Sendable {
  case heading(level: Int)
  case paragraph
  case list, listItem
  case table, tableRow, tableHeader, tableCell
  /// A figure with its title and a description that gives its numbers in words.
  case figure(title: String, description: String)
  /// Running heads, rules and backgrounds: not read aloud.
  case artifact
}

/// A line or an area; it is filled before it is stroked.
package struct Path: Equatable, Sendable {
  /// Several closed parts are allowed; where they overlap, winding decides what is inside.
  package var segments: [Segment]
  package var fill: Color?
  package var stroke: Stroke?

  package init(_ segments: [Segment], fill: Color? = nil, stroke: Stroke? = nil) {
    self.segments = segments
    self.fill = fill
    self.stroke = stroke
  }

  /// In absolute coordinates of the group.
  package enum Segment: Equatable, Sendable {
    case move(Double, Double)
    case line(Double, Double)
    /// A cubic Bézier curve: two control points and the end.
    case curve(Double, Double, Double, Double, Double, Double)
    case rectangle(x: Double, y: Double, width: Double, height: Double)
    case circle(x: Double, y: Double, radius: Double)
    /// A line back to the last `move`.
    case close
  }
}

/// A line's look, centred on the path.
package struct Stroke: Equatable, Sendable {
  package var color: Color
  package var width: Double
  /// Lengths of strokes and gaps in turn; empty for a solid line.
  package var dash: [Double]
  /// How an open line ends.
  package var cap: Cap
  /// How two parts of a line meet.
  package var join: Join

  package init(
    _ color: Color, width: Double = 1, dash: [Double] = [], cap: Cap = .butt, join: Join = .miter
  ) {
    self.color = color
    self.width = width
    self.dash = dash
    self.cap = cap
    self.join = join
  }

  /// As in SVG: `stroke-linecap`.
  package enum Cap: Equatable, Sendable { case butt, round, square }
  /// As in SVG: `stroke-linejoin`.
  package enum Join: Equatable, Sendable { case miter, round, bevel }
}

/// One line of text, placed by its baseline. Wrapping and ellipsis come before: see `TextMeasure`.
package struct Text: Equatable, Sendable {
  package var string: String
  /// Where `anchor` is; `y` is the baseline.
  package var x: Double
  package var y: Double
  package var style: TextStyle
  package var anchor: Anchor
  /// Clockwise, in degrees, around (x, y).
  package var angle: Double

  package init(
    _ string: String, x: Double, y: Double, style: TextStyle, anchor: Anchor = .start, angle: Double = 0
  ) {
    self.string = string
    self.x = x
    self.y = y
    self.style = style
    self.anchor = anchor
    self.angle = angle
  }

  /// Which part of the line stands at x.
  package enum Anchor: Equatable, Sendable { case start, middle, end }
}

/// The look of a line of text.
package struct TextStyle: Hashable, Sendable {
  /// Points; a report uses nothing below 9.
  package var size: Double
  /// 100–900, as in CSS.
  package var weight: Int
  package var italic: Bool
  package var color: Color
  /// Extra space between letters, as a fraction of the size: −0.018 at 22 points.
  package var tracking: Double
  /// Digits of equal width (`tnum`).
  package var tabularFigures: Bool
  /// A stroke behind the letters that keeps them legible over lines.
  package var halo: Color?
  /// Nil is the report's own face (Inter, then DejaVu Sans).
  package var family: String?

  package init(
    size: Double, weight: Int = 400, italic: Bool = false, color: Color, tracking: Double = 0,
    tabularFigures: Bool = true, halo: Color? = nil, family: String? = nil
  ) {
    self.size = size
    self.weight = weight
    self.italic = italic
    self.color = color
    self.tracking = tracking
    self.tabularFigures = tabularFigures
    self.halo = halo
    self.family = family
  }
}

/// sRGB with alpha, each 0…1.
package struct Color: Hashable, Sendable {
  package var red: Double
  package var green: Double
  package var blue: Double
  package var alpha: Double

  package init(red: Double, green: Double, blue: Double, alpha: Double = 1) {
    self.red = red
    self.green = green
    self.blue = blue
    self.alpha = alpha
  }
}
