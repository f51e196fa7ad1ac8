import Charts
import Domain
import Foundation

@testable import Reporting

/// Where texts are on a page: none cut, outside the page, over another, or twice on an axis.
extension Critic {
  var layout: [Fault] {
    zip(pages, texts).enumerated().flatMap { index, page -> [Fault] in
      let (scene, texts) = page
      let place = "page \(index + 1)"
      return leaks(texts, place) + outside(texts, scene, place) + overlaps(texts, place) + ticks(texts, place)
        + names(texts, place) + breaks(texts, place)
    }
  }

  /// All of a tile's text must be on its page.
  var cuts: [Fault] {
    let words = texts.map { page in
      page.map(\.string).joined(separator: " ").split(separator: " ").joined(separator: " ")
    }
    return figures.flatMap { figure -> [Fault] in
      guard case .tiles(let tiles) = figure.body else { return [] }
      return tiles.flatMap { [$0.name, $0.number, $0.detail] }.filter { said in
        !said.isEmpty && !words.contains { $0.contains(said.split(separator: " ").joined(separator: " ")) }
      }.map { fault(.cut, "tiles", $0) }
    }
  }

  /// What a figure writes in place of a missing value.
  private func leaks(_ texts: [PageText], _ place: String) -> [Fault] {
    texts.filter { ["null", "NaN", "undefined", "Infinity", "true", "false"].contains($0.string) }
      .map { fault(.leak, place, $0.string) }
  }

  /// Regions stay whole where a line ends: not `eu-` and below it `west-1`. Other names may end with a hyphen.
  private func breaks(_ texts: [PageText], _ place: String) -> [Fault] {
    texts.compactMap { text in
      guard let end = text.string.split(separator: " ").last, end.count > 1, end.hasSuffix("-"),
        let below = texts.first(where: {
          abs($0.left - text.left) < 1 && $0.style.size == text.style.size && $0.top > text.top
            && $0.top - text.top < 2 * text.style.size
        }), let start = below.string.split(separator: " ").first,
        (String(end) + start).prefixMatch(of: /[a-z]{2}-[a-z]+-[0-9]/) != nil
      else { return nil }
      return fault(.cut, place, "\"\(end)\" and below it \"\(start)\"")
    }
  }

  private func outside(_ texts: [PageText], _ scene: Scene, _ place: String) -> [Fault] {
    texts.filter { $0.left < 46 || $0.right > scene.width - 46 || $0.bottom > scene.height - 26 || $0.top < 30 }
      .map { fault(.outside, place, "\"\($0.string)\"") }
  }

  private func overlaps(_ texts: [PageText], _ place: String) -> [Fault] {
    let ordered = texts.sorted { $0.top < $1.top }
    var faults: [Fault] = []
    for (index, text) in ordered.enumerated() {
      for other in ordered[(index + 1)...] {
        if other.top > text.bottom { break }
        if text.overlaps(other, by: 1.2) {
          faults.append(fault(.overlap, place, "\"\(text.string)\" and \"\(other.string)\""))
        }
      }
    }
    return faults
  }

  /// Names under an axis: neighbours on one line of one group; shares and amounts are values of marks. The cells of a
  /// facet lie side by side in one group, further apart than the labels of one axis, and each may begin with the same
  /// day. So may plots side by side, each under a heading that begins where the plot does.
  private func names(_ texts: [PageText], _ place: String) -> [Fault] {
    let labels = texts.filter {
      $0.isInFigure && $0.anchor == .middle && $0.style.weight < 500
        && !$0.string.utf8.contains { $0 == UInt8(ascii: "%") || $0 == UInt8(ascii: "$") }
        && [Theme.light[.ink2], Theme.light[.ink3]].contains($0.style.color)
    }
    let heads = texts.filter { $0.isInFigure && $0.anchor == .start && $0.style.color == Theme.light[.ink3] }
    let axes = Dictionary(grouping: labels) { "\($0.path.dropLast()) \(Int($0.top.rounded()))" }
    return axes.values.flatMap { axis in
      let sorted = axis.sorted { $0.left < $1.left }
      return zip(sorted, sorted.dropFirst()).compactMap { left, right -> Fault? in
        guard left.string == right.string, right.left - left.left < 120,
          !heads.contains(where: { head in
            head.path.dropLast() == left.path.dropLast() && (left.right...right.right).contains(head.left)
          })
        else { return nil }
        return fault(.ticks, place, "\"\(left.string)\" twice")
      }
    }
  }

  /// `$1,234`, `−5.6`, `12%`, `3k`.
  private static func isAmount(_ text: String) -> Bool {
    var rest = Substring(text)
    if let first = rest.first, "−$".contains(first) { rest.removeFirst() }
    if rest.hasPrefix("CN¥") { rest.removeFirst(3) }
    if let last = rest.last, "%kM".contains(last) { rest.removeLast() }
    return !rest.isEmpty
      && rest.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) || $0 == 0x2C || $0 == 0x2E }
  }

  /// Labels of one axis: numbers in one group of a figure, flush with each other or on one line.
  private func ticks(_ texts: [PageText], _ place: String) -> [Fault] {
    let numeric = texts.filter { $0.isInFigure && $0.anchor == .end && Self.isAmount($0.string) }
    let axes = Dictionary(grouping: numeric) { "\($0.path) \(Int(($0.right * 2).rounded())) \($0.style.weight)" }
    return axes.values.filter {
      $0.count > 1 && $0.count < 8 && $0[0].style.weight < 500 && $0[0].style.color == Theme.light[.ink3]
    }.flatMap {
      labels -> [Fault] in
      let sorted = labels.sorted { $0.top < $1.top }
      // An axis's labels decrease from top to bottom; a column of values need not.
      let values = sorted.compactMap { Double($0.string.filter { $0.isNumber || $0 == "." }) }
      guard values == values.sorted(by: >), values.last == 0 else { return [] }
      return zip(sorted, sorted.dropFirst()).compactMap { above, below in
        above.string.filter(\.isNumber) == below.string.filter(\.isNumber)
          ? fault(.ticks, place, "\"\(above.string)\" twice") : nil
      }
    }
  }
}
