extension String {
  /// Help of several paragraphs: each on one line, so that it wraps at the width of the terminal. Lines that begin with a
  /// space, such as examples, stay as they are.
  var paragraphs: String {
    var lines: [Substring] = []
    var text = ""
    for line in split(separator: "\n", omittingEmptySubsequences: false) {
      let continues = Self.isText(line) && lines.last.map(Self.isText) == true
      text += lines.isEmpty ? "" : continues ? " " : "\n"
      text += line
      lines.append(line)
    }
    return text
  }

  private static func isText(_ line: Substring) -> Bool { !line.isEmpty && !line.hasPrefix(" ") }
}
