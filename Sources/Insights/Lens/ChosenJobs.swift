import Base
import Domain
import Store

/// The jobs and hosts that a lens chooses: temporary tables from which everything else follows.
///
/// | table | rows |
/// | --- | --- |
/// | `lens_job` | `job.id` of the jobs, including parents of chosen children; empty if there are many, see `isChosen` |
/// | `lens_parent` | `job_parent.id` of chosen children |
/// | `lens_number` | what each condition accepts: queues, definitions, tag sets, accounts and regions |
/// | `lens_resource` | `resource.id` of the hosts; only if a condition is about hosts |
/// | `lens_environment` | `compute_environment.id` of these hosts; 0 if unknown |
/// | `lens_attempt` | `attempt.id` of what ran on compute environments; only if a condition names one |
struct ChosenJobs {
  let lens: Lens
  private let connection: Connection
  private var domains: [[LensDomain]] = []
  /// `job.id` of the chosen jobs.
  private let chosen: NumberSet

  /// - Throws: `LensError` if no job has a value, or all of them, or several an id that begins with one.
  init(_ lens: Lens, _ connection: Connection) throws {
    let lens = try lens.withWholeIDs(connection)
    (self.lens, self.connection) = (lens, connection)
    chosen = NumberSet(upTo: try connection.integer("SELECT COALESCE(MAX(id), 0) FROM main.job"))
    try connection.execute(
      """
      CREATE TEMP TABLE lens_job (id INTEGER PRIMARY KEY);
      CREATE TEMP TABLE lens_parent (id INTEGER PRIMARY KEY);
      CREATE TEMP TABLE lens_number (condition INTEGER NOT NULL, id INTEGER NOT NULL, PRIMARY KEY (condition, id))
        WITHOUT ROWID;
      CREATE TEMP TABLE lens_resource (id INTEGER PRIMARY KEY);
      CREATE TEMP TABLE lens_environment (id INTEGER PRIMARY KEY);
      CREATE TEMP TABLE lens_attempt (id INTEGER PRIMARY KEY);
      """)
    domains = try lens.conditions.map { try LensDomain.all($0, connection) }
    try choosePlaces()
    try chooseJobs()
    isMany = chosen.count * 8 > Int(try connection.integer("SELECT COUNT(*) FROM main.job"))
    if isMany { connection.addSet(Self.function, chosen) } else { try write(chosen.members, "lens_job") }
  }

  private func write(_ numbers: some Sequence<Int64>, _ table: String) throws {
    let rows = try RowFeed(connection, into: table, columns: 1)
    for number in numbers {
      rows.append(number)
      try rows.endRow()
    }
    try rows.flush()
  }

  private static let function = "is_chosen_job"
  private var isMany = false

  /// An SQL condition: the job is chosen. A few jobs are looked up; for many, each row is tested.
  func isChosen(_ job: String) -> String {
    isMany ? "\(Self.function)(\(job))" : "\(job) IN (SELECT id FROM lens_job)"
  }

  /// Whether all jobs are chosen, and all hosts if hosts are chosen.
  func isWhole() throws -> Bool {
    if try chosen.count < connection.integer("SELECT COUNT(*) FROM main.job") { return false }
    guard lens.isOfPlaces else { return !hasEnvironments }
    return try connection.integer(
      "SELECT NOT EXISTS (SELECT id FROM main.resource EXCEPT SELECT id FROM lens_resource)")
      == 1
  }

  /// Whether a condition is about hosts.
  var hasEnvironments: Bool { lens.conditions.contains { $0.subject == .environment } }

  /// Whether rollups have the columns for all conditions.
  var isOfRollups: Bool {
    !hasEnvironments
      && domains.allSatisfy { alternatives in
        alternatives.count == 1
          && alternatives.allSatisfy { [.queue, .definition, .tagSet, .accountRegion].contains($0.column) }
      }
  }

  /// Whether each queue's jobs are either all chosen or all left out.
  var isOfQueues: Bool {
    isOfRollups && domains.joined().allSatisfy { [.queue, .accountRegion].contains($0.column) }
  }

  /// Whether each compute environment's hosts are either all chosen or all left out; hosts in unknown environments
  /// count as one environment.
  func keepsEnvironmentsWhole() throws -> Bool {
    try connection.integer(
      """
      SELECT NOT EXISTS (
        SELECT 1 FROM main.resource r LEFT JOIN lens_resource l ON l.id = r.id
        GROUP BY COALESCE(r.compute_environment, 0) HAVING COUNT(l.id) NOT IN (0, COUNT(*)))
      """) == 1
  }

