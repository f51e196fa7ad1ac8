import Domain
import Store

/// Finds the last checkpoint before an attempt ended, by the user's rules.
struct LastCheckpoint {
  private struct Rule {
    let queue, definition, jobName: NamePattern?
    let times: CheckpointRule.Times

    init(_ rule: CheckpointRule) {
      (queue, definition, jobName) = (
        rule.queue.flatMap(NamePattern.init), rule.definition.flatMap(NamePattern.init),
        rule.jobName.flatMap(NamePattern.init)
      )
      times = rule.times
    }

    func holds(_ job: Job) -> Bool {
      queue?.matches(job.queue) ?? true && definition?.matches(job.definition) ?? true
        && jobName?.matches(job.name) ?? true
    }
  }

  private struct Job {
    var id, name, queue, definition: String
    /// The number of its tag set, or of its parent's.
    var tags: Int64?
  }

  private let rules: [Rule]
  private let jobs: Statement
  private let tags: Statement
  private let objects: Statement

  init(_ connection: Connection) throws {
    rules = try CheckpointRule.read(connection).map(Rule.init)
    jobs = try connection.prepare(
      """
      SELECT j.job_id, j.name, q.name, d.name, COALESCE(p.tag_set, j.tag_set) FROM job j
      JOIN job_queue q ON q.id = j.job_queue JOIN job_definition d ON d.id = j.job_definition
      LEFT JOIN job_parent p ON p.id = j.parent WHERE j.id = ?
      """)
    tags = try connection.prepare("SELECT value FROM tag WHERE tag_set = ? AND name = ?")
    objects = try connection.prepare(
      """
      SELECT MAX(modified_at_ms) FROM listed_object
      WHERE key >= ?1 AND key < ?1 || char(1114111) AND modified_at_ms > ?2 AND modified_at_ms <= ?3
      """)
  }

  /// When the last checkpoint of an attempt was made; nil if there is none, or no rule covers its job.
  ///
  /// - Parameter span: the attempt's running time, in milliseconds.
  func time(ofJob job: Int64, _ span: Range<Int64>) throws -> Int64? {
    if rules.isEmpty { return nil }
    jobs.bind(job)
    guard let job = try jobs.first(Job.init), let rule = rules.first(where: { $0.holds(job) }) else { return nil }
    switch rule.times {
    case .every(let interval): return Self.last(every: interval, in: span)
    case .tag(let key): return try interval(of: job, key).flatMap { Self.last(every: $0, in: span) }
    case .objects(let prefix): return try lastObject(prefix, of: job, in: span)
    }
  }

  private static func last(every interval: Int64, in span: Range<Int64>) -> Int64? {
    let count = (span.upperBound - span.lowerBound) / interval
    return count > 0 ? span.lowerBound + count * interval : nil
  }

  private func interval(of job: Job, _ key: String) throws -> Int64? {
    guard let set = job.tags else { return nil }
    tags.bind(set, key)
    return try tags.first(String.self).flatMap(CheckpointRule.interval)
  }

  private func lastObject(_ prefix: String, of job: Job, in span: Range<Int64>) throws -> Int64? {
    objects.bind(
      prefix.replacing("{job_name}", with: job.name).replacing("{job_id}", with: job.id), span.lowerBound,
      span.upperBound)
    return try objects.first(Int64?.self) ?? nil
  }
}

extension NamePattern {
  func matches(_ name: String) -> Bool {
    var name = name
    return name.withUTF8 { match($0) != nil }
  }
}
