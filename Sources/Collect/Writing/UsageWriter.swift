import Store

/// Keeps the samples of a task's usage, and makes of all of them the one row that reports read.
struct UsageWriter {
  private let insert: Statement
  private let summarize: Statement

  init(_ connection: Connection) throws {
    insert = try connection.prepare(
      """
      INSERT INTO task_usage_sample (task_id, at_ms, memory_mib, cpu_average, cpu_maximum, samples, instance_id)
      VALUES (?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (task_id, at_ms) DO UPDATE SET
        memory_mib = max(coalesce(memory_mib, excluded.memory_mib), coalesce(excluded.memory_mib, memory_mib)),
        cpu_average = max(coalesce(cpu_average, excluded.cpu_average), coalesce(excluded.cpu_average, cpu_average)),
        cpu_maximum = max(coalesce(cpu_maximum, excluded.cpu_maximum), coalesce(excluded.cpu_maximum, cpu_maximum)),
        samples = max(coalesce(samples, excluded.samples), coalesce(excluded.samples, samples)),
        instance_id = max(coalesce(instance_id, excluded.instance_id), coalesce(excluded.instance_id, instance_id))
      WHERE (memory_mib, cpu_average, cpu_maximum, samples, instance_id)
        IS NOT (excluded.memory_mib, excluded.cpu_average, excluded.cpu_maximum, excluded.samples, excluded.instance_id)
      """)
    // A unit is 1/1024 vCPU; samples are in thousandths of a unit. Single records make a better average than a
    // query's, which may have seen a part of them.
    summarize = try connection.prepare(
      """
      INSERT INTO task_usage (task_id, source, memory_maximum_mib, milli_vcpus_average, milli_vcpus_maximum, samples,
        instance_id)
      SELECT task_id, 'container-insights', max(memory_mib),
        (coalesce(sum(cpu_average) FILTER (WHERE at_ms > 0), max(cpu_average))
          + 512 * coalesce(nullif(count(cpu_average) FILTER (WHERE at_ms > 0), 0), 1))
          / (1024 * coalesce(nullif(count(cpu_average) FILTER (WHERE at_ms > 0), 0), 1)),
        (max(cpu_maximum) + 512) / 1024,
        coalesce(nullif(count(*) FILTER (WHERE at_ms > 0), 0), max(samples)), max(instance_id)
      FROM task_usage_sample WHERE task_id = ? GROUP BY task_id
      ON CONFLICT (task_id, source) DO UPDATE SET
        memory_maximum_mib = excluded.memory_maximum_mib, milli_vcpus_average = excluded.milli_vcpus_average,
        milli_vcpus_maximum = excluded.milli_vcpus_maximum, samples = excluded.samples,
        instance_id = excluded.instance_id
      WHERE (task_usage.memory_maximum_mib, task_usage.milli_vcpus_average, task_usage.milli_vcpus_maximum,
        task_usage.samples, task_usage.instance_id) IS NOT (excluded.memory_maximum_mib, excluded.milli_vcpus_average,
        excluded.milli_vcpus_maximum, excluded.samples, excluded.instance_id)
      """)
  }

  func write(_ sample: UnsafeBufferPointer<Field>, _ rows: PageRows) throws {
    rows.bind(sample, to: insert)
    try insert.run()
  }

  func summarize(_ task: UnsafeBufferPointer<Field>, _ rows: PageRows) throws {
    rows.bind(task, to: summarize)
    try summarize.run()
  }
}
