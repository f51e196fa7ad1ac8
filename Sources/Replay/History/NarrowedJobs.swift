import Domain
import Store

/// The jobs that answers are narrowed to. All jobs are replayed, because they share hosts; the part of the cost that
/// belongs to these is shown beside the rest: attempts and startup, without unused cost.
package struct NarrowedJobs: Sendable {
  /// `job.id`
  let jobs: Set<Int64>
  private let costs: [Row]

  /// The actual cost of their attempts in an environment on a day.
  private struct Row: Sendable {
    var environment: Int64
    var day: Day
    /// Nanodollars.
    var cost: Int64
  }

  /// - Parameter connection: of a database that a lens narrows to these jobs.
  package init(_ connection: Connection) throws {
    jobs = Set(try connection.column("SELECT id FROM job", of: Int64.self))
    var costs: [Row] = []
    enum Field: Int32, SelectedColumn {
      case computeEnvironment, day, cost
      var sql: String {
        switch self {
        case .computeEnvironment: "r.\(name)"
        case .cost: "SUM(COALESCE(p.\(name), 0))"
        default: "p.\(name)"
        }
      }
    }
    let rows = try connection.prepare(
      """
      SELECT \(Field.list)
      FROM posting p JOIN resource r ON r.id = p.resource
      WHERE p.attempt IS NOT NULL AND r.kind IN ('instance', 'fargate-task') AND r.compute_environment IS NOT NULL
      GROUP BY 1, 2
      """)
    while try rows.step() {
      costs.append(
        Row(
          environment: rows.integer(Field.computeEnvironment), day: Day(number: Int32(rows.integer(Field.day))),
          cost: rows.integer(Field.cost)))
    }
    self.costs = costs
  }

  init(jobs: Set<Int64>) { (self.jobs, costs) = (jobs, []) }

  /// Their actual cost in environments that are replayed, in nanodollars.
  func cost(in environments: [Environment], on days: Range<Day>) -> Int64 {
    let modelled = Set(environments.map(\.id))
    return costs.reduce(0) { $0 + (modelled.contains($1.environment) && days.contains($1.day) ? $1.cost : 0) }
  }
}
