import Store

/// What a workflow client writes about a job.
package enum ClientField: String, CaseIterable, Sendable {
  /// One execution of a workflow.
  case run
  /// What is executed: a flow, a pipeline, a DAG.
  case workflow
  /// A part of the workflow, which many jobs of a run do.
  case step
  /// What one job of a step does: two jobs of a run with the same step and task are tries at the same work.
  case task
  /// Which try at the task it is.
  case `try`
  /// Who started the run.
  case user
}

/// The fields that were read of one job.
struct ClientFields: Equatable {
  private var texts = [String?](repeating: nil, count: ClientField.allCases.count)
  /// Whether a label names the run, see `ClientRule.Source.label`.
  private(set) var hasLabel = false

  subscript(field: ClientField) -> String? {
    get { texts[Self.position(field)] }
    set { texts[Self.position(field)] = newValue }
  }

  /// Fills in fields that are still missing.
  ///
  /// - Parameter isLabel: the other fields are those of a label.
  mutating func fill(from other: ClientFields, isLabel: Bool = false) {
    if isLabel, self[.run] == nil { hasLabel = true }
    for index in texts.indices where texts[index] == nil { texts[index] = other.texts[index] }
  }

  private static func position(_ field: ClientField) -> Int {
    switch field {
    case .run: 0
    case .workflow: 1
    case .step: 2
    case .task: 3
    case .try: 4
    case .user: 5
    }
  }
}

/// How jobs of one workflow client are recognised, and where the client writes what. The first rule whose required
/// fields are all present matches the job. Rules are rows of the table `workflow_client`.
package struct ClientRule: Equatable, Sendable {
  /// Where to read a value.
  package enum Source: Equatable, Sendable {
    /// The value of a tag; for an array child its parent's.
    case tag(String)
    /// The value of a tag that people set, or a configuration that they wrote once: it names a run, unless it comes back.
    case label(String)
    /// The value of a parameter of the job.
    case parameter(String)
    /// All parameters together.
    case parameters
    /// Fields of the job's name.
    case name(NamePattern)
    /// The job's name without its varying parts, see `VaryingParts`.
    case nameWithoutVarying
    /// Fields of the job definition's name.
    case definition(NamePattern)
    /// The same for a definition that only this job uses, and that has the job's name.
    case ownDefinition(NamePattern)
    /// Reads nothing: the client resubmits failed work as another job without naming the task; with the same name if
    /// `byName` says so, else in the same step.
    case resubmits(byName: Bool)
    /// The job's own id, if a tag of another job has it as its value.
    case starter(tag: String)
    /// Fields of the name of the job whose id a tag has as its value.
    case starterName(tag: String, NamePattern)
    /// Reads nothing: every job is submitted by itself, and no client waits for it to submit the next of its step.
    case submittedAlone
  }

  /// One value to read, and what it means.
  package struct Reading: Equatable, Sendable {
    package var source: Source
    /// The meaning of the source's text; nil for patterns, whose fields have their own meaning, and for readings that
    /// are only required.
    package var field: ClientField?
    /// Without this value the rule does not match.
    package var isNeeded: Bool

    package init(_ source: Source, gives field: ClientField? = nil, isNeeded: Bool = false) {
      (self.source, self.field, self.isNeeded) = (source, field, isNeeded)
    }
  }

  /// As in `workflow_client.client`: `nextflow`.
  package var client: String
  /// In order: of two that give the same field, the first that is present counts.
  package var readings: [Reading]

  package init(client: String, _ readings: [Reading]) { (self.client, self.readings) = (client, readings) }
}

extension ClientRule.Source {
  /// - Parameters:
  ///   - reads: a word of the column `workflow_client.reads`.
  ///   - what: the tag, the parameter or the pattern.
  /// - Returns: nil if the word is unknown or the pattern is invalid.
  package init?(reads: String, what: String) {
    switch reads {
    case "tag": self = .tag(what)
    case "label": self = .label(what)
    case "submitted-alone": self = .submittedAlone
    case "parameter": self = .parameter(what)
    case "parameters": self = .parameters
    case "resubmits":
      guard what.isEmpty || what == "name" else { return nil }
      self = .resubmits(byName: what == "name")
    case "starter": self = .starter(tag: what)
    case "starter-name":
      let parts = what.split(separator: "=", maxSplits: 1)
      guard parts.count == 2, let pattern = NamePattern(String(parts[1])) else { return nil }
      self = .starterName(tag: String(parts[0]), pattern)
    case "name-without-varying": self = .nameWithoutVarying
    case "name", "definition", "own-definition":
      guard let pattern = NamePattern(what) else { return nil }
      self = reads == "name" ? .name(pattern) : reads == "definition" ? .definition(pattern) : .ownDefinition(pattern)
    default: return nil
    }
  }

  /// The pattern of a name; nil for sources that are read as a whole.
  package var pattern: NamePattern? {
    switch self {
    case .name(let pattern), .definition(let pattern), .ownDefinition(let pattern), .starterName(_, let pattern):
      pattern
    case .tag, .label, .parameter, .parameters, .nameWithoutVarying, .resubmits, .starter, .submittedAlone: nil
    }
  }

  /// All words of `workflow_client.reads`.
  package static let words = [
    "tag", "label", "parameter", "parameters", "name", "name-without-varying", "definition", "own-definition",
    "starter", "starter-name", "resubmits", "submitted-alone",
  ]
}

extension ClientRule {
  /// The rules of the table `workflow_client`, in their order.
  /// - Throws: `StoreError` if a row is invalid.
  static func read(_ connection: Connection) throws -> [ClientRule] {
    var rules: [ClientRule] = []
    var last: Int64?
    enum Field: Int32, SelectedColumn {
      case rule, client, reads, what, gives, needed
    }
    let rows = try connection.prepare(
      "SELECT \(Field.list) FROM workflow_client ORDER BY rule, place")
    while try rows.step() {
      let (reads, what, gives) = (rows.text(Field.reads), rows.text(Field.what), rows.text(Field.gives))
      guard let source = Source(reads: reads, what: what), gives.isEmpty || ClientField(rawValue: gives) != nil else {
        throw StoreError(.query, "rule \(rows.integer(Field.rule)) of workflow_client: cannot read \(reads) '\(what)'")
      }
      if rows.integer(Field.rule) != last { rules.append(ClientRule(client: rows.text(Field.client), [])) }
      last = rows.integer(Field.rule)
      rules[rules.count - 1].readings.append(
        Reading(source, gives: ClientField(rawValue: gives), isNeeded: rows.integer(Field.needed) == 1))
    }
    return rules
  }
}
