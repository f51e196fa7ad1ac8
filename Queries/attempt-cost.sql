-- Cost by attempt.
-- A row is a job attempt with cost in the period, or one that began in it on an unknown instance (cost NULL).
--   started_at, stopped_at   of the attempt; stopped_at is NULL while it runs
--   seconds                  from start to stop
--   cost_usd                 attempt and startup;  startup_usd the part before the attempt started
--   on_demand_usd            the same at On-Demand rates; NULL unless all time of its instance has both prices, as in
--                            the query totals
WITH cost AS (
  SELECT p.attempt AS attempt, p.resource AS resource, SUM(p.cost) AS cost,
    SUM(CASE WHEN s.unpriced_ms = 0 THEN p.on_demand END) AS on_demand,
    SUM(CASE WHEN a.name = 'startup' THEN p.cost END) AS startup
  FROM resource_posting p JOIN calendar k ON k.day = p.day JOIN ledger_account a ON a.id = p.account
  JOIN resource s ON s.id = p.resource
  WHERE k.date >= :from AND k.date < :to AND p.attempt IS NOT NULL
  GROUP BY p.attempt, p.resource
  UNION ALL
  SELECT u.attempt, NULL, NULL, NULL, NULL FROM unplaced u JOIN calendar k ON k.day = u.day
  WHERE k.date >= :from AND k.date < :to
)
SELECT
  j.job_id AS job_id,
  t.ordinal AS attempt,
  q.name AS job_queue,
  e.name AS compute_environment,
  CASE WHEN r.kind = 'instance' THEN r.name END AS instance_id,
  r.instance_type AS instance_type,
  o.name AS purchase_option,
  t.started_at_ms AS started_at_ms,
  t.stopped_at_ms AS stopped_at_ms,
  (COALESCE(t.stopped_at_ms, r.stopped_at_ms) - t.started_at_ms) / 1000e0 AS seconds,
  c.cost AS cost_nanodollars,
  c.startup AS startup_nanodollars,
  c.on_demand AS on_demand_nanodollars
FROM cost c
JOIN attempt t ON t.id = c.attempt
JOIN job j ON j.id = t.job
JOIN named_queue q ON q.id = t.job_queue
LEFT JOIN resource r ON r.id = c.resource
LEFT JOIN purchase_option o ON o.id = r.purchase_option
LEFT JOIN named_environment e ON e.id = r.compute_environment
ORDER BY c.cost DESC, j.job_id, t.ordinal
