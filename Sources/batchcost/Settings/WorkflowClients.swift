import Configuration
import Insights

extension WorkflowClient {
  /// One entry of `workflow_clients` in batchcost.yaml: a name, and what to read from its jobs.
  ///
  /// ```yaml
  /// workflow_clients:
  ///   - name: ours
  ///     reads:
  ///       - {definition: "ours-{:any}", needed: true}
  ///       - {parameter: flow_run, gives: run}
  ///       - {job_name: "{step}-{:uuid}"}
  /// ```
  ///
  /// - Throws: `SettingError` for invalid settings.
  init(_ reader: SettingsReader) throws {
    try reader.allow(["name", "reads"])
    let name = try reader.requiredString("name")
    guard !name.isEmpty else { throw reader.error("name", "is empty") }
    let readings = try reader.readers("reads").map(Reading.init)
    guard readings.contains(where: \.isNeeded) else {
      throw reader.error("\"reads\" must have an entry with `needed: true`, to tell its jobs from others")
    }
    guard readings.contains(where: { !$0.fields.isEmpty }) else {
      throw reader.error("\"reads\" gives nothing: neither \(Self.fieldNames)")
    }
    self.init(name, readings)
  }

  fileprivate static let fields = ClientField.allCases.map(\.rawValue)
  private static var fieldNames: String { fields.dropLast().joined(separator: ", ") + " nor \(fields.last ?? "")" }
}

extension WorkflowClient.Reading {
  /// What an entry reads, by its key, and the word for it in the table `workflow_client`.
  private static let sources = [
    "tag": "tag", "parameter": "parameter", "job_name": "name", "definition": "definition",
    "own_definition": "own-definition", "started_by_tag": "starter",
  ]

  init(_ reader: SettingsReader) throws {
    let keys = Self.sources.keys.sorted()
    try reader.allow(keys + ["gives", "needed"])
    let found = keys.filter { reader.has($0) }
    guard found.count == 1, let key = found.first, let reads = Self.sources[key] else {
      throw reader.error("must have one of \(keys.joined(separator: ", "))")
    }
    let what = try reader.requiredString(key)
    guard !what.isEmpty else { throw reader.error(key, "is empty") }
    guard let source = ClientRule.Source(reads: reads, what: what) else {
      throw reader.error(
        key,
        "is \"\(what)\", and must be a pattern such as {user}-{step}-{task:number}: fields "
          + "\(WorkflowClient.fields.joined(separator: ", ")), kinds \(NamePattern.kinds.joined(separator: ", "))")
    }
    let gives = try reader.word("gives", of: WorkflowClient.fields, as: ClientField.init(rawValue:))
    if gives != nil, source.pattern != nil {
      throw reader.error("gives", "is only for tags and parameters: the fields of a pattern say what it gives")
    }
    self.init(reads: reads, what: what, gives: gives, isNeeded: try reader.bool("needed") ?? false)
  }
}
