import Domain
import Store

/// A user's rule for when some jobs make checkpoints, so that lost work is what came after the last one.
package struct CheckpointRule: Equatable, Sendable {
  /// When checkpoints are made.
  package enum Times: Equatable, Sendable {
    /// At this interval, in milliseconds, from the start of an attempt.
    case every(Int64)
    /// At the interval in the value of a tag: `30m`.
    case tag(String)
    /// When objects with this key prefix were last modified; `{job_name}` and `{job_id}` stand for the job's.
    case objects(prefix: String)
  }

  /// A pattern of queue names, as in `NamePattern`; nil: any. The next two are patterns too.
  package var queue: String?
  package var definition: String?
  package var jobName: String?
  package var times: Times

  package init(queue: String? = nil, definition: String? = nil, jobName: String? = nil, times: Times) {
    (self.queue, self.definition, self.jobName, self.times) = (queue, definition, jobName, times)
  }

  /// An interval in milliseconds, such as `90s`, `30m` or `2h`; nil for anything else, and for less than a second.
  package static func interval(_ text: String) -> Int64? {
    let units: [Character: Int64] = ["s": 1000, "m": 60_000, "h": millisecondsPerHour]
    guard let unit = text.last.flatMap({ units[$0] }), let count = Int64(text.dropLast()),
      (1...1_000_000).contains(count)
    else { return nil }
    return count * unit
  }

  /// The key prefix in `s3://bucket/prefix`; nil if it names no bucket, or not the job's name or id.
  package static func prefix(_ url: String) -> String? {
    guard url.hasPrefix("s3://") else { return nil }
    let parts = url.dropFirst(5).split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, !parts[0].isEmpty, parts[1].contains("{job_name}") || parts[1].contains("{job_id}") else {
      return nil
    }
    return String(parts[1])
  }
}

private enum CheckpointRuleColumn: Int32, TableColumns {
  case place, jobQueue, definition, jobName, everyMs, tag, prefix
  static let table = "checkpoint_rule"
}

extension CheckpointRule {
  /// Replaces the table `checkpoint_rule`.
  static func write(_ rules: [CheckpointRule], _ connection: Connection) throws {
    try connection.execute("DELETE FROM checkpoint_rule")
    let rows = try TableWriter<CheckpointRuleColumn>(connection)
    for (index, rule) in rules.enumerated() {
      rows.put(.place, index + 1)
      rows.put(.jobQueue, rule.queue)
      rows.put(.definition, rule.definition)
      rows.put(.jobName, rule.jobName)
      switch rule.times {
      case .every(let interval): rows.put(.everyMs, interval)
      case .tag(let key): rows.put(.tag, key)
      case .objects(let prefix): rows.put(.prefix, prefix)
      }
      try rows.write()
    }
  }

  static func read(_ connection: Connection) throws -> [CheckpointRule] {
    enum Field: Int32, SelectedColumn {
      case jobQueue, definition, jobName, everyMs, tag, prefix
    }
    let rows = try connection.prepare(
      "SELECT \(Field.list) FROM checkpoint_rule ORDER BY place")
    var rules: [CheckpointRule] = []
    while try rows.step() {
      let times: Times? =
        rows.optionalInteger(Field.everyMs).map(Times.every) ?? rows.optionalText(Field.tag).map(Times.tag)
        ?? rows.optionalText(Field.prefix).map { Times.objects(prefix: $0) }
      guard let times else { continue }
      rules.append(
        CheckpointRule(
          queue: rows.optionalText(Field.jobQueue), definition: rows.optionalText(Field.definition),
          jobName: rows.optionalText(Field.jobName), times: times))
    }
    return rules
  }
}
