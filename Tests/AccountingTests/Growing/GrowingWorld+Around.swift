import Domain
import Store

@testable import Accounting

/// What surrounds jobs in the bills of a growing world, and what tells whose it is.
extension GrowingWorld {
  private static var firstDay: Int64 { ReferenceWorld.origin / ReferenceWorld.day }

  /// A log group, a file system, a bucket and what three instances moved, on three days.
  mutating func aroundLines(bill: Int, account: String) -> [String] {
    let named = [(0, "/aws/batch/job", "eu-west-1"), (5, "fs-0e", "eu-west-1"), (4, "genomes", "")]
    let lines = named + (1...3).map { (2, "i-\($0)", "") }
    return (Self.firstDay...Self.firstDay + 2).flatMap { day in
      lines.map { kind, name, region in
        """
        INSERT INTO bill_around VALUES (\(bill), \(kind), '\(name)', '\(account)', '\(region)', \(day), 'bytes',
          \(Int64.random(in: 0...90_000_000, using: &random)), 600000000, 1500)
        """
      }
    }
  }

  /// The names may come after the jobs; how much a task wrote may be told twice, or taken back.
  mutating func tellNames(_ whole: Database) throws {
    steps[step()].append("INSERT INTO job_definition_resource VALUES (1, 0, '/aws/batch/job', '')")
    if chance(70) { steps[step()].append("INSERT INTO job_definition_resource VALUES (1, 5, 'fs-0e', '')") }
    for job in try Self.rows(whole, "job").compactMap({ $0.value("job_id") }) where chance(40) {
      steps[step()].append("INSERT INTO job_bucket VALUES (\(job), 'genomes')")
    }
    let tasks = Set(try Self.rows(whole, "attempt").compactMap { $0.value("task_id") }).subtracting(["NULL"]).sorted()
    for task in tasks where chance(30) {
      let day = Self.firstDay + Int64.random(in: 0...1, using: &random)
      let row = "task_id = \(task) AND log_group = '/aws/batch/job' AND day = \(day)"
      let first = step()
      steps[first].append("INSERT INTO log_stream_day VALUES (\(task), '/aws/batch/job', \(day), 700)")
      guard first + 1 < Self.count, chance(50) else { continue }
      steps[step(from: first + 1)].append(
        (chance(50) ? "UPDATE log_stream_day SET characters = 90" : "DELETE FROM log_stream_day") + " WHERE \(row)")
    }
  }
}
