import Base
import Domain
import Store

/// What one condition accepts, by the number that identifies it in jobs: the queue, the definition, the tag set …
struct LensDomain {
  /// Where jobs store the number.
  enum Column: Equatable {
    case queue, definition, accountRegion, tagSet
    /// By `job.id`: the run, the step.
    case identity(ContiguousArray<Int32>)
    /// The job's own text.
    case name, id

    /// The number for a job `j` with its parent `p`, in SQL; nil if no column holds it. Array children have their
    /// parent's tags.
    var expression: String? {
      switch self {
      case .queue: "j.job_queue"
      case .definition: "j.job_definition"
      case .accountRegion: "j.account_region"
      case .tagSet: "COALESCE(CASE WHEN j.parent IS NULL THEN j.tag_set ELSE p.tag_set END, 0)"
      case .identity, .name, .id: nil
      }
    }

    /// The column of `job` whose texts are matched one by one; nil for other domains.
    var text: String? {
      switch self {
      case .name: "name"
      case .id: "job_id"
      case .queue, .definition, .accountRegion, .tagSet, .identity: nil
      }
    }

    /// Jobs and parents that `expression` refers to.
    static let source = "main.job j LEFT JOIN main.job_parent p ON p.id = j.parent"
  }

  /// Texts by number; several texts may share one number. 0 is none.
  private(set) var texts: [Int64: [String]] = [:]
  let column: Column
  let condition: LensCondition

  init(_ condition: LensCondition, _ column: Column, _ rows: [(id: Int64, text: String)] = []) {
    (self.condition, self.column) = (condition, column)
    for row in rows where !row.text.isEmpty { texts[row.id, default: []].append(row.text) }
    // Properties that every job has are never empty.
    switch column {
    case .tagSet, .identity: texts[0] = texts[0] ?? []
    case .accountRegion: for row in rows where row.text.isEmpty { texts[row.id] = texts[row.id] ?? [] }
    case .queue, .definition, .name, .id: break
    }
  }

  /// The numbers that one of the condition's values accepts.
  func numbers(of value: LensCondition.Value) -> Set<Int64> {
    Set(texts.filter { accepts($0.value, value) }.keys)
  }

  private func accepts(_ texts: [String], _ value: LensCondition.Value) -> Bool {
    value.isEmpty ? texts.isEmpty : texts.contains(where: value.matches)
  }

  /// The error if no job has a value.
  func error(_ value: LensCondition.Value, used: Set<Int64>) -> LensError {
    let known = Set(used.flatMap { texts[$0] ?? [] })
    return Self.error(condition, value, known: known)
  }

  static func error(_ condition: LensCondition, _ value: LensCondition.Value, known: Set<String>) -> LensError {
    let what = condition.subject.preposition
    let known = known.filter { !$0.isEmpty }
    if value.isEmpty { return LensError(message: "\(condition.place): every job has one") }
    let others = Spelling.alternatives(to: value.source, among: known.sorted())
    return LensError(message: "\(condition.place): no job \(what) \"\(value.source.shownInLine)\"\(others)")
  }
}

extension LensDomain {
  /// The domains of a condition: a job must match in one of them. Users have two.
  ///
  /// - Throws: `LensError` if the database has no such data.
  static func all(_ condition: LensCondition, _ connection: Connection) throws -> [LensDomain] {
    func domain(_ column: Column, _ sql: String) throws -> LensDomain {
      LensDomain(condition, column, try rows(sql, connection))
    }
    switch condition.subject {
    case .queue:
      return [
        try domain(.queue, "SELECT id, name FROM main.job_queue UNION SELECT id, name FROM main.named_queue")
      ]
    case .definition:
      return [
        try domain(
          .definition,
          "SELECT id, name FROM main.job_definition UNION SELECT id, name || ':' || revision FROM main.job_definition")
      ]
    case .account: return [try domain(.accountRegion, "SELECT id, account FROM main.account_region")]
    case .region: return [try domain(.accountRegion, "SELECT id, region FROM main.account_region")]
    case .currency:
      let places = try rows("SELECT id, region FROM main.account_region", connection)
      return [
        LensDomain(condition, .accountRegion, places.map { ($0.id, Currency(ofRegion: $0.text).rawValue) })
      ]
    case .tag(let name): return [try tag(name, condition, connection)]
    case .user: return try user(condition, connection)
    case .name: return [LensDomain(condition, .name)]
    case .job: return [LensDomain(condition, .id)]
    case .run:
      return [
        try domain(
          .identity(identities("workflow_run", connection)),
          "SELECT id, run FROM main.workflow_run WHERE run IS NOT NULL UNION SELECT id, name FROM main.workflow_run")
      ]
    case .workflow:
      return [
        try domain(
          .identity(identities("workflow_run", connection)),
          "SELECT id, COALESCE(workflow, run, client) FROM main.workflow_run")
      ]
    case .client:
      return [try domain(.identity(identities("job_step + 1", connection)), "SELECT id + 1, client FROM main.job_step")]
    case .step:
      // The name that no other step has comes first: a partition is by it.
      return [
        try domain(
          .identity(identities("job_step + 1", connection)),
          "SELECT id + 1, name FROM main.named_step UNION ALL SELECT id + 1, name FROM main.job_step")
      ]
    case .environment: return []
    }
  }

