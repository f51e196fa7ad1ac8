import Domain
import Store

/// The 32 hexadecimal digits of an ECS task id as two integers; other ids are hashed.
package struct TaskKey: Hashable, Sendable {
  var high: UInt64
  var low: UInt64

  package init(_ bytes: UnsafeBufferPointer<UInt8>) {
    var (high, low): (UInt64, UInt64) = (0, 0)
    for (position, byte) in bytes.enumerated() {
      let digit: UInt64
      switch byte {
      case 48...57: digit = UInt64(byte) - 48
      case 97...102: digit = UInt64(byte) - 87
      default: digit = 16
      }
      if digit == 16 || bytes.count != 32 {
        (high, low) = Self.hashed(bytes)
        break
      }
      if position < 16 { high = high << 4 | digit } else { low = low << 4 | digit }
    }
    (self.high, self.low) = (high, low)
  }

  /// FNV-1a, twice with different offsets.
  private static func hashed(_ bytes: UnsafeBufferPointer<UInt8>) -> (UInt64, UInt64) {
    var (high, low): (UInt64, UInt64) = (0xCBF2_9CE4_8422_2325, 0x8422_2325_CBF2_9CE4)
    for byte in bytes {
      high = (high ^ UInt64(byte)) &* 0x100_0000_01B3
      low = (low ^ UInt64(byte)) &* 0x100_0000_01B3
    }
    return (high, low)
  }
}

/// What ECS and Container Insights say about tasks.
struct TaskFacts {
  struct Task {
    var pullStarted: Int64?
    var registration: Int32?
    var isSpot: Bool
    var cluster: Int64
    var zone: String?
    var operatingSystem: String?
  }

  struct Usage {
    /// The average of CPU and the maximum of memory (method page, §7.4).
    var used: Resources
    var instanceID: String?
  }

  private(set) var tasks: [TaskKey: Task] = [:]
  private(set) var usage: [TaskKey: Usage] = [:]

  var isEmpty: Bool { tasks.isEmpty && usage.isEmpty }

  init(_ connection: Connection) throws {
    let rows = try connection.prepare(
      """
      SELECT task_id, pull_started_at_ms, container_instance, capacity_provider, cluster, zone, operating_system
      FROM task ORDER BY task_id, cluster
      """)
    while try rows.step() {
      tasks[rows.withBytes(0, TaskKey.init)] = Task(
        pullStarted: rows.optionalInteger(1),
        registration: rows.optionalInteger(2).map { Int32(truncatingIfNeeded: $0) },
        isSpot: rows.optionalText(3) == "FARGATE_SPOT", cluster: rows.integer(4), zone: rows.optionalText(5),
        operatingSystem: rows.optionalText(6))
    }
    let measured = try connection.prepare(
      """
      SELECT task_id, milli_vcpus_average, memory_maximum_mib, instance_id FROM task_usage
      ORDER BY task_id, source DESC
      """)
    while try measured.step() {
      usage[measured.withBytes(0, TaskKey.init)] = Usage(
        used: Resources(milliVCPUs: measured.integer(1), memoryMiB: measured.integer(2)),
        instanceID: measured.optionalText(3))
    }
  }
}
