-- Cost of attempts that came to nothing, by cause.
-- A row is a cause: of every attempt but its job's last, and of every attempt of a job that failed.
--   cause          interrupted (proven Spot reclaim), host lost, out of memory, timeout, image pull, cancelled,
--                  exit code, other
--   attempts       attempts that began in the period
--   per_attempt_usd  cost_usd ÷ attempts
--   cost_usd       attempt and startup cost;  share of all causes, 0 to 1
--   retried_usd    the part of cost_usd that was run again; the rest was given up, its jobs failed. Of Spot hosts that were
--                  lost both together are lost_usd of the query spot-audit, and the rest its abandoned_usd
SELECT
  o.name AS cause,
  SUM(d.attempts) AS attempts,
  SUM(d.cost) * 1.0 / NULLIF(SUM(d.attempts), 0) AS per_attempt_nanodollars,
  SUM(d.cost) AS cost_nanodollars,
  SUM(CASE WHEN d.retried = 1 THEN d.cost ELSE 0 END) AS retried_nanodollars,
  SUM(d.cost) * 1.0 / SUM(SUM(d.cost)) OVER () AS share
FROM daily_cost d
JOIN calendar k ON k.day = d.day
JOIN outcome o ON o.id = d.outcome
WHERE k.date >= :from AND k.date < :to AND d.outcome > 0
GROUP BY o.id, o.name
ORDER BY cost_nanodollars DESC, o.name
