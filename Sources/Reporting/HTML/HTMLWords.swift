import Base

/// Text whose names and types stay whole at the end of a line, as browsers break after any hyphen: `eu-west-1`,
/// `On-Demand`. A long name breaks behind its underscores, slashes and hyphens; where it has none, anywhere.
enum HTMLWords {
  /// The length from which a word may take up a line of a phone.
  static let long = 25

  static func text(_ text: String) -> String {
    text.split(separator: " ", omittingEmptySubsequences: false).map { word($0) }.joined(separator: " ")
  }

  static func hasLongWord(_ text: String) -> Bool { text.split(separator: " ").contains { $0.count >= long } }

  private static func word(_ word: Substring) -> String {
    guard word.count >= long else { return whole(word) }
    return parts(word, at: "_/@:=").flatMap { $0.count < long ? [$0] : parts($0, at: "-") }.map(whole)
      .joined(separator: "<wbr>")
  }

  private static func whole(_ part: Substring) -> String {
    let text = part.escapedForMarkup
    if part.count >= long { return "<span class=\"a\">\(text)</span>" }
    return part.contains(where: "-/…".contains) ? "<span class=\"w\">\(text)</span>" : text
  }

  /// Each with the joint behind it.
  private static func parts(_ word: Substring, at joints: String) -> [Substring] {
    var parts: [Substring] = []
    var start = word.startIndex
    for index in word.indices where joints.contains(word[index]) {
      let end = word.index(after: index)
      parts.append(word[start..<end])
      start = end
    }
    return start < word.endIndex ? parts + [word[start...]] : parts
  }
}
