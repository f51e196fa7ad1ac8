import Domain
import Store

/// What jobs do and for whom, as far as their clients tell: run, step, task and try of each.
struct JobIdentities: Sendable {
  /// What one job does. Numbers of `texts`, −1 where nothing is known.
  struct Identity: Sendable {
    /// Position in `clients`, −1 where no client is recognised.
    var client: Int32 = -1
    var run: Int32 = -1
    var workflow: Int32 = -1
    var task: Int32 = -1
    var user: Int32 = -1
    /// The number that the client gave to the try; -1 where it gives none.
    var tryNumber: Int32 = -1
    /// A digest of its name, where its client submits what failed anew under the same; else 0.
    var nameDigest: UInt32 = 0
    /// Position in `steps`.
    var step: Int32 = -1
  }

  /// Jobs that do the same, in whatever run: a step of a workflow, else a job definition without what varies in its name.
  struct Step: Sendable {
    /// Position in `clients`, −1 where no client is recognised.
    var client: Int32
    var workflow: Int32
    /// As its client calls it; empty where it does not.
    var name: String
    /// The name of its job definition, with `*` for what varies.
    var definition: String
  }

  private(set) var clients: [String] = []
  /// Clients that submit what failed anew and name no task.
  private var resubmitting: Set<Int32> = []
  /// Of them those that submit it under the same name.
  private var resubmittingByName: Set<Int32> = []
  private(set) var texts: [String] = []
  private(set) var steps: [Step] = []
  /// By `job.id`.
  private var identities: ContiguousArray<Identity>

  /// One more than the largest `job.id`.
  var count: Int { identities.count }

  /// Of a job that nobody knows, all is unknown.
  subscript(job: Int64) -> Identity { job >= 0 && job < identities.count ? identities[Int(job)] : Identity() }

  /// Whether a client submits what failed anew, as another job of the same step.
  func resubmits(_ client: Int32) -> Bool { resubmitting.contains(client) }

  func text(_ number: Int32) -> String? { number < 0 ? nil : texts[Int(number)] }

  /// - Complexity: O(n) in the number of jobs.
  init(_ connection: Connection, _ rules: [ClientRule]) throws {
    let last = try connection.integer("SELECT COALESCE(MAX(id), 0) FROM job")
    identities = ContiguousArray(repeating: Identity(), count: Int(last) + 1)
    let recognition = try ClientRecognition(connection, rules)
    var numbers: [String: Int32] = [:]
    var clientNumbers: [String: Int32] = [:]
    func number(_ text: String?) -> Int32 {
      guard let text else { return -1 }
      if let known = numbers[text] { return known }
      numbers[text] = Int32(texts.count)
      texts.append(text)
      return Int32(texts.count - 1)
    }
    for rule in rules where clientNumbers[rule.client] == nil {
      clientNumbers[rule.client] = Int32(clients.count)
      clients.append(rule.client)
    }
    for rule in rules {
      for case .resubmits(let byName) in rule.readings.map(\.source) {
        resubmitting.insert(clientNumbers[rule.client] ?? -1)
        if byName { resubmittingByName.insert(clientNumbers[rule.client] ?? -1) }
      }
    }

    struct Key: Hashable {
      var client: Int32
      var workflow: Int32
      var name: Int32
      /// −1 where the client names the step.
      var definition: Int32
    }
    var known: [Key: Int32] = [:]
    var stepOfDefinition: [Int64: Int32] = [:]
    func step(_ key: Key, named name: String, _ definition: String) -> Int32 {
      if let position = known[key] {
        if steps[Int(position)].definition != definition {
          steps[Int(position)].definition = Self.common(steps[Int(position)].definition, definition)
        }
        return position
      }
      known[key] = Int32(steps.count)
      steps.append(Step(client: key.client, workflow: key.workflow, name: name, definition: definition))
      return Int32(steps.count - 1)
    }

    let columns = "id, name, job_definition, tag_set, parent, job_id"
    try connection.scan(columns, from: "job NOT INDEXED WHERE kind IN (0, 2, 4, 5)") { row in
      let (job, definition) = (row.integer(0), row.integer(2))
      guard let found = recognition.recognise(row) else {
        if let step = stepOfDefinition[definition] {
          identities[Int(job)].step = step
          return
        }
        let label = recognition.label(ofDefinition: definition)
        let position = step(
          Key(client: -1, workflow: -1, name: -1, definition: number(label)), named: "", label)
        stepOfDefinition[definition] = position
        identities[Int(job)].step = position
        return
      }
      let fields = found.fields
      let label = recognition.label(ofDefinition: definition)
      var identity = Identity(
        client: clientNumbers[found.client] ?? -1, run: number(fields[.run]), workflow: number(fields[.workflow]),
        task: number(fields[.task]), user: number(fields[.user]),
        tryNumber: fields[.try].flatMap { Int32($0) } ?? -1)
      if resubmittingByName.contains(identity.client) {
        identity.nameDigest = row.withBytes(1) { $0.reduce(0x811C_9DC5) { ($0 ^ UInt32($1)) &* 0x0100_0193 } }
      }
      identity.step = step(
        Key(
          client: identity.client, workflow: identity.workflow, name: number(fields[.step]),
          definition: fields[.step] == nil ? number(label) : -1),
        named: fields[.step] ?? "", label)
      identities[Int(job)] = identity
    }
  }

