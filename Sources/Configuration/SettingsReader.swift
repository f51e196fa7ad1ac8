import Base
import Yams

/// Reads YAML or JSON that a person wrote, property by property, with the line of each: `batchcost.yaml`, a report's front
/// matter, a `table` or `tiles` block.
///
/// ```swift
/// let reader = try SettingsReader(file: "batchcost.yaml")
/// try reader.allow(["weights", "accounts"])
/// let regions = try reader.readers("accounts").map { try $0.strings("regions") }
/// ```
///
/// Anything it does not understand is an error: unknown properties, wrong types, values out of range. Whatever reads a
/// property throws `SettingError` with the property's line.
package struct SettingsReader {
  /// For errors alone.
  package var file: String
  /// The line of the file at which the YAML begins, from 1.
  package var firstLine: Int
  /// What it is part of, in its author's words: `table`, `accounts`; nil for a whole file.
  package var what: String?
  /// The YAML as parsed.
  package var node: Node
  /// Empty if the value is a single text.
  package var properties: [String: Node]

  /// - Throws: `SettingError` if the file cannot be read, is not UTF-8, or is not YAML.
  package init(file path: String) throws {
    let file = SmallFile(path)
    switch file.kind {
    case .absent: throw SettingError(file: path, "does not exist")
    case .dangling: throw SettingError(file: path, "is a link to a file that does not exist")
    case .other(let kind): throw SettingError(file: path, "is \(kind), not a file")
    case .regular: break
    }
    var text: String
    do { text = try file.text(limit: 4 << 20) } catch { throw SettingError(error) }
    if text.unicodeScalars.first == "\u{FEFF}" { text.unicodeScalars.removeFirst() }
    try self.init(yaml: text, file: path, firstLine: 1, what: nil)
    guard isMapping else {
      throw SettingError(file: path, line: line, "must hold settings, such as `weights: cpu-only`")
    }
  }

  /// - Throws: `SettingError` if it is not YAML, or is a list.
  package init(yaml: String, file: String, firstLine: Int, what: String?) throws {
    let parsed: Node?
    do {
      parsed = try Yams.compose(yaml: yaml)
    } catch let error as YamlError {
      let problem = Self.problem(error)
      throw SettingError(
        file: file, line: firstLine + Self.line(of: error), what.map { "\($0): \(problem)" } ?? problem)
    }
    try self.init(node: parsed ?? Node([(Node, Node)]()), file: file, firstLine: firstLine, what: what)
  }

  private init(node: Node, file: String, firstLine: Int, what: String?) throws {
    self.node = node
    self.file = file
    self.firstLine = firstLine
    self.what = what
    properties = [:]
    if case .mapping(let mapping) = node {
      for (key, value) in mapping { properties[key.string ?? ""] = value }
    } else if case .sequence = node {
      throw SettingError(
        file: file, line: line(of: node), "\(what ?? "the file") must have properties (`name: value`), not a list")
    }
  }

  private var isMapping: Bool { if case .mapping = node { true } else { false } }

  /// Rejects unknown properties, so that a misspelt one is never ignored.
  package func allow(_ known: [String]) throws {
    guard case .mapping(let mapping) = node else { return }
    for (key, _) in mapping {
      let name = key.string ?? ""
      guard known.contains(name) else {
        let problem = what.map { "\($0) has no property \"\(name)\"" } ?? "no setting \"\(name)\""
        throw SettingError(file: file, line: line(of: key), problem + Spelling.hint(name, among: known))
      }
    }
  }

  /// The line of the file at which it begins.
  package var line: Int { line(of: node) }

  /// The line of a property's value; if it is not set, that of the whole.
  package func line(_ name: String) -> Int { properties[name].map { line(of: $0) } ?? line }

  /// The line of any part of it.
  package func line(of node: Node) -> Int { firstLine + (node.mark?.line ?? 1) - 1 }

  package func has(_ name: String) -> Bool { properties[name] != nil }

  /// Any scalar as written, including `5` and `true`.
  ///
  /// Nil if it is not set.
  package func string(_ name: String) throws -> String? {
    guard let value = properties[name] else { return nil }
    guard case .scalar(let scalar) = value else { throw error(name, "must be text") }
    return scalar.string
  }

  /// - Throws: `SettingError`, also if it is not set.
  package func requiredString(_ name: String) throws -> String {
    guard let value = try string(name) else {
      throw SettingError(file: file, line: line, "\(what ?? "the file") needs \"\(name)\"")
    }
    return value
  }

  /// Text with a meaning.
  ///
  /// - Parameters:
  ///   - meaning: what the text means; nil if it is invalid.
  ///   - expected: what it should be, such as `instance-hour or continuous`.
  package func value<T>(_ name: String, as meaning: (String) throws -> T?, expected: String) throws -> T? {
    guard let text = try string(name) else { return nil }
    guard let value = try meaning(text) else { throw error(name, "is \"\(text)\", and must be \(expected)") }
    return value
  }

  /// One of a few words.
  package func word<T>(_ name: String, of words: [String], as meaning: (String) -> T?) throws -> T? {
    guard let text = try string(name) else { return nil }
    guard let value = meaning(text) else {
      throw error(
        name, "is \"\(text)\", and must be \(words.joined(separator: ", "))\(Spelling.hint(text, among: words))")
    }
    return value
  }

  package func integer(_ name: String) throws -> Int? { try value(name, as: { Int($0) }, expected: "a whole number") }

  /// Finite; nil if it is not set.
  package func double(_ name: String) throws -> Double? {
    try value(name, as: { Double($0).flatMap { $0.isFinite ? $0 : nil } }, expected: "a number")
  }

  /// `yes` and `no` too; nil if it is not set.
  package func bool(_ name: String) throws -> Bool? {
    try value(
      name, as: { ["true": true, "yes": true, "false": false, "no": false][$0] }, expected: "true or false")
  }

  /// The entries of a list, each with properties.
  package func readers(_ name: String) throws -> [SettingsReader] {
    guard let value = properties[name] else { return [] }
    guard case .sequence(let sequence) = value else { throw error(name, "must be a list") }
    return try sequence.map { entry in
      guard case .mapping = entry else {
        throw SettingError(
          file: file, line: line(of: entry), "\(inner(name)): an entry must have properties, such as `name: …`")
      }
      return try SettingsReader(node: entry, file: file, firstLine: firstLine, what: what ?? name)
    }
  }

  /// The same, for entries with a short form: a text alone, or one unknown property whose name and value are two texts.
  /// `[step, jobs: Jobs ended]` is `[{field: step}, {field: jobs, label: Jobs ended}]`.
  ///
  /// - Parameters:
  ///   - short: the properties that the two texts stand for, such as `field` and `label`.
  ///   - known: the properties of an entry in its long form.
  ///   - lists: properties that stand for several entries alike but for one property, and that property:
  ///     `{fields: [on_demand_usd, spot_usd: Spot], total: sum}` is two fields with a sum.
  package func readers(
    _ name: String, short: (first: String, second: String), known: [String], lists: [String: String] = [:]
  ) throws -> [SettingsReader] {
    guard case .sequence(let sequence)? = properties[name] else { return try readers(name) }
    return try sequence.flatMap { entry -> [SettingsReader] in
      guard case .mapping(let mapping) = entry,
        let list = mapping.first(where: { lists[$0.key.string ?? ""] != nil }),
        let one = lists[list.key.string ?? ""]
      else { return [try self.entry(name, entry, short: short, known: known)] }
      guard case .sequence(let values) = list.value else {
        throw SettingError(
          file: file, line: line(of: list.value), "\(inner(name)): \"\(list.key.string ?? "")\" must be a list")
      }
      let common = mapping.filter { $0.key != list.key }
      return try values.map { try self.entry(name, $0, short: (one, short.second), known: known, common: common) }
    }
  }

  /// - Parameter common: properties that it has unless it states them itself.
  private func entry(
    _ name: String, _ entry: Node, short: (first: String, second: String), known: [String],
    common: [(key: Node, value: Node)] = []
  ) throws -> SettingsReader {
    let own: [(Node, Node)]
    if case .scalar = entry {
      own = [(Node(short.first), entry)]
    } else if case .mapping(let mapping) = entry {
      if mapping.count == 1, let (key, value) = mapping.first, !known.contains(key.string ?? "") {
        own = [(Node(short.first), key), (Node(short.second), value)]
      } else {
        own = mapping.map { ($0.key, $0.value) }
      }
    } else {
      throw SettingError(
        file: file, line: line(of: entry), "\(inner(name)): an entry must be text or have properties")
    }
    let inherited = common.filter { pair in !own.contains { $0.0 == pair.key } }.map { ($0.key, $0.value) }
    let whole = Node.mapping(Node.Mapping(own + inherited, .implicit, .any, entry.mark))
    return try SettingsReader(node: whole, file: file, firstLine: firstLine, what: what ?? name)
  }

  /// A property with properties of its own; nil if it is not set.
  package func reader(_ name: String) throws -> SettingsReader? {
    try properties[name].map { try SettingsReader(node: $0, file: file, firstLine: firstLine, what: inner(name)) }
  }

  /// A list of texts, or one text alone; empty if it is not set.
  package func strings(_ name: String) throws -> [String] {
    guard let value = properties[name] else { return [] }
    if case .scalar(let scalar) = value { return [scalar.string] }
    guard case .sequence(let sequence) = value else { throw error(name, "must be a list") }
    return try sequence.map {
      guard case .scalar(let scalar) = $0 else { throw error(name, "must be a list of text values") }
      return scalar.string
    }
  }

  /// Properties whose names the author chooses, in the order of the file: `{GPU: a, CPU: b}`. Empty if it is not set.
  package func texts(_ name: String) throws -> [(String, String)] {
    guard let value = properties[name] else { return [] }
    guard case .mapping(let mapping) = value else { throw error(name, "must have properties") }
    return try mapping.map { key, value in
      guard case .scalar(let scalar) = value else { throw error(name, "must hold text values") }
      return (key.string ?? "", scalar.string)
    }
  }

  /// An error about a property.
  ///
  /// - Parameter problem: follows its name: `must be a list`.
  package func error(_ name: String, _ problem: String) -> SettingError {
    SettingError(file: file, line: line(name), (what.map { "\($0): " } ?? "") + "\"\(name)\" \(problem)")
  }

  /// An error about the whole entry.
  package func error(_ problem: String) -> SettingError {
    SettingError(file: file, line: line, (what.map { "\($0): " } ?? "") + problem)
  }

  private func inner(_ name: String) -> String { what.map { "\($0): \(name)" } ?? name }

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
      "the same property twice: \(keys.map { "\($0)" }.sorted().joined(separator: ", "))"
    default: "cannot be read as YAML or JSON"
    }
  }
}
