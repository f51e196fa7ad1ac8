import Base
import Domain
import Store

extension ChosenJobs {
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

  func chooseJobs() throws {
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
    let places = domains.map { $0.map(\.column) }
    try connection.scan(columns, from: "main.job NOT INDEXED") { row in
      let (id, parent) = (row.integer(JobField.id), row.integer(JobField.parent))
      var isChosen = ran?.contains(id) ?? true
      for condition in places.indices where !places[condition].isEmpty {
        var fits = false
        for index in alternatives[condition].indices {
          // A job without a text has none in any domain; a job with a text has it in one of them.
          let isNone = alternatives[condition][index].value.isEmpty
          var accepted = isNone
          for place in places[condition].indices {
            let accepts: Bool
            if let number = Self.number(places[condition][place], row, tagsOfParent) {
              if index == 0 { used[condition][place].insert(number) }
              accepts = alternatives[condition][index].numbers[place].contains(number)
            } else {
              accepts = Self.matches(
                alternatives[condition][index].matcher, places[condition][place], row, parentIDs)
            }
            accepted = isNone ? accepted && accepts : accepted || accepts
          }
          if accepted {
            fits = true
            if !alternatives[condition][index].isUsed { alternatives[condition][index].isUsed = true }
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

    /// What a domain looks at, beside the parent.
    init?(_ column: LensDomain.Column) {
      switch column {
      case .queue: self = .jobQueue
      case .definition: self = .jobDefinition
      case .accountRegion: self = .accountRegion
      case .tagSet: self = .tagSet
      case .name: self = .name
      case .id: self = .jobId
      case .identity: return nil
      }
    }
  }

  /// The columns to read from jobs: only those that are looked at.
  private var columns: String {
    let read = Set(domains.joined().compactMap { JobField($0.column) } + [.id, .parent, .kind])
    return JobField.list { read.contains($0) ? $0.sql : "NULL" }
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
