import Store
import TestSupport

/// GPU measurements for a random world, and bucket objects for the checkpoints of its jobs.
struct MeasuredGPUs {
  private struct Holder {
    /// In milliseconds.
    var started, stopped: Int64
    var task: String?
    var instance: String
    /// How many the instance has.
    var gpus: Int64
    /// How many the attempt holds.
    var held: Int64
  }

  /// Half of the worlds name the GPUs of each task by UUID.
  static func write(_ random: inout SeededGenerator, into connection: Connection) throws {
    let isNamed = Bool.random(using: &random)
    for holder in try holders(connection) where Int.random(in: 0..<100, using: &random) < 80 {
      func name(_ gpu: Int64) -> String { isNamed ? "GPU-\(holder.instance)-\(gpu)" : String(gpu) }
      let first = holder.started / 60_000 - 1
      let count = min(holder.stopped / 60_000 - first + 1, 12)
      for minute in first..<first + count where Int.random(in: 0..<100, using: &random) < 80 {
        for gpu in 0..<holder.gpus {
          let duty = [0, 200, 600, 10_000].randomElement(using: &random) ?? 0
          try connection.execute(
            """
            INSERT OR IGNORE INTO gpu_usage
            VALUES ('\(holder.instance)', '\(name(gpu))', \(minute * 60_000), \(duty), \(duty + 7), 16384, 1, 1)
            """)
        }
      }
      guard isNamed, let task = holder.task else { continue }
      let offset = Int64.random(in: 0..<holder.gpus, using: &random)
      for gpu in 0..<min(holder.held, holder.gpus) {
        try connection.execute(
          "INSERT OR IGNORE INTO task_gpu VALUES ('\(task)', '\(name((gpu + offset) % holder.gpus))')")
      }
    }
  }

  /// Half of the attempts have a checkpoint.
  static func writeCheckpoints(_ random: inout SeededGenerator, into connection: Connection) throws {
    let attempts = try connection.prepare(
      "SELECT job, started_at_ms, stopped_at_ms FROM attempt WHERE stopped_at_ms > started_at_ms ORDER BY id")
    while try attempts.step() {
      guard Bool.random(using: &random) else { continue }
      let time = Int64.random(in: attempts.integer(1)...attempts.integer(2), using: &random)
      try connection.execute(
        "INSERT INTO listed_object VALUES ('checkpoints/job-\(attempts.integer(0))/\(time)', \(time))")
    }
  }

  private static func holders(_ connection: Connection) throws -> [Holder] {
    let rows = try connection.prepare(
      """
      SELECT a.started_at_ms, a.stopped_at_ms, a.task_id, r.instance_id, t.gpus, a.gpus FROM attempt a
      JOIN container_instance r ON r.id = a.container_instance JOIN instance_type t ON t.name = r.instance_type
      WHERE a.gpus > 0 AND t.gpus > 0 AND a.stopped_at_ms > a.started_at_ms ORDER BY a.id
      """)
    var holders: [Holder] = []
    while try rows.step() {
      holders.append(
        Holder(
          started: rows.integer(0), stopped: rows.integer(1), task: rows.optionalText(2),
          instance: rows.text(3), gpus: rows.integer(4), held: rows.integer(5)))
    }
    return holders
  }
}
