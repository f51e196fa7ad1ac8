import CCairo

/// A piece of a paragraph in one style; a link covers all of it.
package struct TextRun: Equatable, Sendable {
  /// A newline begins a new line.
  package var string: String
  package var style: TextStyle
  /// `#anchor`, or a URL.
  package var link: String?

  package init(_ string: String, _ style: TextStyle, link: String? = nil) {
    self.string = string
    self.style = style
    self.link = link
  }
}

/// One line of a wrapped paragraph: runs, each with its distance from the line's left edge.
package struct TextLine: Equatable, Sendable {
  /// The part of a run that stands in this line.
  package struct Fragment: Equatable, Sendable {
    package var run: TextRun
    /// From the line's left edge, in points.
    package var x: Double
    /// The advance of its text, in points.
    package var width: Double
  }

  package var fragments: [Fragment]
  /// From the first fragment to the end of the last, in points.
  package var width: Double
  /// A space was dropped at the line's end: `nodes` adds it again, so that words stay separate in copied text.
  package var endsInSpace = false

  /// The line as text nodes (in link groups if the run has a link), with its left edge and baseline at (x, y).
  package func nodes(x: Double, y: Double) -> [Node] {
    fragments.enumerated().map { index, fragment in
      let string = fragment.run.string + (endsInSpace && index == fragments.count - 1 ? " " : "")
      let text = Text(string, x: x + fragment.x, y: y, style: fragment.run.style)
      guard let link = fragment.run.link else { return .text(text) }
      return .group(Group(link: link, nodes: [.text(text)]))
    }
  }
}

extension TextMeasure {
  /// Breaks a paragraph of runs into lines no wider than `width`, between words: names such as `eu-west-1` and `g5.xlarge` stay whole. A
  /// word that is wider than a line breaks inside, where Unicode's rules allow. A newline in a run starts a new line.
  package func wrap(_ runs: [TextRun], width: Double) -> [TextLine] {
    let runs = runs.filter { !$0.string.isEmpty }
    if runs.isEmpty { return [] }
    let attributes = pango_attr_list_new()
    defer { pango_attr_list_unref(attributes) }
    var bytes: [UInt8] = []
    var ranges: [Range<Int>] = []
    for run in runs {
      let start = bytes.count
      bytes.append(contentsOf: run.string.utf8)
      ranges.append(start..<bytes.count)
      typesetter.insert(Face(run.style), from: UInt32(start), to: UInt32(bytes.count), into: attributes)
      for word in names(in: run, narrowerThan: width) {
        typesetter.keepTogether(
          from: UInt32(start + word.lowerBound), to: UInt32(start + word.upperBound), in: attributes)
      }
    }
    let layout = typesetter.layout
    pango_layout_set_single_paragraph_mode(layout, 0)
    pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR)
    pango_layout_set_width(layout, Int32(max(1, width.rounded(.up)) * Double(PANGO_SCALE)))
    pango_layout_set_attributes(layout, attributes)
    bytes.withUnsafeBytes { raw in
      let characters = raw.bindMemory(to: CChar.self)
      pango_layout_set_text(layout, characters.baseAddress, Int32(characters.count))
    }
    return (0..<pango_layout_get_line_count(layout)).compactMap { index in
      pango_layout_get_line_readonly(layout, index).map { line($0, of: runs, at: ranges, in: bytes) }
    }
  }

  /// Words with hyphens and the like, which Unicode's rules would break, if they fit on a line; as ranges of bytes.
  private func names(in run: TextRun, narrowerThan width: Double) -> [Range<Int>] {
    let joints = "-/….".utf8
    guard run.string.utf8.contains(where: joints.contains) else { return [] }
    return run.string.utf8.split { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\n") }.compactMap { word in
      guard word.dropLast().contains(where: joints.contains), self.width(String(Substring(word)), run.style) <= width
      else {
        return nil
      }
      let start = run.string.utf8.distance(from: run.string.utf8.startIndex, to: word.startIndex)
      return start..<start + word.count
    }
  }

  /// Breaks plain text in one style.
  package func wrap(_ string: String, _ style: TextStyle, width: Double) -> [TextLine] {
    wrap([TextRun(string, style)], width: width)
  }

  private func line(
    _ line: UnsafeMutablePointer<PangoLayoutLine>, of runs: [TextRun], at ranges: [Range<Int>], in bytes: [UInt8]
  ) -> TextLine {
    let start = Int(line.pointee.start_index)
    var end = start + Int(line.pointee.length)
    let full = end
    while end > start, bytes[end - 1] == UInt8(ascii: " ") { end -= 1 }
    var fragments: [TextLine.Fragment] = []
    for (run, range) in zip(runs, ranges) where range.overlaps(start..<end) {
      let part = range.clamped(to: start..<end)
      let (x, width) = extent(line, part)
      var piece = run
      piece.string = String(decoding: bytes[part], as: UTF8.self)
      fragments.append(.init(run: piece, x: x, width: width))
    }
    let right = fragments.map { $0.x + $0.width }.max() ?? 0
    return TextLine(fragments: fragments, width: right, endsInSpace: end < full)
  }

  /// The extent of a part of a line, wherever its first letter is: in Hebrew it is at the right.
  private func extent(_ line: UnsafeMutablePointer<PangoLayoutLine>, _ part: Range<Int>) -> (Double, Double) {
    var ranges: UnsafeMutablePointer<Int32>?
    var count: Int32 = 0
    pango_layout_line_get_x_ranges(line, Int32(part.lowerBound), Int32(part.upperBound), &ranges, &count)
    defer { g_free(ranges) }
    let ends = UnsafeBufferPointer(start: ranges, count: 2 * Int(count))
    guard let left = ends.min(), let right = ends.max() else { return (0, 0) }
    return (Double(left) / Double(PANGO_SCALE), Double(right - left) / Double(PANGO_SCALE))
  }
}