  private static func tag(_ name: String, _ condition: LensCondition, _ connection: Connection) throws -> LensDomain {
    let values = try rows("SELECT t.tag_set, t.value FROM main.tag t WHERE t.name = ?", connection, name)
    guard !values.isEmpty else {
      let known = try rows("SELECT 1, name FROM main.tag GROUP BY name", connection).map(\.text)
      throw LensError(
        message: known.isEmpty
          ? "\(condition.place): no job has tags"
          : "\(condition.place): no job has a tag \"\(name.shownInLine)\"\(Spelling.hint(name, among: known)); "
            + "`batchcost tags` lists the tags")
    }
    var domain = LensDomain(condition, .tagSet, values)
    // A tag with an empty value is a tag too.
    for row in values where row.text.isEmpty { domain.texts[row.id] = [""] }
    try domain.addOtherTagSets(connection)
    return domain
  }

  private static func user(_ condition: LensCondition, _ connection: Connection) throws -> [LensDomain] {
    var tagged = LensDomain(
      condition, .tagSet,
      try rows(
        "SELECT t.tag_set, t.value FROM main.tag t JOIN main.tag_role r ON r.role = 'user' AND r.tag = t.name",
        connection))
    let told = LensDomain(
      condition, .identity(try identities("workflow_run", connection)),
      try rows("SELECT id, user FROM main.workflow_run WHERE user IS NOT NULL", connection))
    guard tagged.texts.count + told.texts.count > 2 else {
      throw LensError(
        message: "\(condition.place): no user is known for any job; name the tag for users in batchcost.yaml, "
          + "such as `tags: {user: owner}`, and run `batchcost ledger build`")
    }
    try tagged.addOtherTagSets(connection)
    return [tagged, told]
  }

  /// Adds the tag sets without the tag.
  private mutating func addOtherTagSets(_ connection: Connection) throws {
    for row in try Self.rows("SELECT id, '' FROM main.tag_set", connection) { texts[row.id] = texts[row.id] ?? [] }
  }

  private static func rows(
    _ sql: String, _ connection: Connection, _ parameter: String? = nil
  ) throws -> [(id: Int64, text: String)] {
    let statement = try connection.prepare(sql)
    if let parameter { statement.bind(parameter) }
    var rows: [(id: Int64, text: String)] = []
    try statement.each { rows.append((id: $0, text: $1)) }
    return rows
  }

  /// A column of `job_identity` by `job.id`; 0 if there is none.
  private static func identities(_ column: String, _ connection: Connection) throws -> ContiguousArray<Int32> {
    var numbers = ContiguousArray<Int32>(
      repeating: 0, count: Int(try connection.integer("SELECT COALESCE(MAX(id), 0) FROM main.job")) + 1)
    enum Field: Int32, SelectedColumn { case job, identity }
    let columns = Field.list { $0 == .identity ? "COALESCE(\(column), 0)" : $0.sql }
    try connection.scan(columns, from: "main.job_identity NOT INDEXED") { row in
      let job = Int(row.integer(Field.job))
      if job < numbers.count { numbers[job] = Int32(truncatingIfNeeded: row.integer(Field.identity)) }
    }
    return numbers
  }
}