  /// The steps that the last build told of all jobs, without what else clients tell: of some jobs alone it might be another.
  init(stored connection: Connection) throws {
    let last = try connection.integer("SELECT COALESCE(MAX(job), 0) FROM job_identity")
    identities = ContiguousArray(repeating: Identity(), count: Int(last) + 1)
    let rows = try connection.prepare(
      "SELECT COALESCE(client, ''), COALESCE(workflow, ''), name, job_definition FROM job_step ORDER BY id")
    while try rows.step() {
      func number(_ text: String, in list: inout [String]) -> Int32 {
        if text.isEmpty { return -1 }
        if let known = list.firstIndex(of: text) { return Int32(known) }
        list.append(text)
        return Int32(list.count - 1)
      }
      steps.append(
        Step(
          client: number(rows.text(0), in: &clients), workflow: number(rows.text(1), in: &texts), name: rows.text(2),
          definition: rows.text(3)))
    }
    try connection.scan("job, job_step", from: "job_identity NOT INDEXED") { row in
      identities[Int(row.integer(0))].step = Int32(truncatingIfNeeded: row.integer(1))
    }
  }

  /// What two names begin with, and `*`.
  private static func common(_ a: String, _ b: String) -> String {
    String(decoding: zip(a.utf8, b.utf8).prefix { $0 == $1 }.map(\.0).filter { $0 != UInt8(ascii: "*") }, as: UTF8.self)
      + "*"
  }
}

/// Finds the client of a job and what it wrote.
private struct ClientRecognition {
  private struct Definition {
    var name: String
    var label: String
    /// One job alone uses it.
    var isOwn: Bool
    /// What definition patterns say, by rule and reading; nil where they do not match.
    var matches: [ReadingPosition: ClientFields] = [:]
  }

  private struct ReadingPosition: Hashable {
    var rule: Int
    var reading: Int
  }

  private let rules: [ClientRule]
  private let texts: JobTexts
  private var definitions: [Int64: Definition] = [:]
  private var tagSetOfParent: [Int64: Int64] = [:]
  private var starters: [String: Set<String>] = [:]
  /// Readings of eight random characters that some definition of one job alone proves, as it has a digit among them: eight
  /// letters by themselves may be a word, as in `llm-pretrain`.
  private var proven: Set<ReadingPosition> = []

