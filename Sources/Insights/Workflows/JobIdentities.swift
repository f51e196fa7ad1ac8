import Domain
import Store

/// What jobs do and for whom, from their clients: run, step, task and try of each job.
struct JobIdentities: Sendable {
  /// What one job does. Positions in `texts`, −1 if unknown.
  struct Identity: Sendable {
    /// Position in `clients`, −1 if no client is recognised.
    var client: Int32 = -1
    var run: Int32 = -1
    var workflow: Int32 = -1
    var task: Int32 = -1
    var user: Int32 = -1
    /// The client's number for the try; −1 if it gives none.
    var tryNumber: Int32 = -1
    /// A digest of its name if its client names no task and resubmits failed work under the same name; else 0.
    var nameDigest: UInt32 = 0
    /// The run is a label, which may come back: see `ClientRule.Source.label`.
    var hasLabel = false
    /// Its client names the run, and no other is named so.
    var isOfNamedRun: Bool { run >= 0 && !hasLabel }
    /// Position in `steps`.
    var step: Int32 = -1
  }

  /// Jobs that do the same, in any run: a step of a workflow, or else a job definition without the varying parts of its
  /// name.
  struct Step: Sendable {
    /// Position in `clients`, −1 if no client is recognised.
    var client: Int32
    var workflow: Int32
    /// The client's name for it; empty if it has none.
    var name: String
    /// The name of its job definition, with `*` for what varies.
    var definition: String
  }

  private(set) var clients: [String] = []
  /// Clients that resubmit failed work without naming the task.
  private var resubmitting: Set<Int32> = []
  /// Those among them that resubmit it under the same name.
  private var resubmittingByName: Set<Int32> = []
  /// Clients whose jobs are submitted one by one.
  private var submittingAlone: Set<Int32> = []
  private(set) var texts: [String] = []
  /// By number; numbers that no step uses any more have no name.
  private(set) var steps: [Step] = []
  /// By number: whether a processed job has the step.
  private var isTold: [Bool] = []
  /// The position of each job.
  private(set) var index: JobIndex
  /// Most jobs have only a step: its number is stored here, −1 if unknown. For others, −2 − their position in `told`.
  private var stepOrTold: ContiguousArray<Int32>
  private var told: ContiguousArray<Identity> = []

  /// For an unknown job, everything is unknown.
  subscript(job: Int64) -> Identity {
    var identity = Identity()
    guard let position = index.position(of: job) else { return identity }
    let number = stepOrTold[position]
    if number < -1 { return told[Int(-2 - number)] }
    identity.step = number
    return identity
  }

  /// The step of a job, −1 if unknown.
  func step(of job: Int64) -> Int32 {
    guard let position = index.position(of: job) else { return -1 }
    let number = stepOrTold[position]
    return number < -1 ? told[Int(-2 - number)].step : number
  }

  /// Whether a client was recognised.
  func hasClient(_ job: Int64) -> Bool { clientPosition(of: job) != nil }

  /// The position of a job among those with a client; nil if it has none.
  func clientPosition(of job: Int64) -> Int? {
    guard let position = index.position(of: job), stepOrTold[position] < -1 else { return nil }
    return Int(-2 - stepOrTold[position])
  }

  /// How many jobs have a client.
  var countOfClients: Int { told.count }

  /// Whether a client resubmits failed work as another job of the same step.
  func resubmits(_ client: Int32) -> Bool { resubmitting.contains(client) }

  /// Whether nothing waits for a job of a client to submit the next of its step.
  func submitsAlone(_ client: Int32) -> Bool { submittingAlone.contains(client) }

  /// Whether a processed job has the step with this number; otherwise nothing is known about the step.
  func areTold(_ number: Int) -> Bool { number < isTold.count && isTold[number] }

  func text(_ number: Int32) -> String? { number < 0 ? nil : texts[Int(number)] }

  /// - Parameter visit: receives each job, and whether it has a client.
  /// - Complexity: O(n) in the number of jobs.
  init(_ connection: Connection, _ rules: [ClientRule], _ visit: (JobRow, Bool) throws -> Void = { _, _ in }) throws {
    index = try JobIndex(all: connection)
    stepOrTold = ContiguousArray(repeating: -1, count: index.count)
    try recognise(connection, rules, "job NOT INDEXED", parametersOf: "job", StoredSteps(), visit)
  }

  /// Recomputes the known jobs of a part. Steps keep their numbers.
  init(updating connection: Connection, _ rules: [ClientRule], _ visit: (JobRow, Bool) throws -> Void) throws {
    index = try JobIndex(partOf: connection)
    stepOrTold = []
    let stored = try StoredSteps(connection)
    steps = stored.steps
    let jobs = "part_job CROSS JOIN job ON known = 1 AND job.id = part_id"
    try recognise(connection, rules, jobs, parametersOf: jobs, stored, visit)
  }

