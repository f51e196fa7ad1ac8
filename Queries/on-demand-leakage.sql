-- Work of Spot-first queues that ran On-Demand, and why.
-- A row is a job queue that tries a Spot environment first, and a reason.
--   why              spot-lost: a re-run after a lost Spot host;  retried: after another failure;  spot-at-maximum: the
--                    Spot environment had nine tenths of its maximum vCPUs in that hour;  spot-unavailable: it had room,
--                    so EC2 gave it none, or not in time
--   attempts, hours  with time in the period
--   cost_usd         attempt and startup cost
--   spot_usd         the same at the Spot price of its zone and type in each instance-hour; NULL if a part has none
--   premium_usd      cost − spot
--   share            of the queue's own work in the period, by cost, 0 to 1
--   queues, all_premium_usd   for all rows: how many queues, and their total premium, NULL if one is
WITH period AS (
  SELECT MIN(day) AS first_day, MAX(day) + 1 AS end_day FROM calendar WHERE date >= :from AND date < :to
),
work AS (
  SELECT d.job_queue AS job_queue, SUM(d.cost) AS cost
  FROM daily_cost d JOIN period p ON d.day >= p.first_day AND d.day < p.end_day
  WHERE d.job_queue IS NOT NULL
  GROUP BY d.job_queue
),
total AS (
  SELECT COUNT(DISTINCT n.job_queue) AS queues,
    CASE WHEN COUNT(n.spot_cost) = COUNT(*) THEN SUM(n.cost - n.spot_cost) END AS premium
  FROM on_demand_run n JOIN period p ON n.day >= p.first_day AND n.day < p.end_day
  WHERE n.spot_first = 1
)
SELECT
  q.name AS job_queue,
  n.why AS why,
  COUNT(DISTINCT n.attempt) AS attempts,
  SUM(n.ms) / 3600000e0 AS hours,
  SUM(n.cost) AS cost_nanodollars,
  CASE WHEN COUNT(n.spot_cost) = COUNT(*) THEN SUM(n.spot_cost) END AS spot_nanodollars,
  CASE WHEN COUNT(n.spot_cost) = COUNT(*) THEN SUM(n.cost - n.spot_cost) END AS premium_nanodollars,
  SUM(n.cost) * 1e0 / NULLIF(MAX(w.cost), 0) AS share,
  MAX(t.queues) AS queues,
  MAX(t.premium) AS all_premium_nanodollars
FROM on_demand_run n
JOIN period p ON n.day >= p.first_day AND n.day < p.end_day
JOIN named_queue q ON q.id = n.job_queue
LEFT JOIN work w ON w.job_queue = n.job_queue
CROSS JOIN total t
WHERE n.spot_first = 1
GROUP BY q.id, q.name, n.why
ORDER BY cost_nanodollars DESC, q.name, n.why