  /// Whether it may choose only some children of a parent.
  var dividesFamilies: Bool {
    hasEnvironments
      || domains.joined().contains {
        switch $0.column {
        case .identity, .id: true
        default: false
        }
      }
  }

  /// An SQL condition: the row of a rollup belongs to chosen jobs. Its columns are those of `daily_cost`.
  var rollupCondition: String {
    var parts: [String] = []
    for (index, alternatives) in domains.enumerated() {
      guard let domain = alternatives.first else { continue }
      let numbers = "(SELECT id FROM lens_number WHERE condition = \(index))"
      switch domain.column {
      case .queue: parts.append("job_queue IN \(numbers)")
      case .definition: parts.append("job_definition IN \(numbers)")
      case .tagSet: parts.append("COALESCE(tag_set, 0) IN \(numbers)")
      case .accountRegion:
        parts.append("job_queue IN (SELECT id FROM main.job_queue WHERE account_region IN \(numbers))")
      case .identity, .name, .id: break
      }
    }
    return parts.isEmpty ? "TRUE" : parts.joined(separator: " AND ")
  }

  // MARK: Places

  private func choosePlaces() throws {
    guard lens.isOfPlaces || hasEnvironments else { return }
    var environments: Set<Int64>?
    for condition in lens.conditions where condition.subject == .environment {
      let found = try self.environments(condition)
      environments = environments.map { $0.intersection(found) } ?? found
    }
    let places = lens.isOfPlaces ? domains.compactMap(\.first).filter { $0.column == .accountRegion } : []
    let insert = try connection.prepare("INSERT INTO lens_resource VALUES (?)")
    enum Field: Int32, SelectedColumn {
      case id, accountRegion, computeEnvironment
      var sql: String {
        switch self {
        case .computeEnvironment: "COALESCE(\(name), 0)"
        default: name
        }
      }
    }
    let rows = try connection.prepare(
      "SELECT \(Field.list) FROM main.resource")
    while try rows.step() {
      if let environments, !environments.contains(rows.integer(Field.computeEnvironment)) { continue }
      let place = rows.integer(Field.accountRegion)
      guard places.allSatisfy({ domain in domain.condition.values.contains { domain.numbers(of: $0).contains(place) } })
      else { continue }
      insert.bind(rows.integer(Field.id))
      try insert.run()
    }
    try connection.execute(
      """
      INSERT INTO lens_environment
      SELECT DISTINCT COALESCE(r.compute_environment, 0) FROM lens_resource l JOIN main.resource r ON r.id = l.id
      """)
    guard hasEnvironments else { return }
    try connection.execute(
      """
      INSERT OR IGNORE INTO lens_attempt
      SELECT p.attempt FROM lens_resource r
        CROSS JOIN main.posting p ON \(PostingID.isOf("p.id", resource: "r.id"))
      WHERE p.attempt IS NOT NULL
      """)
  }

  /// Compute environments with hosts; 0 stands for unknown.
  private func environments(_ condition: LensCondition) throws -> Set<Int64> {
    var texts: [Int64: Set<String>] = [:]
    enum Field: Int32, SelectedColumn {
      case computeEnvironment, environment, environmentName
      var sql: String {
        switch self {
        case .computeEnvironment: "COALESCE(r.\(name), 0)"
        case .environment: "COALESCE(e.name, '')"
        case .environmentName: "COALESCE(n.name, '')"
        }
      }
    }
    let rows = try connection.prepare(
      """
      SELECT DISTINCT \(Field.list)
      FROM main.resource r
      LEFT JOIN main.compute_environment e ON e.id = r.compute_environment
      LEFT JOIN main.named_environment n ON n.id = r.compute_environment
      """)
    while try rows.step() {
      texts[rows.integer(Field.computeEnvironment)] = Set(
        [rows.text(Field.environment), rows.text(Field.environmentName)].filter { !$0.isEmpty })
    }
    var chosen: Set<Int64> = []
    for value in condition.values {
      let found = texts.filter { entry in
        value.isEmpty ? entry.value.isEmpty : entry.value.contains(where: value.matches)
      }
      if found.isEmpty { throw LensDomain.error(condition, value, known: Set(texts.values.joined())) }
      chosen.formUnion(found.keys)
    }
    return chosen
  }

  // MARK: Jobs

