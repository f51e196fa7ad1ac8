import Domain
import Store

/// A job queue's preferences.
struct QueueFacts: Sendable {
  var name: String
  /// `account_region.id`
  var accountRegion: Int32
  /// The Spot environment that it tries first, on EC2; nil if it does not try Spot first.
  var spotFirst: Int64?

  static func read(_ connection: Connection) throws -> [Int64: QueueFacts] {
    var queues: [Int64: QueueFacts] = [:]
    let names = try connection.prepare("SELECT id, name, account_region FROM job_queue")
    while try names.step() {
      queues[names.integer(0)] = QueueFacts(
        name: names.text(1), accountRegion: Int32(truncatingIfNeeded: names.integer(2)))
    }
    let rows = try connection.prepare(
      """
      SELECT q.id, e.id, e.resource_type
      FROM job_queue q, json_each(q.environments) o JOIN compute_environment e ON e.arn = o.value
      ORDER BY q.id, o.key
      """)
    var last: Int64 = 0
    while try rows.step() {
      if rows.integer(0) != last, EnvironmentType(rows.text(2)) == .spot {
        queues[rows.integer(0)]?.spotFirst = rows.integer(1)
      }
      last = rows.integer(0)
    }
    return queues
  }
}
