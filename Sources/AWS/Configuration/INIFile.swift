/// The format of AWS's `config` and `credentials` files, as botocore reads it: Python's `RawConfigParser`.
///
/// `[section]`, `key = value` or `key: value`, lines that begin with `#` or `;` as comments. A line that is indented more
/// than its key goes on with the value; where a value begins with such lines, they are keys of their own. What stands in
/// `[DEFAULT]` stands in every section. A section or key that comes twice is an error. `#` within a line is no comment:
/// commands and secrets may hold one.
struct INIFile: Sendable, Equatable {
  struct Section: Sendable, Equatable {
    var name: String
    var values: [String: String] = [:]
    /// `s3 =` followed by indented lines.
    var nested: [String: [String: String]] = [:]
  }

  /// In the order of the file.
  private(set) var sections: [Section] = []

  struct Malformed: Error, Equatable {
    let line: Int
    let reason: String
  }

  init() {}

  init(_ text: String) throws(Malformed) {
    var reader = Reader()
    // Python's universal newlines.
    let lines = text.unicodeScalars.split(omittingEmptySubsequences: false) { $0 == "\n" }
      .flatMap { line in
        (line.last == "\r" ? line.dropLast() : line).split(omittingEmptySubsequences: false) { $0 == "\r" }
      }
    for (index, line) in lines.enumerated() { try reader.read(String(line), number: index + 1) }
    sections = try reader.finished()
  }

  subscript(name: String) -> Section? { sections.first { $0.name == name } }

  func values(of name: String) -> [String: String] { self[name]?.values ?? [:] }
}

/// Goes through the lines of an INI file.
private struct Reader {
  private struct Value {
    var key: String
    var line: Int
    var lines: [String]
  }

  private var sections: [(name: String, values: [Value])] = []
  /// The place of the section that is being read.
  private var section: Int?
  private var isInValue = false
  private var indentation = 0

  typealias Malformed = INIFile.Malformed

  mutating func read(_ line: String, number: Int) throws(Malformed) {
    let content = line.stripped
    if content.first == "#" || content.first == ";" { return }
    guard !content.isEmpty else {
      if isInValue { append("") }
      return
    }
    let indent = line.unicodeScalars.prefix { $0.properties.isWhitespace }.count
    if isInValue, indent > indentation { return append(content) }
    indentation = indent
    if content.first == "[", let end = content.lastIndex(of: "]"), content.index(after: content.startIndex) < end {
      return try begin(String(content[..<end].dropFirst()), number)
    }
    guard let section else { throw Malformed(line: number, reason: "stands before the first [section]") }
    guard let mark = content.firstIndex(where: { $0 == "=" || $0 == ":" }), mark > content.startIndex else {
      throw Malformed(line: number, reason: "is neither [section] nor key = value")
    }
    let key = String(content[..<mark]).stripped.lowercased()
    guard !sections[section].values.contains(where: { $0.key == key }) else {
      throw Malformed(line: number, reason: "says \(key) for the second time")
    }
    let value = String(content[content.index(after: mark)...]).stripped
    sections[section].values.append(Value(key: key, line: number, lines: [value]))
    isInValue = true
  }

  private mutating func append(_ line: String) {
    guard let section, let last = sections[section].values.indices.last else { return }
    sections[section].values[last].lines.append(line)
  }

  private mutating func begin(_ name: String, _ number: Int) throws(Malformed) {
    isInValue = false
    if let known = sections.firstIndex(where: { $0.name == name }) {
      guard name == "DEFAULT" else { throw Malformed(line: number, reason: "begins [\(name)] for the second time") }
      section = known
    } else {
      sections.append((name, []))
      section = sections.count - 1
    }
  }

  func finished() throws(Malformed) -> [INIFile.Section] {
    let defaults = sections.first { $0.name == "DEFAULT" }?.values ?? []
    var result: [INIFile.Section] = []
    for (name, own) in sections where name != "DEFAULT" {
      var section = INIFile.Section(name: name)
      for value in own + defaults where section.values[value.key] == nil {
        var lines = value.lines
        while lines.count > 1, lines.last?.isEmpty == true { lines.removeLast() }
        section.values[value.key] = lines.joined(separator: "\n")
        if lines.count > 1, lines[0].isEmpty { section.nested[value.key] = try Self.nested(value, lines) }
      }
      result.append(section)
    }
    return result
  }

  /// Keys below a key.
  private static func nested(_ value: Value, _ lines: [String]) throws(Malformed) -> [String: String] {
    var values: [String: String] = [:]
    for line in lines where !line.isEmpty {
      guard let equals = line.firstIndex(of: "=") else {
        throw Malformed(line: value.line, reason: "holds a line below \(value.key) that is not key = value")
      }
      values[String(line[..<equals]).stripped] = String(line[line.index(after: equals)...]).stripped
    }
    return values
  }
}

extension String {
  /// Without blanks at its ends, by scalars.
  fileprivate var stripped: String {
    var scalars = unicodeScalars[...]
    while let first = scalars.first, first.properties.isWhitespace { scalars.removeFirst() }
    while let last = scalars.last, last.properties.isWhitespace { scalars.removeLast() }
    return String(String.UnicodeScalarView(scalars))
  }
}
