import Base
import Yams

/// Reads the YAML or JSON of a fenced block or of the front matter, property by property, with the line of each.
struct BlockReader {
  var file: String
  /// The file's line of the YAML's first line.
  var firstLine: Int
  /// The block as its author knows it: `table`, `tiles`, `front matter`.
  var what: String
  var node: Node
  /// Of a value that is one text: no properties.
  var properties: [String: Node]

  init(yaml: String, file: String, firstLine: Int, what: String) throws {
    let parsed: Node?
    do {
      parsed = try Yams.compose(yaml: yaml)
    } catch let error as YamlError {
      throw ReportError(file: file, line: firstLine + Self.line(of: error), "\(what): \(Self.problem(error))")
    }
    try self.init(node: parsed ?? Node([(Node, Node)]()), file: file, firstLine: firstLine, what: what)
  }

  init(node: Node, file: String, firstLine: Int, what: String) throws {
    self.node = node
    self.file = file
    self.firstLine = firstLine
    self.what = what
    properties = [:]
    if case .mapping(let mapping) = node {
      for (key, value) in mapping { properties[key.string ?? ""] = value }
    } else if case .sequence = node {
      throw ReportError(file: file, line: firstLine, "\(what) must have properties, such as `query: totals`")
    }
  }

  /// Rejects what is not understood: a misspelt property is never ignored.
  func allow(_ known: [String]) throws {
    guard case .mapping(let mapping) = node else { return }
    for (key, _) in mapping {
      let name = key.string ?? ""
      guard known.contains(name) else {
        throw ReportError(
          file: file, line: line(of: key), "\(what) has no property \"\(name)\"" + Spelling.hint(name, among: known))
      }
    }
  }

  var line: Int { line(of: node) }

  func line(_ name: String) -> Int { properties[name].map { line(of: $0) } ?? line }

  func has(_ name: String) -> Bool { properties[name] != nil }

  /// Any scalar as it is written; `5` and `true` too.
  func string(_ name: String) throws -> String? {
    guard let value = properties[name] else { return nil }
    guard case .scalar(let scalar) = value else { throw error(name, "must be a text") }
    return scalar.string
  }

  func requiredString(_ name: String) throws -> String {
    guard let value = try string(name) else { throw ReportError(file: file, line: line, "\(what) needs \"\(name)\"") }
    return value
  }

  func integer(_ name: String) throws -> Int? {
    guard properties[name] != nil else { return nil }
    guard let value = try string(name).flatMap({ Int($0) }) else { throw error(name, "must be a whole number") }
    return value
  }

  func double(_ name: String) throws -> Double? {
    guard properties[name] != nil else { return nil }
    guard let value = try string(name).flatMap({ Double($0) }), value.isFinite else {
      throw error(name, "must be a number")
    }
    return value
  }

  func bool(_ name: String) throws -> Bool? {
    guard properties[name] != nil else { return nil }
    switch try string(name) {
    case "true", "yes": return true
    case "false", "no": return false
    default: throw error(name, "must be true or false")
    }
  }

  func readers(_ name: String) throws -> [BlockReader] {
    guard let value = properties[name] else { return [] }
    guard case .sequence(let sequence) = value else { throw error(name, "must be a list") }
    return try sequence.map { try BlockReader(node: $0, file: file, firstLine: firstLine, what: what) }
  }

  func reader(_ name: String) throws -> BlockReader? {
    try properties[name].map { try BlockReader(node: $0, file: file, firstLine: firstLine, what: "\(what): \(name)") }
  }

  func strings(_ name: String) throws -> [String] {
    guard let value = properties[name] else { return [] }
    if case .scalar(let scalar) = value { return [scalar.string] }
    guard case .sequence(let sequence) = value else { throw error(name, "must be a list") }
    return try sequence.map {
      guard case .scalar(let scalar) = $0 else { throw error(name, "must be a list of texts") }
      return scalar.string
    }
  }

  func texts(_ name: String) throws -> [(String, String)] {
    guard let value = properties[name] else { return [] }
    guard case .mapping(let mapping) = value else { throw error(name, "must have properties") }
    return try mapping.map { key, value in
      guard case .scalar(let scalar) = value else { throw error(name, "must hold texts") }
      return (key.string ?? "", scalar.string)
    }
  }

  func error(_ name: String, _ problem: String) -> ReportError {
    ReportError(file: file, line: line(name), "\(what): \"\(name)\" \(problem)")
  }

  private func line(of node: Node) -> Int { firstLine + (node.mark?.line ?? 1) - 1 }

  private static func line(of error: YamlError) -> Int {
    switch error {
    case .scanner(_, _, let mark, _), .parser(_, _, let mark, _), .composer(_, _, let mark, _): mark.line - 1
    default: 0
    }
  }

  private static func problem(_ error: YamlError) -> String {
    switch error {
    case .scanner(_, let problem, _, _), .parser(_, let problem, _, _), .composer(_, let problem, _, _): problem
    case .duplicatedKeysInMapping(let keys, _):
      "twice the same property: \(keys.map { "\($0)" }.sorted().joined(separator: ", "))"
    default: "not readable as YAML or JSON"
    }
  }
}
