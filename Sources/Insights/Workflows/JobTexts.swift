import Store

/// What clients write about jobs besides their names, as far as rules need it: values of tags and parameters.
struct JobTexts {
  /// Values by number; equal texts share one.
  private(set) var values: [String] = []
  private var numbers: [String: Int32] = [:]
  /// By tag name: the value for each tag set that has it.
  private var tags: [String: [Int64: Int32]] = [:]
  /// By parameter name: the value for each job that has it. `*` is all parameters together.
  private var parameters: [String: [Int64: Int32]] = [:]

  /// - Parameter jobs: the jobs whose parameters are needed, as SQL.
  init(_ connection: Connection, for rules: [ClientRule], _ jobs: String) throws {
    var (tagNames, parameterNames): (Set<String>, Set<String>) = ([], [])
    for reading in rules.flatMap(\.readings) {
      switch reading.source {
      case .tag(let name), .label(let name), .starter(let name), .starterName(let name, _): tagNames.insert(name)
      case .parameter(let name): parameterNames.insert(name)
      case .parameters: parameterNames.insert("*")
      case .name, .nameWithoutVarying, .definition, .ownDefinition, .resubmits, .submittedAlone: break
      }
    }
    try readTags(connection, tagNames)
    guard !parameterNames.isEmpty else { return }
    enum Field: Int32, SelectedColumn {
      case id, key, value
      var sql: String {
        switch self {
        case .id: "job.\(name)"
        default: "e.\(name)"
        }
      }
    }
    let parameter = try connection.prepare(
      """
      SELECT \(Field.list) FROM \(jobs) CROSS JOIN json_each(job.parameters) e
      WHERE job.parameters IS NOT NULL AND e.key IN (SELECT value FROM json_each(?1))
      UNION ALL SELECT job.id, '*', job.parameters FROM \(jobs) WHERE job.parameters IS NOT NULL AND ?2
      """)
    parameter.bind(Self.json(parameterNames.sorted()), parameterNames.contains("*") ? 1 : 0 as Int64)
    while try parameter.step() {
      parameters[parameter.text(Field.key), default: [:]][parameter.integer(Field.id)] = number(
        parameter.text(Field.value))
    }
  }

  /// Reads the table once: it may have rows for each job. If a set has several spellings of a name, the exact name
  /// counts.
  private mutating func readTags(_ connection: Connection, _ tagNames: Set<String>) throws {
    let spellings = try Self.spellings(connection)
    var names: [String: [String]] = [:]
    for name in tagNames.sorted() {
      for spelling in spellings[Self.folded(name), default: []] { names[spelling, default: []].append(name) }
    }
    guard !names.isEmpty else { return }
    enum Field: Int32, SelectedColumn {
      case tagSet, name, value
    }
    let tag = try connection.prepare(
      """
      SELECT \(Field.list) FROM tag
      WHERE name IN (SELECT value FROM json_each(?1)) AND value <> '' ORDER BY tag_set, name
      """)
    tag.bind(Self.json(names.keys.sorted()))
    /// By name: the latest set that has the exact name.
    var exact: [String: Int64] = [:]
    while try tag.step() {
      let (set, spelling) = (tag.integer(Field.tagSet), tag.text(Field.name))
      for name in names[spelling, default: []] where spelling == name || exact[name] != set {
        tags[name, default: [:]][set] = number(tag.text(Field.value))
        if spelling == name { exact[name] = set }
      }
    }
  }

  /// The names of all tags, by their `folded` form.
  static func spellings(_ connection: Connection) throws -> [String: [String]] {
    var spellings: [String: [String]] = [:]
    try connection.each("SELECT DISTINCT name FROM tag") { spellings[folded($0), default: []].append($0) }
    return spellings
  }

  /// A tag's name without letter case, hyphens, underscores and spaces: `runid` for `run_id`, `Run-Id`, `RunID`.
  static func folded(_ name: String) -> String {
    let bytes = name.utf8.filter { $0 != UInt8(ascii: "-") && $0 != UInt8(ascii: "_") && $0 != UInt8(ascii: " ") }
    return String(decoding: bytes.map { $0.isLetter ? $0 | 0x20 : $0 }, as: UTF8.self)
  }

  /// The value of the tag with this name, or with a name that differs only in letter case and separators.
  func tag(_ name: String, ofSet tagSet: Int64?) -> String? {
    tagSet.flatMap { tags[name]?[$0] }.map { values[Int($0)] }
  }

  /// Whether any job has such a parameter.
  func hasParameter(_ name: String) -> Bool { parameters[name] != nil }

  func parameter(_ name: String, ofJob job: Int64) -> String? { parameters[name]?[job].map { values[Int($0)] } }

  /// All values that a tag has.
  func values(ofTag name: String) -> Set<String> { Set((tags[name] ?? [:]).values.map { values[Int($0)] }) }

  private mutating func number(_ text: String) -> Int32 {
    if let known = numbers[text] { return known }
    let number = Int32(values.count)
    values.append(text)
    numbers[text] = number
    return number
  }

  /// A JSON array of texts.
  private static func json(_ texts: [String]) -> String {
    let quoted = texts.map { text in
      var bytes = "\""
      for scalar in text.unicodeScalars {
        switch scalar {
        case "\"", "\\": bytes += "\\\(scalar)"
        case _ where scalar.value < 0x20: bytes += " "
        default: bytes.unicodeScalars.append(scalar)
        }
      }
      return bytes + "\""
    }
    return "[\(quoted.joined(separator: ","))]"
  }
}
