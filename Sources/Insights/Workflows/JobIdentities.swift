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
  /// By number; of numbers that no step has any more, without a name.
  private(set) var steps: [Step] = []
  /// By number: a job that was looked at has the step.
  private var isTold: [Bool] = []
  /// Where each job stands.
  private(set) var index: JobIndex
  private var identities: ContiguousArray<Identity>

  /// Of a job that nobody knows, all is unknown.
  subscript(job: Int64) -> Identity { index.position(of: job).map { identities[$0] } ?? Identity() }

  /// Whether a client submits what failed anew, as another job of the same step.
  func resubmits(_ client: Int32) -> Bool { resubmitting.contains(client) }

  /// Whether the step with this number was told of jobs that were looked at; else nothing is known of it.
  func areTold(_ number: Int) -> Bool { number < isTold.count && isTold[number] }

  func text(_ number: Int32) -> String? { number < 0 ? nil : texts[Int(number)] }

  /// - Complexity: O(n) in the number of jobs.
  init(_ connection: Connection, _ rules: [ClientRule]) throws {
    index = try JobIndex(all: connection)
    identities = ContiguousArray(repeating: Identity(), count: index.count)
    try recognise(connection, rules, "job NOT INDEXED", StoredSteps())
  }

  /// Tells anew of the known jobs of a part. Steps keep the numbers that they have.
  init(updating connection: Connection, _ rules: [ClientRule]) throws {
    index = try JobIndex(partOf: connection)
    identities = []
    let stored = try StoredSteps(connection)
    steps = stored.steps
    try recognise(connection, rules, "part_job CROSS JOIN job ON known = 1 AND job.id = part_id", stored)
  }

  /// Adds the other jobs of a part, of which the step is known and no client.
  mutating func addStored(_ connection: Connection) throws {
    let jobs = "part_job CROSS JOIN job_identity i ON known = 0 AND i.job = part_id"
    try connection.scan("i.job, i.job_step", from: jobs) { row in
      var identity = Identity()
      identity.step = Int32(truncatingIfNeeded: row.integer(1))
      index.add(row.integer(0))
      identities.append(identity)
    }
  }

  private mutating func recognise(
    _ connection: Connection, _ rules: [ClientRule], _ jobs: String, _ numbered: StoredSteps
  ) throws {
    var stored = numbered
    let recognition = try ClientRecognition(connection, rules, jobs)
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
      let step = Step(client: key.client, workflow: key.workflow, name: name, definition: definition)
      let client = key.client < 0 ? nil : clients[Int(key.client)]
      let place = stored.take(step, client: client, workflow: text(key.workflow)) ?? Int32(steps.count)
      known[key] = place
      if Int(place) < steps.count { steps[Int(place)] = step } else { steps.append(step) }
      while isTold.count < steps.count { isTold.append(false) }
      isTold[Int(place)] = true
      return place
    }

    let columns = "id, name, job_definition, tag_set, parent, job_id"
    try connection.scan(columns, from: "\(jobs) WHERE kind IN (0, 2, 4, 5)") { row in
      let (job, definition) = (row.integer(0), row.integer(2))
      guard let found = recognition.recognise(row) else {
        var identity = Identity()
        if let step = stepOfDefinition[definition] {
          identity.step = step
          return set(identity, ofJob: job)
        }
        let label = recognition.label(ofDefinition: definition)
        let position = step(
          Key(client: -1, workflow: -1, name: -1, definition: number(label)), named: "", label)
        stepOfDefinition[definition] = position
        identity.step = position
        return set(identity, ofJob: job)
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
      set(identity, ofJob: job)
    }
  }

  private mutating func set(_ identity: Identity, ofJob job: Int64) {
    if let position = index.position(of: job) {
      identities[position] = identity
      return
    }
    index.add(job)
    identities.append(identity)
  }

  /// The steps that the last build told of all jobs, without what else clients tell: of some jobs alone it might be another.
  init(stored connection: Connection) throws {
    index = try JobIndex(all: connection)
    identities = ContiguousArray(repeating: Identity(), count: index.count)
    let rows = try connection.prepare(
      "SELECT COALESCE(client, ''), COALESCE(workflow, ''), name, job_definition, id FROM job_step ORDER BY id")
    while try rows.step() {
      func number(_ text: String, in list: inout [String]) -> Int32 {
        if text.isEmpty { return -1 }
        if let known = list.firstIndex(of: text) { return Int32(known) }
        list.append(text)
        return Int32(list.count - 1)
      }
      while steps.count < rows.integer(4) { steps.append(.none) }
      steps.append(
        Step(
          client: number(rows.text(0), in: &clients), workflow: number(rows.text(1), in: &texts), name: rows.text(2),
          definition: rows.text(3)))
    }
    try connection.scan("job, job_step", from: "job_identity NOT INDEXED") { row in
      identities[Int(row.integer(0))].step = Int32(truncatingIfNeeded: row.integer(1))
    }
  }

  /// What two names begin with, and `*`; of several the same in whatever order.
  private static func common(_ a: String, _ b: String) -> String {
    var bytes = zip(a.utf8, b.utf8).prefix { $0 == $1 }.map(\.0)
    while bytes.last == UInt8(ascii: "*") { bytes.removeLast() }
    return String(decoding: bytes, as: UTF8.self) + "*"
  }
}

extension JobIdentities.Step {
  /// What a number stands for that no step has any more.
  static let none = JobIdentities.Step(client: -1, workflow: -1, name: "", definition: "")

  /// As rows have it: the name, or that of the definition.
  var shownName: String { name.isEmpty ? definition : name }
}

/// Finds the client of a job and what it wrote.
struct ClientRecognition {
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

  /// - Parameter jobs: those that are to be recognised, as SQL.
  init(_ connection: Connection, _ rules: [ClientRule], _ jobs: String) throws {
    self.rules = rules
    texts = try JobTexts(connection, for: rules, jobs)
    let uses = try Self.uses(connection, rules)
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

  /// Definitions whose names are such as a client gives to a definition of one job.
  static func ownDefinitions(_ connection: Connection, _ rules: [ClientRule]) throws -> Set<Int64> {
    let patterns = readings(rules).compactMap { if case .ownDefinition(let pattern) = $0.2 { pattern } else { nil } }
    if patterns.isEmpty { return [] }
    var found: Set<Int64> = []
    let names = try connection.prepare("SELECT id, name FROM job_definition")
    while try names.step() {
      let isOwn = names.withBytes(1) { bytes in patterns.contains { $0.match(bytes) != nil } }
      if isOwn { found.insert(names.integer(0)) }
    }
    return found
  }

  /// How many jobs use such a definition.
  private static func uses(_ connection: Connection, _ rules: [ClientRule]) throws -> [Int64: Int64] {
    let definitions = try ownDefinitions(connection, rules)
    if definitions.isEmpty { return [:] }
    let numbers = definitions.sorted().map(String.init).joined(separator: ", ")
    var uses: [Int64: Int64] = [:]
    let counts = try connection.prepare(
      "SELECT job_definition, COUNT(*) FROM job WHERE job_definition IN (\(numbers)) GROUP BY job_definition")
    while try counts.step() { uses[counts.integer(0)] = counts.integer(1) }
    return uses
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
