import Domain
import Store

extension Insight {
  /// What the wait of a job was for: other jobs, capacity, its start. The parts add up to the time from its creation to
  /// its first start.
  static let waitParts = Insight("parts of waits", tables: ["wait_part"]) { _, connection in
    try connection.execute(
      """
      INSERT INTO wait_part
      WITH ready AS (
        SELECT d.job_id AS job_id, MAX(b.stopped_at_ms) AS at_ms
        FROM job_dependency d CROSS JOIN job b ON b.job_id = d.depends_on GROUP BY d.job_id
      ),
      began AS (
        SELECT MIN(a.id) AS id, a.job AS job, a.job_queue AS queue, a.started_at_ms AS started, a.task_id AS task
        FROM attempt a NOT INDEXED WHERE a.started_at_ms IS NOT NULL GROUP BY a.job
      ),
      wait AS (
        SELECT b.queue AS queue, b.started AS started, j.created_at_ms AS created,
          MAX(j.created_at_ms, MIN(b.started, COALESCE(s.scheduled_at_ms,
            (SELECT MIN(t.pull_started_at_ms) FROM task t WHERE t.task_id = b.task), b.started))) AS placed,
          COALESCE(r.at_ms, j.created_at_ms) AS ready
        FROM began b CROSS JOIN job j ON j.id = b.job
        LEFT JOIN service_job s ON s.job_id = j.job_id
        LEFT JOIN ready r ON r.job_id = j.job_id
        WHERE j.created_at_ms >= 0 AND b.started >= j.created_at_ms
      ),
      part AS (
        SELECT queue, started, created, placed, MIN(placed, MAX(created, ready)) AS ready FROM wait
      )
      SELECT started / \(millisecondsPerDay), queue, COUNT(*), SUM(ready - created), SUM(placed - ready),
        SUM(started - placed)
      FROM part GROUP BY 1, 2
      """)
  }
}