  /// What one value of a condition accepts, and whether any job had it.
  private struct Alternative {
    let value: LensCondition.Value
    let matcher: TextMatcher
    /// One set for each domain of the condition.
    let numbers: [Set<Int64>]
    var isUsed = false

    init(_ value: LensCondition.Value, _ domains: [LensDomain]) {
      self.value = value
      matcher = TextMatcher(value)
      numbers = domains.map { $0.numbers(of: value) }
    }
  }

  private func chooseJobs() throws {
    var alternatives = domains.map { domains in
      (domains.first?.condition.values ?? []).map { Alternative($0, domains) }
    }
    try writeNumbers(alternatives)
    if isOfRollups { return try chooseByColumns(alternatives) }
    let tagsOfParent = try tagSets()
    let parentIDs = try parentIDs()
    var used = domains.map { $0.map { _ in Set<Int64>() } }
    var parents: Set<Int64> = []
    var parentRows: [(row: Int64, parent: Int64)] = []
    let ran = hasEnvironments ? try jobsOfAttempts() : nil
    try connection.scan(columns, from: "main.job NOT INDEXED") { row in
      let (id, parent) = (row.integer(JobField.id), row.integer(JobField.parent))
      var isChosen = ran?.contains(id) ?? true
      for condition in domains.indices where !domains[condition].isEmpty {
        var fits = false
        for index in alternatives[condition].indices {
          // A job without a text has none in any domain; a job with a text has it in one of them.
          let isNone = alternatives[condition][index].value.isEmpty
          var accepted = isNone
          for (place, domain) in domains[condition].enumerated() {
            let accepts: Bool
            if let number = Self.number(domain.column, row, tagsOfParent) {
              if index == 0 { used[condition][place].insert(number) }
              accepts = alternatives[condition][index].numbers[place].contains(number)
            } else {
              accepts = Self.matches(alternatives[condition][index].matcher, domain.column, row, parentIDs)
            }
            accepted = isNone ? accepted && accepts : accepted || accepts
          }
          if accepted {
            fits = true
            alternatives[condition][index].isUsed = true
          }
        }
        isChosen = isChosen && fits
      }
      let kind = JobKind(rawValue: row.integer(JobField.kind))
      if kind?.runs == false {
        if isChosen, ran == nil { parents.insert(parent) }
        parentRows.append((id, parent))
      } else if isChosen {
        if parent > 0 { parents.insert(parent) }
        chosen.insert(id)
      }
    }
    for (row, parent) in parentRows where parents.contains(parent) { chosen.insert(row) }
    try write(parents, "lens_parent")
    try check(alternatives, used)
    try expectSomething()
  }

  /// The same, using only columns of the table: without looking at texts, in half the time.
  private func chooseByColumns(_ alternatives: [[Alternative]]) throws {
    let source = LensDomain.Column.source
    let columns = domains.map { $0.first?.column.expression ?? "0" }
    let conditions = columns.enumerated().map { condition, column in
      "\(column) IN (SELECT id FROM lens_number WHERE condition = \(condition))"
    }
    let all = conditions.isEmpty ? "" : " WHERE \(conditions.joined(separator: " AND "))"
    var parents: Set<Int64> = []
    enum Field: Int32, SelectedColumn {
      case id, parent
      var sql: String { self == .parent ? "COALESCE(j.parent, 0)" : "j.id" }
    }
    try connection.scan(Field.list, from: source + all) { row in
      chosen.insert(row.integer(Field.id))
      let parent = row.integer(Field.parent)
      if parent > 0 { parents.insert(parent) }
    }
    try write(parents, "lens_parent")
    for (condition, alternatives) in alternatives.enumerated() {
      for alternative in alternatives {
        let numbers = alternative.numbers.joined().sorted().map(String.init).joined(separator: ", ")
        // A place where no job ran may still have had a cost.
        if lens.isOfPlaces, !numbers.isEmpty { continue }
        let isUsed = "SELECT EXISTS (SELECT 1 FROM \(source) WHERE \(columns[condition]) IN (\(numbers)))"
        if try connection.integer(isUsed) == 1 { continue }
        var known: Set<String> = []
        try connection.each("SELECT DISTINCT \(columns[condition]) FROM \(source)") { (number: Int64) in
          known.formUnion(domains[condition].first?.texts[number] ?? [])
        }
        throw LensDomain.error(lens.conditions[condition], alternative.value, known: known)
      }
    }
    try expectSomething()
  }

