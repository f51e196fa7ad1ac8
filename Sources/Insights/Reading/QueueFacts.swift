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
    try connection.each("SELECT id, name, account_region FROM job_queue") { (id: Int64, name: String, place: Int64) in
      queues[id] = QueueFacts(name: name, accountRegion: Int32(truncatingIfNeeded: place))
    }
    var last: Int64 = 0
    try connection.each(
      """
      SELECT q.id, e.id, e.resource_type
      FROM job_queue q, json_each(q.environments) o JOIN compute_environment e ON e.arn = o.value
      ORDER BY q.id, o.key
      """
    ) { (queue: Int64, environment: Int64, type: String) in
      if queue != last, EnvironmentType(type) == .spot { queues[queue]?.spotFirst = environment }
      last = queue
    }
    return queues
  }
}
