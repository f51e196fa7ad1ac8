extension Unicode.Scalar {
  /// A control character, a noncharacter, or a character that reorders the text around it: it can move a terminal's
  /// cursor, forge a line, or make text read differently from what it is.
  ///
  /// C0, DEL and C1; LRM, RLM, ALM, the embeddings, overrides and isolates of UAX #9; line and paragraph separators;
  /// interlinear marks; tags; noncharacters.
  package var isTreacherous: Bool {
    switch value {
    case 0..<0x20, 0x7F..<0xA0, 0x061C, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069, 0xFFF9...0xFFFB,
      0xE0000...0xE007F:
      true
    default: isNoncharacter
    }
  }

  /// One of the 66 code points that Unicode never assigns: XML, PDF and others refuse them.
  package var isNoncharacter: Bool { (0xFDD0...0xFDEF).contains(value) || value & 0xFFFE == 0xFFFE }
}

extension String {
  /// Safe to print in one line: `·` in place of each treacherous character, line ends and tabs included.
  package var shownInLine: String { replacing("·", where: \.isTreacherous) }

  /// The first `count` scalars, with `…` for the rest.
  package func cut(to count: Int) -> String {
    guard utf8.count > count, unicodeScalars.count > count else { return self }
    return String(String.UnicodeScalarView(unicodeScalars.prefix(count))) + "…"
  }

  /// Safe to print in several lines: line ends and tabs stay.
  package var shown: String { replacing("·", where: { $0.isTreacherous && $0 != "\n" && $0 != "\t" }) }

  /// The text with `substitute` in place of each scalar that `isMeant`.
  package func replacing(_ substitute: Unicode.Scalar, where isMeant: (Unicode.Scalar) -> Bool) -> String {
    guard unicodeScalars.contains(where: isMeant) else { return self }
    var scalars = String.UnicodeScalarView()
    for scalar in unicodeScalars { scalars.append(isMeant(scalar) ? substitute : scalar) }
    return String(scalars)
  }
}
