@testable import Charts

/// Compares one of our figures with Vega-Lite's: sizes, marks within a pixel, ticks, labels, titles, legends.
struct Difference {
  var found: [String] = []
  let tolerance = 1.0

  static func between(_ ours: Figure.Resolved, _ theirs: Reference) -> [String] {
    var difference = Difference()
    difference.compare(ours, theirs)
    return difference.found
  }

  private mutating func compare(_ ours: Figure.Resolved, _ theirs: Reference) {
    let plots = ours.plots.sorted { ($0.y, $0.x) < ($1.y, $1.x) }
    guard plots.count == theirs.plots.count else {
      return found.append("\(plots.count) plots, not \(theirs.plots.count)")
    }
    for (index, (mine, other)) in zip(plots, theirs.plots).enumerated() {
      near(mine.width, other.width, "plot \(index) width")
      near(mine.height, other.height, "plot \(index) height")
      compare(mine, other, "plot \(index)")
    }
    compareAxes(plots, theirs)
    let legends = ours.legends.map { legend in
      (legend.entries.map(\.label) + legend.marks.map(\.label) + (legend.title.map { [$0] } ?? [])).sorted()
    }
    if legends.sorted(by: { "\($0)" < "\($1)" }) != theirs.legends.sorted(by: { "\($0)" < "\($1)" }) {
      found.append("legends \(legends), not \(theirs.legends)")
    }
  }

  private mutating func compare(_ mine: PlotDrawing, _ other: Reference.Plot, _ place: String) {
    let units = zip(mine.units, mine.items).filter { !$0.1.isEmpty }
    let marks = other.marks.filter { !$0.items.isEmpty || !($0.groups ?? []).isEmpty }
    guard units.count == marks.count else { return found.append("\(place): \(units.count) marks, not \(marks.count)") }
    for (index, ((unit, items), mark)) in zip(units, marks).enumerated() {
      let name = "\(place) mark \(index) (\(unit.mark.type.rawValue))"
      if let groups = mark.groups { compare(lines: items, groups, name) } else { compare(items, mark.items, name) }
    }
  }

  private mutating func compare(_ items: [MarkItem], _ others: [Reference.Item], _ name: String) {
    // We draw a rule of constants once, Vega-Lite once a row.
    var others = others
    if items.count == 1, others.count > 1, others.allSatisfy({ $0.x == others[0].x && $0.y == others[0].y }) {
      others = [others[0]]
    }
    guard items.count == others.count else { return found.append("\(name): \(items.count) items, not \(others.count)") }
    for (index, (item, other)) in zip(items, others).enumerated() {
      let place = "\(name) item \(index)"
      switch item.geometry {
      case .rect(let x, let y, let width, let height):
        near(x, min(other.x, other.x + (other.w ?? 0)), "\(place) x")
        near(y, min(other.y, other.y + (other.h ?? 0)), "\(place) y")
        near(width, abs(other.w ?? 0), "\(place) width")
        near(height, abs(other.h ?? 0), "\(place) height")
      case .rule(let x1, let y1, let x2, let y2):
        near(min(x1, x2), min(other.x, other.x2 ?? 0), "\(place) x")
        near(max(x1, x2), max(other.x, other.x2 ?? 0), "\(place) x2")
        near(min(y1, y2), min(other.y, other.y2 ?? 0), "\(place) y")
        near(max(y1, y2), max(other.y, other.y2 ?? 0), "\(place) y2")
      case .symbol(let x, let y, let size, let shape):
        near(x, other.x, "\(place) x")
        near(y, other.y, "\(place) y")
        near(size, other.size ?? 0, "\(place) size")
        if shape != other.shape { found.append("\(place) shape \(shape), not \(other.shape ?? "")") }
      case .text(let text):
        near(text.x, other.x, "\(place) x")
        near(text.y, other.y, "\(place) y")
        if text.string != other.text { found.append("\(place) text \(text.string), not \(other.text ?? "")") }
      default: found.append("\(place): unexpected")
      }
      colors(item, other, place)
    }
  }

