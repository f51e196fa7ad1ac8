import Domain
import Store

/// Finds a job's client and what it wrote about the job.
struct ClientRecognition {
  private struct Definition {
    var name: String
    var label: String
    /// Only one job uses it.
    var isOwn: Bool
    /// The fields of definition patterns, by rule and reading; nil if they do not match.
    var matches: [ReadingPosition: ClientFields] = [:]
  }

  private struct ReadingPosition: Hashable {
    var rule: Int
    var reading: Int
  }

  /// A rule that may match a job, without looking at the job's name and parameters.
  private struct Candidate {
    var position: Int
    /// Patterns that the name must match.
    var names: [NamePattern]
  }

  /// Jobs of one definition with the same tags.
  private struct Kind: Hashable {
    var definition: Int64
    /// −1 for none.
    var tagSet: Int64
  }

  private let rules: [ClientRule]
  private let texts: JobTexts
  private var candidates: [Kind: [Candidate]] = [:]
  private var definitions: [Int64: Definition] = [:]
  private var tagSetOfParent: [Int64: Int64] = [:]
  private var starters: [String: Set<String>] = [:]
  /// What the names of jobs that started others say, by reading and id.
  private var starterNames: [ReadingPosition: [String: ClientFields]] = [:]
  /// Readings of eight random characters that are confirmed by a definition of a single job with a digit among them:
  /// eight letters alone may be a word, as in `llm-pretrain`.
  private var proven: Set<ReadingPosition> = []

  /// - Parameter jobs: the jobs to recognise, as SQL; those without parameters may be left out.
  init(_ connection: Connection, _ rules: [ClientRule], parametersOf jobs: String) throws {
    self.rules = rules
    texts = try JobTexts(connection, for: rules, jobs)
    let uses = try Self.uses(connection, rules)
    try connection.each("SELECT id, name FROM job_definition") { (id: Int64, name: String) in
      var definition = Definition(
        name: name, label: VaryingParts.pattern(of: name, keepsNumbers: true), isOwn: uses[id] == 1)
      var name = name
      name.withUTF8 { bytes in
        for (rule, reading, source) in Self.readings(rules) {
          switch source {
          case .definition(let pattern), .ownDefinition(let pattern):
            let position = ReadingPosition(rule: rule, reading: reading)
            definition.matches[position] = pattern.match(bytes)
            if definition.isOwn, definition.matches[position] != nil, bytes.suffix(8).contains(where: \.isDigit) {
              proven.insert(position)
            }
          default: break
          }
        }
      }
      definitions[id] = definition
    }
    try connection.each("SELECT id, tag_set FROM job_parent WHERE tag_set IS NOT NULL") { (id: Int64, set: Int64) in
      tagSetOfParent[id] = set
    }
    let started = try connection.prepare("SELECT name FROM job WHERE job_id = ?")
    for (rule, reading, source) in Self.readings(rules) {
      switch source {
      case .starter(let tag): starters[tag] = texts.values(ofTag: tag)
      case .starterName(let tag, let pattern):
        for id in texts.values(ofTag: tag) {
          started.bind(id)
          if var name = try started.first(String.self) {
            starterNames[ReadingPosition(rule: rule, reading: reading), default: [:]][id] =
              name.withUTF8 { pattern.match($0) }
          }
        }
      default: break
      }
    }
  }

  /// Definitions with names such as a client gives to a definition for one job.
  static func ownDefinitions(_ connection: Connection, _ rules: [ClientRule]) throws -> Set<Int64> {
    let patterns = readings(rules).compactMap { if case .ownDefinition(let pattern) = $0.2 { pattern } else { nil } }
    if patterns.isEmpty { return [] }
    var found: Set<Int64> = []
    try connection.each("SELECT id, name FROM job_definition") { (id: Int64, name: String) in
      if patterns.contains(where: { $0.matches(name) }) { found.insert(id) }
    }
    return found
  }

  /// How many jobs use such a definition.
  private static func uses(_ connection: Connection, _ rules: [ClientRule]) throws -> [Int64: Int64] {
    let definitions = try ownDefinitions(connection, rules)
    if definitions.isEmpty { return [:] }
    let numbers = definitions.sorted().map(String.init).joined(separator: ", ")
    var uses: [Int64: Int64] = [:]
    try connection.each(
      "SELECT job_definition, COUNT(*) FROM job WHERE job_definition IN (\(numbers)) GROUP BY job_definition"
    ) { (definition: Int64, jobs: Int64) in uses[definition] = jobs }
    return uses
  }

  func label(ofDefinition definition: Int64) -> String { definitions[definition]?.label ?? "" }

  mutating func recognise(_ row: JobRow) -> (client: String, fields: ClientFields)? {
    let kind = Kind(definition: row.definition, tagSet: tagSet(row) ?? -1)
    let found: [Candidate]
    if let known = candidates[kind] {
      found = known
    } else {
      found = rules(for: kind)
      candidates[kind] = found
    }
    for candidate in found {
      let canMatch = candidate.names.isEmpty || row.withName { name in candidate.names.allSatisfy { $0.begins(name) } }
      guard canMatch, let fields = fields(row, rules[candidate.position], candidate.position) else { continue }
      return (rules[candidate.position].client, fields)
    }
    return nil
  }

