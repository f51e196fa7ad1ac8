/// Carries line numbers through mustache: sections repeat and drop lines, but an error in a figure must still give the
/// line in the file. A mark is added to the end of each line before, and read from each line afterwards.
enum LineMarks {
  static let open: Unicode.Scalar = "\u{F8F0}"
  static let close: Unicode.Scalar = "\u{F8F1}"
  /// Stands for `{{` inside fences: their strings are filled in one by one after they are parsed.
  static let braces: Unicode.Scalar = "\u{F8F2}"

  /// Lines with marks, and with the braces of fenced blocks hidden.
  static func marked(_ lines: [String], firstLine: Int) -> [String] {
    var fence: (mark: Character, length: Int)?
    return lines.enumerated().map { offset, line in
      let mark = "\(open)\(firstLine + offset)\(close)"
      let inside = fence != nil
      if let run = fenceRun(line) {
        if let current = fence {
          if run.mark == current.mark, run.length >= current.length, run.isBare { fence = nil }
        } else {
          fence = (run.mark, run.length)
        }
      }
      if inside { return line.replacing("{{", with: String(braces)) + mark }
      return isTagAlone(line) ? line : line + mark
    }
  }

  /// The text without marks, and the source line of each of its lines.
  static func read(_ text: String) -> (text: String, lines: [Int]) {
    var lines: [Int] = []
    var clean: [String] = []
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      var number: Int?
      var out = String.UnicodeScalarView()
      var digits: String?
      for scalar in line.unicodeScalars {
        if scalar == open {
          digits = ""
        } else if scalar == close {
          number = number ?? digits.flatMap { Int($0) }
          digits = nil
        } else if digits != nil {
          digits?.unicodeScalars.append(scalar)
        } else {
          out.append(scalar)
        }
      }
      clean.append(String(out).replacing(String(braces), with: "{{"))
      lines.append(number ?? lines.last ?? 1)
    }
    return (clean.joined(separator: "\n"), lines)
  }

  private static func fenceRun(_ line: String) -> (mark: Character, length: Int, isBare: Bool)? {
    let text = line.drop { $0 == " " || $0 == ">" }
    guard let mark = text.first, mark == "`" || mark == "~" else { return nil }
    let length = text.prefix { $0 == mark }.count
    return length < 3 ? nil : (mark, length, text.dropFirst(length).allSatisfy { $0 == " " })
  }

  /// Mustache removes a line that consists of a single tag; a mark would keep it.
  private static func isTagAlone(_ line: String) -> Bool {
    let text = line.filter { $0 != " " && $0 != "\t" }
    return text.hasPrefix("{{") && text.hasSuffix("}}") && text.dropFirst(2).firstRange(of: "{{") == nil
      && ["#", "^", "/", "!"].contains(text.dropFirst(2).first)
  }
}