  private mutating func compare(lines items: [MarkItem], _ groups: [[Reference.Item]], _ name: String) {
    guard items.count == groups.count else { return found.append("\(name): \(items.count) lines, not \(groups.count)") }
    for (index, (item, group)) in zip(items, groups).enumerated() {
      let place = "\(name) line \(index)"
      let points: [(MarkItem.Point, MarkItem.Point?)]
      switch item.geometry {
      case .line(let pieces, _): points = pieces.joined().map { ($0, nil) }
      case .area(let pieces, _, _): points = pieces.joined().map { ($0.edge, $0.base) }
      case .trail(let pieces): points = pieces.joined().map { ($0.0, nil) }
      default: points = []
      }
      let others = group.filter { $0.defined != false }
      guard points.count == others.count else {
        found.append("\(place): \(points.count) points, not \(others.count)")
        continue
      }
      for (number, (point, other)) in zip(points, others).enumerated() {
        near(point.0.x, other.x, "\(place) point \(number) x")
        near(point.0.y, other.y, "\(place) point \(number) y")
        if let base = point.1 { near(base.y, other.y2 ?? 0, "\(place) point \(number) y2") }
      }
      if let first = group.first { colors(item, first, place) }
    }
  }

  private mutating func colors(_ item: MarkItem, _ other: Reference.Item, _ place: String) {
    for (name, mine, text) in [("fill", item.fill, other.fill), ("stroke", item.stroke, other.stroke)] {
      let theirs = text.flatMap { Color($0, theme: .light) }.flatMap { $0.alpha == 0 ? nil : $0 }
      let mine = mine.flatMap { $0.alpha == 0 ? nil : $0 }
      guard let mine, let theirs else {
        if (mine == nil) != (theirs == nil) {
          found.append("\(place) \(name) \(mine?.hexString ?? "none"), not \(text ?? "none")")
        }
        continue
      }
      let far = max(abs(mine.red - theirs.red), abs(mine.green - theirs.green), abs(mine.blue - theirs.blue))
      if far > 8 / 255 { found.append("\(place) \(name) \(mine.hexString), not \(theirs.hexString)") }
    }
  }

  private mutating func compareAxes(_ plots: [PlotDrawing], _ theirs: Reference) {
    let mine = plots.flatMap(\.axes).filter { axis in
      axis.ticks.contains(where: \.isShown) || axis.title != nil || axis.properties.ticks == true
    }
    let others = theirs.plots.flatMap(\.axes) + theirs.footers
    let left = mine.map { axis in
      (
        axis.side.rawValue, axis.title ?? "",
        axis.ticks.filter { $0.isShown && !$0.label.isEmpty }.map { ($0.label, $0.position) }
      )
    }.sorted { "\($0)" < "\($1)" }
    let right = others.map { axis in
      (axis.orient, axis.title ?? "", axis.labels.filter { $0.shown && !$0.text.isEmpty }.map { ($0.text, $0.at) })
    }.sorted { "\($0)" < "\($1)" }
    guard left.count == right.count else {
      return found.append("axes \(left.map(\.0)), not \(right.map(\.0))")
    }
    for (index, (mine, other)) in zip(left, right).enumerated() {
      if mine.0 != other.0 { found.append("axis \(index) at \(mine.0), not \(other.0)") }
      if mine.1 != other.1 { found.append("axis \(index) title \"\(mine.1)\", not \"\(other.1)\"") }
      guard mine.2.count == other.2.count, zip(mine.2, other.2).allSatisfy({ Self.isSame($0.0, $1.0) }) else {
        found.append("axis \(index) labels \(mine.2.map(\.0)), not \(other.2.map(\.0))")
        continue
      }
      for (label, theirs) in zip(mine.2, other.2) { near(label.1, theirs.1, "axis \(index) label \(label.0)") }
    }
  }

  /// We shorten a label to its limit; Vega keeps it whole in the scene graph and shortens it when painting.
  private static func isSame(_ mine: String, _ other: String) -> Bool {
    mine == other || (mine.hasSuffix("…") && other.hasPrefix(mine.dropLast()))
  }

  private mutating func near(_ mine: Double, _ other: Double, _ what: String) {
    if !(abs(mine - other) <= tolerance) {
      found.append("\(what) \(Decimals.fixed(mine, 1)), not \(Decimals.fixed(other, 1))")
    }
  }
}
