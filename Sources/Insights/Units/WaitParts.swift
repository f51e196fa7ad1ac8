import Domain
import Store

extension Insight {
  /// What the wait of a job was for: other jobs, capacity, its start. The parts add up to the time from its creation to
  /// its first start.
  static let waitParts = Insight("parts of waits", tables: ["wait_part"], by: .day) { view, connection in
    let isPart = view.scope.isPart
    try connection.execute(
      """
      INSERT INTO wait_part
      WITH ready AS (
        SELECT d.job_id AS job_id, MAX(b.stopped_at_ms) AS at_ms
        FROM \(isPart ? "\(view.scope.jobs) CROSS JOIN job_dependency d ON d.job_id = job.job_id" : "job_dependency d")
          CROSS JOIN job b ON b.job_id = d.depends_on
        GROUP BY d.job_id
      ),
      began AS (
        SELECT MIN(id) AS id, job, job_queue AS queue, started_at_ms AS started, task_id AS task
        FROM \(view.scope.attempts) WHERE started_at_ms IS NOT NULL GROUP BY job
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
      FROM part\(isPart ? " WHERE started / \(millisecondsPerDay) IN (SELECT day FROM part_day)" : "") GROUP BY 1, 2
      """)
  }
}
