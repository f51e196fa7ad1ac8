import Accounting
import Store

/// Pseudonyms for people, jobs, tags and accounts, always the same for the same name and key.
///
/// Numbers stay unchanged: names are replaced in the tables that hold them, and everything else is read or computed as
/// usual.
package struct Pseudonyms: Sendable {
  /// A digest of a text under the user's key, of at least ten bytes.
  package typealias Digest = @Sendable (String) -> [UInt8]

  private let digest: Digest

  /// - Parameter digest: with another key, all pseudonyms are others.
  package init(_ digest: @escaping Digest) { self.digest = digest }

  /// The kind of a name: its pseudonym begins with it. The same text has the same rest for every kind.
  enum Kind: String, CaseIterable, Sendable {
    case account, queue, environment, definition, step, workflow, run, user, job, share, commitment, file, name, pattern
    case tag = "key"
    case tagValue = "value"
    /// Ids that AWS generates: the pseudonym has the same form.
    case jobID = "job-id"
    case resource
  }

  private static let letters = Array("abcdefghijkmnpqrstuvwxyz23456789".utf8)

  /// `queue-k7x2m9qa`; empty text stays empty, and tags that AWS sets stay unchanged.
  func name(_ kind: Kind, _ text: String) -> String {
    if text.isEmpty || kind == .tag && text.hasPrefix("aws:") { return text }
    switch kind {
    case .jobID:
      // A child keeps its index.
      let parent = text.prefix { $0 != ":" && $0 != "#" }
      return Self.uuid(digest(String(parent))) + text.dropFirst(parent.count)
    case .resource:
      let prefix = text.hasPrefix("i-") ? "i-" : text.hasPrefix("vol-") ? "vol-" : nil
      let bytes = digest(text)
      return prefix.map { $0 + Self.hex(bytes).prefix(17) } ?? Self.uuid(bytes)
    default:
      let word = digest(text).prefix(5).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
      let rest = (0..<8).map { Self.letters[Int(word >> (5 * (7 - $0)) & 31)] }
      return "\(kind.rawValue)-\(String(decoding: rest, as: UTF8.self))"
    }
  }

  /// What a tag's key is shown as.
  package func tag(_ key: String) -> String { name(.tag, key) }

  private static func hex(_ bytes: [UInt8]) -> String {
    bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
  }

  private static func uuid(_ bytes: [UInt8]) -> String {
    let hex = Array(hex(bytes))
    return [0..<8, 8..<12, 12..<16, 16..<20, 20..<32].map { String(hex[$0]) }.joined(separator: "-")
  }
}

extension Pseudonyms {
  /// Columns that hold names, by table, and what is read instead.
  private static let columns: [String: [String: String]] = [
    "account_region": ["account": of(.account, "account")],
    "compute_environment": [
      "arn": of(.name, "arn"), "name": of(.environment, "name"), "uuid": "NULL",
      "cluster_arn": of(.name, "cluster_arn"),
      "tags": "NULL",
    ],
    "job_queue": [
      "arn": of(.name, "arn"), "name": of(.queue, "name"), "tags": "NULL",
      "environments": "(SELECT json_group_array(\(of(.name, "e.value"))) FROM json_each(environments) e)",
    ],
    "job_definition": ["arn": of(.name, "arn"), "name": of(.definition, "name"), "tags": tags],
    "tag_set": ["tags": tags], "tag": ["name": of(.tag, "name"), "value": of(.tagValue, "value")],
    "tag_role": ["tag": of(.tag, "tag")], "job_parent": ["job_id": of(.jobID, "job_id")],
    "job": [
      "job_id": of(.jobID, "job_id"), "name": of(.job, "name"), "image": "NULL",
      "status_reason": "CASE WHEN status <> 'SUCCEEDED' THEN \(outcome(of: "status_reason")) END",
      "share_identifier": of(.share, "share_identifier"), "parameters": "NULL",
    ],
    "attempt": [
      "task_id": of(.resource, "task_id"), "instance_id": of(.resource, "instance_id"),
      "status_reason": outcome(of: "status_reason"),
      "container_reason": outcome(of: "container_reason"),
    ],
    "cluster": ["name": of(.name, "name")], "resource": ["name": of(.resource, "name")],
    "container_instance": ["name": of(.resource, "name"), "instance_id": of(.resource, "instance_id")],
    "task": task, "task_usage": task, "task_gpu": task,
    "instance_description": [
      "instance_id": of(.resource, "instance_id"), "auto_scaling_group": "NULL", "spot_request_id": "NULL",
      "tags": "NULL",
    ],
    "spot_request_event": ["spot_request_id": of(.resource, "spot_request_id")],
    "ledger_finding": ["subject": of(.resource, "subject"), "message": leftOut],
    "collection_finding": ["subject": of(.file, "subject"), "place": "''", "message": leftOut],
    "job_step": [
      "workflow": of(.workflow, "workflow"), "job_definition": of(.definition, "job_definition"),
      "name": "CASE WHEN name = job_definition THEN \(of(.definition, "name")) ELSE \(of(.step, "name")) END",
    ],
    "workflow_run": [
      "workflow": of(.workflow, "workflow"), "run": of(.run, "run"), "user": of(.user, "user"),
      "name": of(.run, "name"),
    ],
    "run_series": ["name": of(.run, "name")],
    "budget": [
      "name": """
      CASE kind WHEN 'job-queue' THEN \(of(.queue, "name")) WHEN 'tag' THEN
        \(of(.tag, "SUBSTR(name, 1, INSTR(name, '=') - 1)")) || '=' || \(of(.tagValue, "SUBSTR(name, INSTR(name, '=') + 1)"))
      ELSE name END
      """
    ],
    "bill": ["payer": of(.account, "payer")], "bill_coverage": ["account": of(.account, "account")],
    "bill_around": ["name": of(.resource, "name"), "account": of(.account, "account")],
    "around_line": ["name": of(.resource, "name"), "account": of(.account, "account")],
    "around_rest": ["name": of(.resource, "name"), "account": of(.account, "account")],
    "job_bucket": ["name": of(.resource, "name")], "job_definition_resource": ["name": of(.resource, "name")],
    "log_stream_day": ["task_id": of(.resource, "task_id"), "log_group": of(.resource, "log_group")],
    "bill_line": [
      "resource": of(.resource, "resource"), "account": of(.account, "account"),
      "commitment": of(.commitment, "commitment"),
    ],
    "bill_task": ["task_id": of(.resource, "task_id"), "instance_id": of(.resource, "instance_id")],
    "bill_difference": ["name": compared], "reconciliation": ["name": compared],
  ]

