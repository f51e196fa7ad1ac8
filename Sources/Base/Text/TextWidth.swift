/// How many columns of a terminal text takes: two for East Asian wide characters and emoji, none for marks that combine.
///
/// Source: Unicode's East Asian Width, by blocks.
package enum TextWidth {
  /// The number of columns; control characters are not expected.
  package static func of(_ text: String) -> Int {
    if text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return text.utf8.count }
    return text.unicodeScalars.reduce(0) { $0 + columns($1) }
  }

  /// The text, cut and ended with `…` if it takes more than `width` columns.
  package static func cut(_ text: String, to width: Int) -> String {
    if of(text) <= width { return text }
    var kept = ""
    var taken = 1
    for character in text {
      taken += of(String(character))
      if taken > width { break }
      kept.append(character)
    }
    return kept + "…"
  }

  private static func columns(_ scalar: Unicode.Scalar) -> Int {
    switch scalar.value {
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x4DBF, 0x4E00...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3,
      0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F680...0x1F6FF,
      0x1F900...0x1FAFF, 0x20000...0x3FFFD:
      return 2
    default: break
    }
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format: return 0
    default: return 1
    }
  }
}