  private func expectSomething() throws {
    let hosts = lens.isOfPlaces ? try connection.integer("SELECT COUNT(*) FROM lens_resource") : 0
    if hosts == 0, chosen.count == 0, !lens.conditions.isEmpty {
      throw LensError(message: "--where: no job has all of \(lens.words)")
    }
  }

  /// What each condition accepts, for conditions that rollups support.
  private func writeNumbers(_ alternatives: [[Alternative]]) throws {
    let insert = try connection.prepare("INSERT OR IGNORE INTO lens_number VALUES (?, ?)")
    for (condition, alternatives) in alternatives.enumerated() where domains[condition].count == 1 {
      for number in Set(alternatives.flatMap { $0.numbers.joined() }) {
        insert.bind(Int64(condition), number)
        try insert.run()
      }
    }
  }

  private func check(_ alternatives: [[Alternative]], _ used: [[Set<Int64>]]) throws {
    for (condition, alternatives) in alternatives.enumerated() {
      for alternative in alternatives where !alternative.isUsed {
        let found = zip(domains[condition], used[condition])
        // A place where no job ran may still have had a cost.
        if lens.isOfPlaces, alternative.numbers.contains(where: { !$0.isEmpty }) { continue }
        var known = Set(found.flatMap { domain, used in used.flatMap { domain.texts[$0] ?? [] } })
        if let text = domains[condition].first?.column.text {
          known = try similar(to: alternative.value.source, text, keepsAll: text == "name")
        }
        throw LensDomain.error(lens.conditions[condition], alternative.value, known: known)
      }
    }
  }

  /// Texts of jobs that resemble one that no job has; if none does, all of them or none.
  private func similar(to source: String, _ column: String, keepsAll: Bool) throws -> Set<String> {
    let texts = Set(try connection.column("SELECT DISTINCT \(column) FROM main.job LIMIT 5000", of: String.self))
    return keepsAll || !Spelling.hint(source, among: texts.sorted()).isEmpty ? texts : []
  }

  private enum JobField: Int32, SelectedColumn {
    case id, jobQueue, jobDefinition, accountRegion, tagSet, parent, kind, name, jobId
    var isText: Bool { self == .name || self == .jobId }
  }

  /// The columns to read from jobs: only those texts that are matched.
  private var columns: String {
    let read = Set(domains.joined().compactMap(\.column.text))
    return JobField.list { !$0.isText || read.contains($0.sql) ? $0.sql : "NULL" }
  }

  /// The number that identifies a job's value; nil if its texts are matched one by one.
  private static func number(_ column: LensDomain.Column, _ row: ScannedRow, _ tagsOfParent: [Int64: Int64]) -> Int64? {
    switch column {
    case .queue: row.integer(JobField.jobQueue)
    case .definition: row.integer(JobField.jobDefinition)
    case .accountRegion: row.integer(JobField.accountRegion)
    // Array children have their parent's tags.
    case .tagSet:
      row.isNull(JobField.parent) ? row.integer(JobField.tagSet) : tagsOfParent[row.integer(JobField.parent)] ?? 0
    case .identity(let numbers): Int64(numbers[Int(row.integer(JobField.id))])
    case .name, .id: nil
    }
  }

  private static func matches(
    _ matcher: TextMatcher, _ column: LensDomain.Column, _ row: ScannedRow, _ parentIDs: [Int64: [UInt8]]
  ) -> Bool {
    switch column {
    case .name: row.withBytes(JobField.name, matcher.matches)
    case .id:
      row.withBytes(JobField.jobId, matcher.matches)
        || (parentIDs[row.integer(JobField.parent)].map(matcher.matches) ?? false)
    default: false
    }
  }

  private func tagSets() throws -> [Int64: Int64] {
    var tags: [Int64: Int64] = [:]
    try connection.each("SELECT id, tag_set FROM main.job_parent WHERE tag_set IS NOT NULL") {
      (id: Int64, set: Int64) in tags[id] = set
    }
    return tags
  }

  /// Ids of arrays and multi-node jobs; only if jobs are chosen by id.
  private func parentIDs() throws -> [Int64: [UInt8]] {
    guard lens.conditions.contains(where: { $0.subject == .job }) else { return [:] }
    var ids: [Int64: [UInt8]] = [:]
    try connection.each("SELECT id, job_id FROM main.job_parent") { (id: Int64, name: String) in
      ids[id] = Array(name.utf8)
    }
    return ids
  }

  private func jobsOfAttempts() throws -> Set<Int64> {
    Set(try connection.column("SELECT DISTINCT \(AttemptID.job(of: "id")) FROM lens_attempt", of: Int64.self))
  }
}
