import Domain
import Store

extension Connection {
  /// Assigns usage that is known by Batch job to the job's last attempt, in whatever order they were collected.
  func resolveJobUsage() throws {
    if try integer("SELECT EXISTS (SELECT 1 FROM job_usage)") == 0 { return }
    // Writes only differences: unchanged rows change no fact.
    try bookkeeping {
      try execute(
        """
        CREATE TEMP TABLE IF NOT EXISTS resolved_usage (
          task_id TEXT PRIMARY KEY, memory_maximum_mib INTEGER, milli_vcpus_average INTEGER) STRICT, WITHOUT ROWID;
        DELETE FROM resolved_usage;
        INSERT INTO resolved_usage
        SELECT a.task_id, MAX(u.memory_maximum_mib), MAX(u.milli_vcpus_average)
        FROM job_usage u
        JOIN job j ON j.job_id = u.job_id
        JOIN attempt a ON a.id = (
          SELECT MAX(t.id) FROM attempt t WHERE \(AttemptID.isOf("t.id", job: "j.id")) AND t.task_id IS NOT NULL
        )
        WHERE u.source = 'nextflow'
        GROUP BY a.task_id
        """)
    }
    try execute(
      """
      DELETE FROM task_usage WHERE source = 'nextflow' AND task_id NOT IN (SELECT task_id FROM resolved_usage);
      INSERT INTO task_usage (task_id, source, memory_maximum_mib, milli_vcpus_average)
      SELECT task_id, 'nextflow', memory_maximum_mib, milli_vcpus_average FROM resolved_usage WHERE true
      ON CONFLICT (task_id, source) DO UPDATE SET
        memory_maximum_mib = excluded.memory_maximum_mib, milli_vcpus_average = excluded.milli_vcpus_average
      WHERE (task_usage.memory_maximum_mib, task_usage.milli_vcpus_average)
        IS NOT (excluded.memory_maximum_mib, excluded.milli_vcpus_average)
      """)
  }
}
