/// The format of AWS's `config` and `credentials` files.
///
/// `[section]`, `key = value`, lines that begin with `#` or `;` as comments, and indented lines under a key without a
/// value, which are keys of their own. A section that appears twice is one; the last of two equal keys counts. As for
/// the AWS command line, `#` within a line is no comment: commands and secrets may hold one.
struct INIFile: Sendable, Equatable {
  struct Section: Sendable, Equatable {
    var values: [String: String] = [:]
    /// `s3 =` followed by indented lines.
    var nested: [String: [String: String]] = [:]
  }

  private(set) var sections: [String: Section] = [:]

  struct Malformed: Error, Equatable { let line: Int }

  init() {}

  init(_ text: String) throws(Malformed) {
    var section: String?
    var parent: String?
    for (index, raw) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
      let content = Self.trimmed(raw)
      if content.isEmpty || content.hasPrefix("#") || content.hasPrefix(";") { continue }
      if content.hasPrefix("[") {
        guard let end = content.lastIndex(of: "]") else { throw Malformed(line: index + 1) }
        let name = Self.name(content[..<end].dropFirst())
        (section, parent) = (name, nil)
        sections[name, default: Section()].values.merge([:]) { $1 }
        continue
      }
      guard let section, let equals = content.firstIndex(of: "=") else { throw Malformed(line: index + 1) }
      let key = Self.trimmed(content[..<equals])
      let value = String(Self.trimmed(content[content.index(after: equals)...]))
      guard !key.isEmpty else { throw Malformed(line: index + 1) }
      if let parent, raw.first?.isWhitespace == true {
        sections[section]?.nested[parent, default: [:]][key.lowercased()] = value
      } else {
        parent = value.isEmpty ? key.lowercased() : nil
        sections[section]?.values[key.lowercased()] = value
      }
    }
  }

  /// `profile  "my profile"` is `profile my profile`.
  private static func name(_ text: Substring) -> String {
    text.split(whereSeparator: { $0 == " " || $0 == "\t" })
      .map { $0.filter { $0 != "\"" && $0 != "'" } }.joined(separator: " ")
  }

  private static func trimmed(_ text: Substring) -> Substring {
    var text = text.drop(while: \.isWhitespace)
    while text.last?.isWhitespace == true { text.removeLast() }
    return text
  }
}
