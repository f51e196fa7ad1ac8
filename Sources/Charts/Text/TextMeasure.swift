import CCairo

/// How wide and how high text is, by the same faces that draw it.
///
/// ```swift
/// let measure = TextMeasure()
/// measure.width("ondemand-x86", theme.style(.body))   // points
/// ```
///
/// One instance serves one task: it keeps Pango's layout and a cache of widths.
package final class TextMeasure {
  /// The vertical extent of a face, in points from the baseline.
  package struct Metrics: Equatable, Sendable {
    /// Upwards, positive.
    package var ascent: Double
    /// Downwards, positive.
    package var descent: Double
    /// Of a capital H.
    package var capHeight: Double
  }

  let typesetter = Typesetter()
  private var widths: [Face: [String: Double]] = [:]
  private var metrics: [Face: Metrics] = [:]

  package init() {}

  /// The advance of one line of text, in points.
  package func width(_ string: String, _ style: TextStyle) -> Double {
    if string.isEmpty { return 0 }
    let face = Face(style)
    if let known = widths[face]?[string] { return known }
    var logical = PangoRectangle()
    pango_layout_line_get_extents(typesetter.line(string, face), nil, &logical)
    let width = Double(logical.width) / Double(PANGO_SCALE)
    widths[face, default: [:]][string] = width
    return width
  }

  /// Of the face, whatever the text.
  package func metrics(_ style: TextStyle) -> Metrics {
    let face = Face(style)
    if let known = metrics[face] { return known }
    var ink = PangoRectangle()
    var logical = PangoRectangle()
    pango_layout_line_get_extents(typesetter.line("H", face), &ink, &logical)
    let found = Metrics(
      ascent: -Double(logical.y) / Double(PANGO_SCALE),
      descent: Double(logical.y + logical.height) / Double(PANGO_SCALE),
      capHeight: -Double(ink.y) / Double(PANGO_SCALE))
    metrics[face] = found
    return found
  }

  /// Where a text that is too long loses letters.
  package enum Cut: Sendable { case start, middle, end }

  /// The text, cut to a width with "…" at its end ("nf-core…") at its start
  /// ("…HAPLOTYPECALLER") or in its middle ("snakejob-align-…c9b1").
  package func ellipsized(_ string: String, _ style: TextStyle, width: Double, cut: Cut = .end) -> String {
    if self.width(string, style) <= width { return string }
    let characters = Array(string)
    var (low, high) = (0, characters.count)
    while low < high {
      let middle = (low + high + 1) / 2
      let fits = self.width(Self.cut(characters, keeping: middle, cut), style) <= width
      if fits { low = middle } else { high = middle - 1 }
    }
    return Self.cut(characters, keeping: low, cut)
  }

  /// Names of one figure, each cut to the width: at their starts, or wherever more of them remain different. Where none of
  /// the usual cuts tells them apart, what all of them begin with goes.
  package func ellipsized(_ names: [(text: String, style: TextStyle)], width: Double) -> [String] {
    let needed = Set(names.map(\.text)).count
    var best: [String] = []
    for cut in [Cut.start, .middle, .end] {
      let texts = names.map { ellipsized($0.text, $0.style, width: width, cut: cut) }
      if Set(texts).count == needed { return texts }
      if Set(texts).count > Set(best).count { best = texts }
    }
    let first = names.first?.text ?? ""
    let shared = names.map { zip($0.text, first).prefix { $0 == $1 }.count }.min() ?? 0
    let ends = names.map { ellipsized("…" + $0.text.dropFirst(shared), $0.style, width: width) }
    return Set(ends).count > Set(best).count ? ends : best
  }

  private static func cut(_ characters: [Character], keeping count: Int, _ cut: Cut) -> String {
    switch cut {
    case .start: return "…" + String(characters.suffix(count))
    case .middle: return String(characters.prefix(count - count / 3)) + "…" + String(characters.suffix(count / 3))
    case .end:
      var kept = characters.prefix(count)
      while kept.last == " " { kept.removeLast() }
      return String(kept) + "…"
    }
  }

  /// The family that fontconfig gives for a name: a different one if the font is not installed.
  package func resolvedFamily(_ name: String) -> String? {
    let description = pango_font_description_from_string("\(name) 9")
    defer { pango_font_description_free(description) }
    guard let font = pango_context_load_font(typesetter.context, description) else { return nil }
    defer { g_object_unref(UnsafeMutableRawPointer(font)) }
    let loaded = pango_font_describe(font)
    defer { pango_font_description_free(loaded) }
    return pango_font_description_get_family(loaded).map { String(cString: $0) }
  }
}
