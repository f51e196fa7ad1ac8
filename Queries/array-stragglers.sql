-- Array jobs, and how long their last children delayed them.
-- A row is an array of ten or more children whose last child ended in the period, longest delay first.
--   job_id                       of the parent
--   step, client, workflow       what its children do: as in unit-costs
--   job_definition               its name, with * for what varies
--   children, succeeded          as far as known
--   cost_usd                     cost of all children, retries included;  cost_per_child_usd
--   seconds                      from the first child's start to the last child's end
--   child_p50_seconds, child_p99_seconds   from a child's first start to its end
--   held_seconds                 from the end of 99 in 100 children (with fewer than 200: of all but one) to the end of the last
--   held_share                   of seconds, 0 to 1
SELECT
  p.job_id AS job_id,
  j.name AS step,
  j.job_definition AS job_definition,
  j.client AS client,
  j.workflow AS workflow,
  q.name AS job_queue,
  a.children AS children,
  a.succeeded AS succeeded,
  a.cost AS cost_nanodollars,
  a.cost * 1e0 / a.children AS cost_per_child_nanodollars,
  a.started_at_ms AS started_at_ms,
  a.stopped_at_ms AS stopped_at_ms,
  (a.stopped_at_ms - a.started_at_ms) / 1000e0 AS seconds,
  a.median_ms / 1000e0 AS child_p50_seconds,
  a.percentile_99_ms / 1000e0 AS child_p99_seconds,
  a.held_ms / 1000e0 AS held_seconds,
  a.held_ms * 1e0 / NULLIF(a.stopped_at_ms - a.started_at_ms, 0) AS held_share
FROM array_run a
JOIN calendar k ON k.day = a.day
JOIN job_parent p ON p.id = a.parent
JOIN named_queue q ON q.id = a.job_queue
JOIN named_step j ON j.id = a.job_step
WHERE k.date >= :from AND k.date < :to AND a.children >= 10
ORDER BY held_seconds DESC, p.job_id