  /// The name of a resource, or of what is compared as a whole, such as EBS volumes.
  private static let compared = """
    CASE WHEN EXISTS (SELECT 1 FROM main.resource r WHERE r.name = source.name) THEN \(of(.resource, "source.name"))
    ELSE source.name END
    """

  /// Tables that are looked up by name, and their columns: a view would replace all names for each lookup.
  private static let indexes: [String: [String]] = [
    "job": ["id", "job_id"], "resource": ["id", "kind, name"], "instance_description": ["instance_id"],
    "task": ["task_id"], "task_gpu": ["task_id"], "log_stream_day": ["task_id"], "bill_task": ["task_id"],
  ]

  private static let task = ["task_id": of(.resource, "task_id")]
  private static let tags = """
    (SELECT json_group_object(\(of(.tag, "e.key")), \(of(.tagValue, "e.value"))) FROM json_each(tags) e)
    """
  private static let leftOut = "'left out, as it may hold names'"

  private static func of(_ kind: Kind, _ expression: String) -> String {
    "pseudonym('\(kind.rawValue)', \(expression))"
  }

  /// A reason may hold names, but insights read the outcome from it.
  private static func outcome(of column: String) -> String { "outcome_words('\(column)', \(column))" }

  /// Makers that replace names in the tables of other makers, or in the file's tables.
  ///
  /// - Parameters:
  ///   - makers: by name, as for `StandIns`.
  ///   - columns: the columns of each table of the file, in order.
  func covering(_ makers: [String: StandIns.Maker], columns: [String: [String]]) -> [String: StandIns.Maker] {
    var covered = makers
    for (table, replaced) in Self.columns {
      guard let names = columns[table] else { continue }
      let list = names.map { name in replaced[name].map { "\($0) AS \(name)" } ?? "source.\(name)" }.joined(
        separator: ", ")
      let make = makers[table]
      covered[table] = { connection in
        var source = "main.\(table)"
        if let make {
          try make(connection)
          source = "temp.named_\(table)"
          try connection.renameStandIn(table, to: "named_\(table)")
        }
        let select = "SELECT \(list) FROM \(source) AS source"
        guard let indexes = Self.indexes[table] else {
          return try connection.execute("CREATE TEMP VIEW \(table) AS \(select)")
        }
        try connection.execute("CREATE TEMP TABLE \(table) AS \(select)")
        for (number, columns) in indexes.enumerated() {
          try connection.execute("CREATE INDEX temp.named_\(table)_\(number) ON \(table) (\(columns))")
        }
      }
    }
    return covered
  }

  /// Registers the functions `pseudonym(kind, text)` and `outcome_words(column, reason)` with the connection.
  func register(_ connection: Connection) {
    connection.addTextFunction("outcome_words") { column, reason in
      column == "container_reason" ? Outcome.words(ofContainer: reason) : Outcome.words(ofStatus: reason)
    }
    connection.addTextFunction("pseudonym") { kind, text in Kind(rawValue: kind).map { name($0, text) } ?? "" }
  }
}

extension LensCondition.Subject {
  /// The kind of pseudonym for its values; nil if it names nobody.
  var kind: Pseudonyms.Kind? {
    switch self {
    case .queue: .queue
    case .definition: .definition
    case .name: .job
    case .job: .jobID
    case .account: .account
    case .environment: .environment
    case .run: .run
    case .workflow: .workflow
    case .step: .step
    case .user: .user
    case .tag: .tagValue
    case .region, .currency, .client: nil
    }
  }

  func word(_ pseudonyms: Pseudonyms) -> String {
    if case .tag(let name) = self { return "tag:\(pseudonyms.name(.tag, name))" }
    return Self.words.first { $0.value == self }?.key ?? ""
  }
}
