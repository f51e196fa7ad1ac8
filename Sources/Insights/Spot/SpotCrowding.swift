import Domain
import Store

/// Whether a Spot environment had reached its maximum vCPUs, so that Batch went on to the queue's next environment.
struct SpotCrowding {
  /// An hour counts as full from this share of the maximum, because instances have fixed sizes, and start and stop
  /// within the hour.
  static let fullShare = 0.9

  private var full: Set<[Int64]> = []

  init(_ connection: Connection, _ queues: [Int64: QueueFacts]) throws {
    enum Field: Int32, SelectedColumn {
      case hour, capacityMilliVcpuMs, maximumVcpus
      var sql: String {
        switch self {
        case .capacityMilliVcpuMs: "SUM(h.\(name))"
        case .maximumVcpus: "e.\(name)"
        default: "h.\(name)"
        }
      }
    }
    let rows = try connection.prepare(
      """
      SELECT \(Field.list)
      FROM hourly_use h JOIN compute_environment e ON e.id = h.compute_environment
      WHERE e.id = ? AND e.maximum_vcpus > 0 GROUP BY h.hour, e.maximum_vcpus
      """)
    for environment in Set(queues.values.compactMap(\.spotFirst)).sorted() {
      rows.bind(environment)
      while try rows.step() {
        let vcpus = Double(rows.integer(Field.capacityMilliVcpuMs)) / 1000 / Double(millisecondsPerHour)
        if vcpus >= Self.fullShare * Double(rows.integer(Field.maximumVcpus)) {
          full.insert([environment, rows.integer(Field.hour)])
        }
      }
    }
  }

  func isAtMaximum(_ environment: Int64, at time: Instant) -> Bool {
    full.contains([environment, floorDivide(time.milliseconds, millisecondsPerHour)])
  }
}