  /// For an array child its parent's, if that has tags.
  private func tagSet(_ row: JobRow) -> Int64? { row.parent.flatMap { tagSetOfParent[$0] } ?? row.tagSet }

  /// The rules that a job's definition and tags do not exclude: most jobs belong to no client.
  private func rules(for kind: Kind) -> [Candidate] {
    let tagSet = kind.tagSet < 0 ? nil : kind.tagSet
    return rules.enumerated().compactMap { position, rule in
      var candidate = Candidate(position: position, names: [])
      for (index, reading) in rule.readings.enumerated() where reading.isNeeded {
        switch reading.source {
        case .tag(let name), .label(let name), .starterName(let name, _):
          if texts.tag(name, ofSet: tagSet)?.isEmpty ?? true { return nil }
        case .parameter(let name): if !texts.hasParameter(name) { return nil }
        case .parameters: if !texts.hasParameter("*") { return nil }
        case .definition, .ownDefinition:
          let found = definitions[kind.definition]?.matches[ReadingPosition(rule: position, reading: index)]
          if found == nil { return nil }
        case .starter(let tag): if starters[tag]?.isEmpty ?? true { return nil }
        case .name(let pattern): candidate.names.append(pattern)
        case .nameWithoutVarying: break
        case .resubmits, .submittedAlone: return nil
        }
      }
      return candidate
    }
  }

  private func fields(_ row: JobRow, _ rule: ClientRule, _ position: Int) -> ClientFields? {
    // Required fields first.
    var needed: [Int: ClientFields] = [:]
    for (index, reading) in rule.readings.enumerated() where reading.isNeeded {
      guard let found = read(row, reading, ReadingPosition(rule: position, reading: index)) else { return nil }
      needed[index] = found
    }
    var fields = ClientFields()
    for (index, reading) in rule.readings.enumerated() {
      let found = needed[index] ?? read(row, reading, ReadingPosition(rule: position, reading: index))
      if let found { fields.fill(from: found, isLabel: reading.isLabel) }
    }
    return fields
  }

  private func read(_ row: JobRow, _ reading: ClientRule.Reading, _ position: ReadingPosition) -> ClientFields? {
    func given(_ text: String?) -> ClientFields? {
      guard let text, !text.isEmpty, reading.field != .run || !Placeholder.isOne(text) else { return nil }
      var fields = ClientFields()
      if let field = reading.field { fields[field] = text }
      return fields
    }
    switch reading.source {
    case .tag(let name), .label(let name): return given(texts.tag(name, ofSet: tagSet(row)))
    case .parameter(let name): return given(texts.parameter(name, ofJob: row.id))
    case .parameters: return given(texts.parameter("*", ofJob: row.id))
    case .name(let pattern): return row.withName { pattern.match($0) }?.withoutVaryingStep
    case .nameWithoutVarying:
      return given(row.withName { String(decoding: VaryingParts.pattern(of: $0), as: UTF8.self) })
    case .definition: return definitions[row.definition]?.matches[position]
    case .ownDefinition(let pattern):
      guard !pattern.endsInBase32 || proven.contains(position), let definition = definitions[row.definition],
        definition.isOwn, let fields = definition.matches[position]
      else { return nil }
      return row.name == definition.name ? fields : nil
    case .resubmits, .submittedAlone: return nil
    case .starterName(let tag, _): return texts.tag(tag, ofSet: tagSet(row)).flatMap { starterNames[position]?[$0] }
    case .starter(let tag):
      guard let ids = starters[tag], !ids.isEmpty else { return nil }
      let id = row.jobID
      return ids.contains(id) ? given(id) : nil
    }
  }

  private static func readings(_ rules: [ClientRule]) -> [(Int, Int, ClientRule.Source)] {
    rules.enumerated().flatMap { rule, found in
      found.readings.enumerated().map { (rule, $0.offset, $0.element.source) }
    }
  }
}

extension ClientRule.Reading {
  fileprivate var isLabel: Bool { if case .label = source { true } else { false } }
}

extension ClientFields {
  /// The step without what varies from job to job, such as the id that Snakemake gives to a group of piped jobs; none if
  /// nothing else is left.
  fileprivate var withoutVaryingStep: ClientFields {
    guard let step = self[.step] else { return self }
    var fields = self
    let kept = VaryingParts.pattern(of: step, keepsNumbers: true)
    fields[.step] = kept.utf8.allSatisfy { $0 == UInt8(ascii: "*") } ? nil : kept
    return fields
  }
}

/// What programs write where they have no value.
private enum Placeholder {
  private static let words: Set<String> = ["null", "none", "nil", "undefined"]

  static func isOne(_ text: String) -> Bool { words.contains(text.lowercased()) }
}
