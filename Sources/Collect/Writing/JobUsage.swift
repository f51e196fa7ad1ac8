import Store

extension Connection {
  /// Gives usage that is known by Batch job to the job's last attempt, whichever was collected first.
  func resolveJobUsage() throws {
    if try integer("SELECT EXISTS (SELECT 1 FROM job_usage)") == 0 { return }
    try execute("DELETE FROM task_usage WHERE source = 'nextflow'")
    try execute(
      """
      INSERT INTO task_usage (task_id, source, memory_maximum_mib, milli_vcpus_average)
      SELECT a.task_id, u.source, MAX(u.memory_maximum_mib), MAX(u.milli_vcpus_average)
      FROM job_usage u
      JOIN job j ON j.job_id = u.job_id
      JOIN attempt a ON a.id = (
        SELECT MAX(t.id) FROM attempt t WHERE t.id >= j.id << 10 AND t.id < (j.id + 1) << 10 AND t.task_id IS NOT NULL
      )
      GROUP BY a.task_id, u.source
      """)
  }
}
