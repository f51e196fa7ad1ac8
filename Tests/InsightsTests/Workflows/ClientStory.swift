import Domain
import Insights
import Store
import Testing

/// An account in which workflow clients submit jobs: facts, named and tagged as each client does it.
///
/// Every job has a c5.xlarge at $0.20 an hour to itself, from 08:00 to 23:00 on 2026-10-19 and 2026-10-20.
struct ClientStory {
  var facts: FactBase
  private var hosts = 0
  private var definitions = 10
  private var tagSets = 10
  private var places = [FactBase.onDemandQueue]

  init() throws { try self.init(FactBase()) }

  init(_ facts: FactBase) throws {
    self.facts = facts
    try self.facts.collected(at: "2026-10-21T00:00:00Z")
  }

  /// A queue of another account.
  mutating func queue(ofAccount account: String) throws -> Int {
    let id = places.count + 10
    try facts.execute("INSERT INTO account_region VALUES (\(id), '\(account)', 'eu-west-1')")
    return try queue(in: id)
  }

  /// Another queue, by default of the first account.
  mutating func queue(in accountRegion: Int = 1) throws -> Int {
    let id = places.count + 10
    places.append(id)
    try facts.execute(
      """
      INSERT INTO job_queue (id, arn, name, account_region, environments)
        VALUES (\(id), 'arn:q/\(id)', 'q', \(accountRegion), '["arn:ce/on-demand"]');
      """)
    return id
  }

  /// A job that ran on one day between two times such as `"09:00"`.
  mutating func job(
    _ name: String, _ from: String, _ to: String, _ end: FactBase.Attempt.End = .succeeded, day: Int = 19,
    definition: String = "d", tags: String? = nil, parameters: String? = nil, queue: Int = FactBase.onDemandQueue,
    parent: Int? = nil
  ) throws {
    hosts += 1
    try facts.instance(
      hosts, spot: false, "2026-10-\(day)T08:00:00Z", "2026-10-\(day)T23:00:00Z")
    definitions += 1
    try facts.execute(
      """
      INSERT OR IGNORE INTO job_definition (id, arn, name, revision, account_region)
        VALUES (\(definitions), 'arn:d/\(definition)', '\(definition)', 1, 1)
      """)
    let number = try facts.integer("SELECT id FROM job_definition WHERE name = '\(definition)' ORDER BY id LIMIT 1")
    var tagSet: Int?
    if let tags {
      tagSets += 1
      try facts.execute("INSERT OR IGNORE INTO tag_set VALUES (\(tagSets), '\(tags)')")
      tagSet = Int(try facts.integer("SELECT id FROM tag_set WHERE tags = '\(tags)'"))
    }
    try facts.job(
      queue: queue, definition: Int(number), name: name, parent: parent, tagSet: tagSet, parameters: parameters,
      [.init(on: hosts, "2026-10-\(day)T\(from):00Z", "2026-10-\(day)T\(to):00Z", end)])
  }

  /// A job of a Snakemake rule.
  mutating func snakemake(
    _ rule: String, _ from: String, _ to: String, _ end: FactBase.Attempt.End = .succeeded, day: Int = 19
  ) throws {
    let number = String(hosts + 1)
    let uuid = "9a2ef80f-58ee-4571-b499-" + String(repeating: "0", count: 12 - number.count) + number
    try job("snakejob-\(rule)-\(uuid)", from, to, end, day: day, definition: "snakejob-def-\(rule)-\(uuid)")
  }

  /// Each row as a line, columns separated by spaces.
  func lines(_ sql: String) throws -> [String] {
    try facts.database.read { connection in
      let rows = try connection.prepare(sql)
      var lines: [String] = []
      while try rows.step() {
        lines.append(rows.columnNames.indices.map { rows.text(Int32($0)) }.joined(separator: " "))
      }
      return lines
    }
  }

  /// Each run in order of its beginning: client, workflow, run, and how many steps, jobs, failed jobs and retries.
  func runs() throws -> [String] {
    try facts.build()
    return try lines(
      """
      SELECT client, COALESCE(workflow, '-'), COALESCE(run, '-'), steps, jobs, failed, retries
      FROM workflow_run ORDER BY created_at_ms, id
      """)
  }

  /// Failed jobs by name, what ran them again, and whether that is certain.
  func reruns() throws -> [String] {
    try lines(
      """
      SELECT a.name, b.name, CASE WHEN r.sure = 1 THEN 'sure' ELSE 'likely' END
      FROM client_rerun r JOIN job a ON a.id = r.job JOIN job b ON b.id = r.next ORDER BY a.id
      """
    )
  }

  /// Steps with their numbers of jobs.
  func steps() throws -> [String] {
    try lines(
      """
      SELECT s.name, SUM(u.jobs) FROM unit_cost u JOIN job_step s ON s.id = u.job_step GROUP BY s.id, s.name ORDER BY s.name
      """
    )
  }
}
