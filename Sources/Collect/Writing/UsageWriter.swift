import Store

/// Columns of a task's measurements.
protocol MeasuredColumns: TableColumns {
  static var memoryMib: Self { get }
  static var cpuAverage: Self { get }
  static var cpuMaximum: Self { get }
  static var samples: Self { get }
  static var instanceId: Self { get }
}

/// The columns of `task_usage_sample`: a record of the performance log.
enum TaskUsageSampleColumn: Int32, MeasuredColumns {
  case taskId, atMs, memoryMib, cpuAverage, cpuMaximum, samples, instanceId

  static let table = "task_usage_sample"
}

/// The columns of `task_usage_window`: the answer of a query for its window.
enum TaskUsageWindowColumn: Int32, MeasuredColumns {
  case taskId, windowId, memoryMib, cpuAverage, cpuMaximum, samples, instanceId

  static let table = "task_usage_window"
}

/// Stores a task's measurements (log records and query windows), and combines them into the one row that reports read.
struct UsageWriter {
  private let insertRecord: Statement
  private let insertWindow: Statement
  private let summarize: Statement

  init(_ connection: Connection) throws {
    insertRecord = try connection.prepare(
      """
      \(TaskUsageSampleColumn.insertion)
      ON CONFLICT (task_id, at_ms) DO UPDATE SET
        memory_mib = max(coalesce(memory_mib, excluded.memory_mib), coalesce(excluded.memory_mib, memory_mib)),
        cpu_average = max(coalesce(cpu_average, excluded.cpu_average), coalesce(excluded.cpu_average, cpu_average)),
        cpu_maximum = max(coalesce(cpu_maximum, excluded.cpu_maximum), coalesce(excluded.cpu_maximum, cpu_maximum)),
        samples = max(coalesce(samples, excluded.samples), coalesce(excluded.samples, samples)),
        instance_id = max(coalesce(instance_id, excluded.instance_id), coalesce(excluded.instance_id, instance_id))
      WHERE (memory_mib, cpu_average, cpu_maximum, samples, instance_id)
        IS NOT (excluded.memory_mib, excluded.cpu_average, excluded.cpu_maximum, excluded.samples, excluded.instance_id)
      """)
    // A window that was queried again later has more samples.
    insertWindow = try connection.prepare(
      """
      \(TaskUsageWindowColumn.insertion)
      ON CONFLICT (task_id, window_id) DO UPDATE SET
        memory_mib = excluded.memory_mib, cpu_average = excluded.cpu_average, cpu_maximum = excluded.cpu_maximum,
        samples = excluded.samples, instance_id = excluded.instance_id
      WHERE (ifnull(excluded.samples, 0), ifnull(excluded.memory_mib, 0), ifnull(excluded.cpu_average, 0),
          ifnull(excluded.cpu_maximum, 0), ifnull(excluded.instance_id, ''))
        > (ifnull(task_usage_window.samples, 0), ifnull(task_usage_window.memory_mib, 0),
          ifnull(task_usage_window.cpu_average, 0), ifnull(task_usage_window.cpu_maximum, 0),
          ifnull(task_usage_window.instance_id, ''))
      """)
    // A unit is 1/1024 vCPU; averages are in thousandths of a unit, and windows are weighted by their samples. Single
    // records give a better average than a query, which may have seen only some of them. Window 0 is what versions
    // before 0019 stored for all windows.
    summarize = try connection.prepare(
      """
      WITH record AS (
        SELECT count(*) AS rows, max(memory_mib) AS memory, sum(cpu_average) AS cpu, count(cpu_average) AS weight,
          max(cpu_maximum) AS peak, max(instance_id) AS instance
        FROM task_usage_sample WHERE task_id = ?1
      ),
      part AS (
        SELECT max(memory_mib) AS memory, sum(cpu_average * ifnull(samples, 1)) AS cpu,
          sum(ifnull(samples, 1)) FILTER (WHERE cpu_average IS NOT NULL) AS weight, max(cpu_maximum) AS peak,
          sum(samples) AS samples, max(instance_id) AS instance
        FROM task_usage_window w WHERE task_id = ?1 AND (window_id <> 0 OR NOT EXISTS (
          SELECT 1 FROM task_usage_window o WHERE o.task_id = ?1 AND o.window_id <> 0))
      ),
      whole AS (
        SELECT max(ifnull(r.memory, p.memory), ifnull(p.memory, r.memory)) AS memory,
          iif(r.weight > 0, r.cpu, p.cpu) AS cpu, iif(r.weight > 0, r.weight, p.weight) AS weight,
          max(ifnull(r.peak, p.peak), ifnull(p.peak, r.peak)) AS peak, iif(r.rows > 0, r.rows, p.samples) AS samples,
          max(ifnull(r.instance, p.instance), ifnull(p.instance, r.instance)) AS instance
        FROM record r, part p
      )
      INSERT INTO task_usage (task_id, source, memory_maximum_mib, milli_vcpus_average, milli_vcpus_maximum, samples,
        instance_id)
      SELECT ?1, 'container-insights', memory, (cpu + 512 * weight) / (1024 * weight), (peak + 512) / 1024, samples,
        instance
      FROM whole WHERE true
      ON CONFLICT (task_id, source) DO UPDATE SET
        memory_maximum_mib = excluded.memory_maximum_mib, milli_vcpus_average = excluded.milli_vcpus_average,
        milli_vcpus_maximum = excluded.milli_vcpus_maximum, samples = excluded.samples,
        instance_id = excluded.instance_id
      WHERE (task_usage.memory_maximum_mib, task_usage.milli_vcpus_average, task_usage.milli_vcpus_maximum,
        task_usage.samples, task_usage.instance_id) IS NOT (excluded.memory_maximum_mib, excluded.milli_vcpus_average,
        excluded.milli_vcpus_maximum, excluded.samples, excluded.instance_id)
      """)
  }

  /// A record of the performance log.
  func write(record: UnsafeBufferPointer<Field>, _ rows: PageRows) throws {
    rows.bind(record, to: insertRecord)
    try insertRecord.run()
  }

  /// A query's data about a task, in the window that it covered.
  func write(window: UnsafeBufferPointer<Field>, _ rows: PageRows) throws {
    rows.bind(window, to: insertWindow)
    try insertWindow.run()
  }

  func summarize(_ task: UnsafeBufferPointer<Field>, _ rows: PageRows) throws {
    rows.bind(task, to: summarize)
    try summarize.run()
  }
}