  /// Adds the other jobs of a part, whose step is known and which have no client.
  mutating func addStored(_ connection: Connection) throws {
    let jobs = "part_job CROSS JOIN job_identity ON known = 0 AND job = part_id"
    try connection.scan(StoredStep.list, from: jobs) { row in
      index.add(row.integer(StoredStep.job))
      stepOrTold.append(Int32(truncatingIfNeeded: row.integer(StoredStep.jobStep)))
    }
  }

  private mutating func recognise(
    _ connection: Connection, _ rules: [ClientRule], _ jobs: String, parametersOf parameterised: String,
    _ numbered: StoredSteps, _ visit: (JobRow, Bool) throws -> Void
  ) throws {
    var stored = numbered
    var recognition = try ClientRecognition(connection, rules, parametersOf: parameterised)
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
      let client = clientNumbers[rule.client] ?? -1
      for reading in rule.readings {
        switch reading.source {
        case .resubmits(let byName):
          resubmitting.insert(client)
          if byName { resubmittingByName.insert(client) }
        case .submittedAlone: submittingAlone.insert(client)
        default: break
        }
      }
    }

    struct Key: Hashable {
      var client: Int32
      var workflow: Int32
      var name: Int32
      /// −1 if the client names the step.
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

    try JobRow.scan(connection, jobs) { row in
      guard let found = recognition.recognise(row) else {
        let definition = row.definition
        if let known = stepOfDefinition[definition] {
          place(row.id, known)
          return try visit(row, false)
        }
        let label = recognition.label(ofDefinition: definition)
        let new = step(Key(client: -1, workflow: -1, name: -1, definition: number(label)), named: "", label)
        stepOfDefinition[definition] = new
        place(row.id, new)
        return try visit(row, false)
      }
      let fields = found.fields
      let label = recognition.label(ofDefinition: row.definition)
      var identity = Identity(
        client: clientNumbers[found.client] ?? -1, run: number(fields[.run]), workflow: number(fields[.workflow]),
        task: number(fields[.task]), user: number(fields[.user]),
        tryNumber: fields[.try].flatMap { Int32($0) } ?? -1, hasLabel: fields.hasLabel)
      if identity.task < 0, resubmittingByName.contains(identity.client) {
        identity.nameDigest = row.withName { $0.reduce(0x811C_9DC5) { ($0 ^ UInt32($1)) &* 0x0100_0193 } }
      }
      identity.step = step(
        Key(
          client: identity.client, workflow: identity.workflow, name: number(fields[.step]),
          definition: fields[.step] == nil ? number(label) : -1),
        named: fields[.step] ?? "", label)
      told.append(identity)
      place(row.id, Int32(-1 - told.count))
      try visit(row, true)
    }
  }

  private mutating func place(_ job: Int64, _ number: Int32) {
    if let position = index.position(of: job) {
      stepOrTold[position] = number
    } else {
      index.add(job)
      stepOrTold.append(number)
    }
  }

  /// The steps of all jobs from the last build, without other data of clients: computed from only some jobs, a step
  /// might differ.
  init(stored connection: Connection) throws {
    index = try JobIndex(all: connection)
    stepOrTold = ContiguousArray(repeating: -1, count: index.count)
    enum Field: Int32, SelectedColumn {
      case client, workflow, name, jobDefinition, id
      var sql: String {
        switch self {
        case .client, .workflow: "COALESCE(\(name), '')"
        default: name
        }
      }
    }
    let rows = try connection.prepare(
      "SELECT \(Field.list) FROM job_step ORDER BY id")
    while try rows.step() {
      func number(_ text: String, in list: inout [String]) -> Int32 {
        if text.isEmpty { return -1 }
        if let known = list.firstIndex(of: text) { return Int32(known) }
        list.append(text)
        return Int32(list.count - 1)
      }
      while steps.count < rows.integer(Field.id) { steps.append(.none) }
      steps.append(
        Step(
          client: number(rows.text(Field.client), in: &clients),
          workflow: number(rows.text(Field.workflow), in: &texts), name: rows.text(Field.name),
          definition: rows.text(Field.jobDefinition)))
    }
    try connection.scan(StoredStep.list, from: "job_identity NOT INDEXED") { row in
      stepOrTold[Int(row.integer(StoredStep.job))] = Int32(truncatingIfNeeded: row.integer(StoredStep.jobStep))
    }
  }

  private enum StoredStep: Int32, SelectedColumn { case job, jobStep }

  /// The common beginning of two names, and `*`; for several names the same in any order.
  private static func common(_ a: String, _ b: String) -> String {
    var bytes = zip(a.utf8, b.utf8).prefix { $0 == $1 }.map(\.0)
    while bytes.last == UInt8(ascii: "*") { bytes.removeLast() }
    return String(decoding: bytes, as: UTF8.self) + "*"
  }
}

extension JobIdentities.Step {
  /// Stands for a number that no step uses any more.
  static let none = JobIdentities.Step(client: -1, workflow: -1, name: "", definition: "")

  /// As in rows: the name, or the definition's name.
  var shownName: String { name.isEmpty ? definition : name }
}
