-- Cost of attempts that came to nothing, by cause.
-- A row is a cause: of every attempt but its job's last, and of every attempt of a job that failed.
--   cause          interrupted (proven Spot reclaim), host lost, out of memory, timeout, image pull, cancelled,
--                  exit code, other
--                  before an attempt started also container start, no capacity, misconfiguration
--   attempts       attempts that began in the period, or ended in it before they could begin; of a job
--                  that could not be placed the job
--   per_attempt_usd  cost_usd ÷ attempts
--   cost_usd       attempt and startup cost;  share of all causes, 0 to 1
--   retried_usd    the part of cost_usd that was run again; the rest was given up, its jobs failed. Of Spot hosts that were
--                  lost both together are lost_usd of the query spot-audit, and the rest its abandoned_usd
WITH failure AS (
  SELECT d.day AS day, d.outcome AS outcome, d.attempts AS attempts, d.cost AS cost,
    CASE WHEN d.retried = 1 THEN d.cost ELSE 0 END AS retried
  FROM daily_cost d
  WHERE d.outcome > 0
  UNION ALL
  SELECT n.day, n.outcome, COUNT(*), NULL, 0 FROM never_started n GROUP BY n.day, n.outcome
)
SELECT
  o.name AS cause,
  SUM(d.attempts) AS attempts,
  SUM(d.cost) * 1.0 / NULLIF(SUM(d.attempts), 0) AS per_attempt_nanodollars,
  SUM(d.cost) AS cost_nanodollars,
  SUM(COALESCE(d.retried, 0)) AS retried_nanodollars,
  SUM(d.cost) * 1.0 / SUM(SUM(d.cost)) OVER () AS share
FROM failure d
JOIN calendar k ON k.day = d.day
JOIN outcome o ON o.id = d.outcome
WHERE k.date >= :from AND k.date < :to
GROUP BY o.id, o.name
ORDER BY cost_nanodollars DESC, o.name