  init(_ connection: Connection, _ rules: [ClientRule]) throws {
    self.rules = rules
    texts = try JobTexts(connection, for: rules)
    var uses: [Int64: Int64] = [:]
    let counts = try connection.prepare("SELECT job_definition, COUNT(*) FROM job GROUP BY job_definition")
    while try counts.step() { uses[counts.integer(0)] = counts.integer(1) }
    let names = try connection.prepare("SELECT id, name FROM job_definition")
    while try names.step() {
      var name = names.text(1)
      var definition = Definition(
        name: name, label: VaryingParts.pattern(of: name, keepsNumbers: true), isOwn: uses[names.integer(0)] == 1)
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
      definitions[names.integer(0)] = definition
    }
    let parents = try connection.prepare("SELECT id, tag_set FROM job_parent WHERE tag_set IS NOT NULL")
    while try parents.step() { tagSetOfParent[parents.integer(0)] = parents.integer(1) }
    for (_, _, source) in Self.readings(rules) {
      if case .starter(let tag) = source { starters[tag] = texts.values(ofTag: tag) }
    }
  }

  func label(ofDefinition definition: Int64) -> String { definitions[definition]?.label ?? "" }

  /// - Parameter row: `id, name, job_definition, tag_set, parent, job_id` of a job.
  func recognise(_ row: ScannedRow) -> (client: String, fields: ClientFields)? {
    for (position, rule) in rules.enumerated() {
      if let fields = fields(row, rule, position) { return (rule.client, fields) }
    }
    return nil
  }

  private func fields(_ row: ScannedRow, _ rule: ClientRule, _ position: Int) -> ClientFields? {
    // What is needed first: most jobs are none of the client's.
    var needed: [Int: ClientFields] = [:]
    for (index, reading) in rule.readings.enumerated() where reading.isNeeded {
      guard let found = read(row, reading, ReadingPosition(rule: position, reading: index)) else { return nil }
      needed[index] = found
    }
    var fields = ClientFields()
    for (index, reading) in rule.readings.enumerated() {
      let found = needed[index] ?? read(row, reading, ReadingPosition(rule: position, reading: index))
      if let found { fields.fill(from: found) }
    }
    return fields
  }

  private func read(_ row: ScannedRow, _ reading: ClientRule.Reading, _ position: ReadingPosition) -> ClientFields? {
    func given(_ text: String?) -> ClientFields? {
      guard let text, !text.isEmpty else { return nil }
      var fields = ClientFields()
      if let field = reading.field { fields[field] = text }
      return fields
    }
    switch reading.source {
    case .tag(let name):
      let parent = row.optionalInteger(4)
      return given(texts.tag(name, ofSet: parent.flatMap { tagSetOfParent[$0] } ?? row.optionalInteger(3)))
    case .parameter(let name): return given(texts.parameter(name, ofJob: row.integer(0)))
    case .parameters: return given(texts.parameter("*", ofJob: row.integer(0)))
    case .name(let pattern): return row.withBytes(1) { pattern.match($0) }
    case .nameWithoutVarying:
      return given(row.withBytes(1) { String(decoding: VaryingParts.pattern(of: $0), as: UTF8.self) })
    case .definition: return definitions[row.integer(2)]?.matches[position]
    case .ownDefinition(let pattern):
      guard !pattern.endsInBase32 || proven.contains(position), let definition = definitions[row.integer(2)],
        definition.isOwn, let fields = definition.matches[position]
      else { return nil }
      return row.text(1) == definition.name ? fields : nil
    case .resubmits: return nil
    case .starter(let tag):
      guard let ids = starters[tag], !ids.isEmpty else { return nil }
      let id = row.text(5)
      return ids.contains(id) ? given(id) : nil
    }
  }

  private static func readings(_ rules: [ClientRule]) -> [(Int, Int, ClientRule.Source)] {
    rules.enumerated().flatMap { rule, found in
      found.readings.enumerated().map { (rule, $0.offset, $0.element.source) }
    }
  }
}
