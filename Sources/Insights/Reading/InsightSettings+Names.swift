import Base
import Store

extension InsightSettings {
  /// What the settings name but nothing collected has, most likely because it is misspelt: a sentence for each.
  ///
  /// Before the first job, nothing is said.
  /// - Throws: `StoreError` if the database cannot be read.
  package func unknownNames(_ connection: Connection) throws -> [String] {
    guard try connection.integer("SELECT EXISTS (SELECT 1 FROM job)") == 1 else { return [] }
    return try budgets.compactMap { try connection.unknownName(in: $0)?.message } + unknownTags(connection)
      + unknownCheckpoints(connection)
  }

  /// Roles of which no job has a tag. A role with several keys needs only one of them.
  private func unknownTags(_ connection: Connection) throws -> [String] {
    guard !tags.keys.isEmpty else { return [] }
    let known = try connection.names(in: "tag")
    return TagRoles.Role.allCases.compactMap { role in
      guard let keys = tags.keys[role], let first = keys.first, !keys.contains(where: known.contains) else {
        return nil
      }
      let names = keys.map { "\"\($0.shownInLine)\"" }.joined(separator: " or ")
      return "tags: \(role.rawValue): no job has a tag \(names)" + Spelling.alternatives(to: first, among: known)
    }
  }

  /// Rules for queues or job definitions that do not exist.
  private func unknownCheckpoints(_ connection: Connection) throws -> [String] {
    guard !checkpoints.isEmpty else { return [] }
    let queues = try connection.names(in: "job_queue")
    let definitions = try connection.names(in: "job_definition")
    func unknown(_ pattern: String?, _ what: String, _ known: [String]) -> String? {
      guard let pattern, let rule = NamePattern(pattern), !known.contains(where: rule.holds) else { return nil }
      return "checkpoints: no \(what) \"\(pattern.shownInLine)\"" + Spelling.alternatives(to: pattern, among: known)
    }
    return checkpoints.flatMap { rule in
      [unknown(rule.queue, "queue", queues), unknown(rule.definition, "job definition", definitions)]
        .compactMap { $0 }
    }
  }
}

extension Connection {
  /// The different values of a table's column `name`, in order.
  fileprivate func names(in table: String) throws -> [String] {
    try column("SELECT DISTINCT name FROM \(table) ORDER BY name", of: String.self)
  }
}

extension NamePattern {
  fileprivate func holds(_ name: String) -> Bool {
    var name = name
    return name.withUTF8 { match($0) != nil }
  }
}
