/// A figure has no more marks than an eye can distinguish: beyond some thousand, lines are thinned and points sampled.
enum Thinning {
  static let most = 4000

  /// Lines keep the points that give their shape (largest triangle three buckets, Steinarsson 2013); bars and points
  /// are sampled evenly, and keep the extremes. Returns what was done, in words.
  static func thin(_ items: [MarkItem], _ type: MarkType) -> ([MarkItem], note: String?) {
    switch type {
    case .line:
      let total = items.reduce(0) { $0 + points($1).count }
      if total <= most { return (items, nil) }
      let share = Double(most) / Double(total)
      let thinned = items.map { item -> MarkItem in
        guard case .line(let pieces, let interpolation) = item.geometry else { return item }
        var copy = item
        copy.geometry = .line(
          pieces.map { largestTriangles($0, Int((Double($0.count) * share).rounded(.up))) }, interpolation)
        return copy
      }
      let kept = thinned.reduce(0) { $0 + points($1).count }
      return (thinned, "lines thinned from \(grouped(total)) to \(grouped(kept)) points")
    case .area, .trail: return (items, nil)
    default:
      if items.count <= most { return (items, nil) }
      let stride = Double(items.count) / Double(most)
      let kept = (0..<most).map { items[min(items.count - 1, Int(Double($0) * stride))] }
      return (kept, "\(grouped(kept.count)) of \(grouped(items.count)) marks drawn, evenly taken")
    }
  }

  private static func points(_ item: MarkItem) -> [MarkItem.Point] {
    if case .line(let pieces, _) = item.geometry { Array(pieces.joined()) } else { [] }
  }

  private static func grouped(_ count: Int) -> String { NumberFormat.grouped.with(precision: 0).string(Double(count)) }

  /// - Complexity: O(*n*).
  static func largestTriangles(_ points: [MarkItem.Point], _ count: Int) -> [MarkItem.Point] {
    guard count >= 3, points.count > count else { return points }
    var kept = [points[0]]
    let size = Double(points.count - 2) / Double(count - 2)
    var last = 0
    for bucket in 0..<count - 2 {
      let from = Int(Double(bucket) * size) + 1
      let to = min(points.count - 1, Int(Double(bucket + 1) * size) + 1)
      let after = to..<max(to + 1, min(points.count, Int(Double(bucket + 2) * size) + 1))
      let mean = after.reduce((0.0, 0.0)) { ($0.0 + points[$1].x, $0.1 + points[$1].y) }
      let (x, y) = (mean.0 / Double(after.count), mean.1 / Double(after.count))
      let base = points[last]
      var best = (area: -1.0, index: from)
      for index in from..<max(from + 1, to) {
        let point = points[index]
        let area = abs((base.x - x) * (point.y - base.y) - (base.x - point.x) * (y - base.y))
        if area > best.area { best = (area, index) }
      }
      kept.append(points[best.index])
      last = best.index
    }
    return kept + [points[points.count - 1]]
  }
}
