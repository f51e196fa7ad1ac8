-- Cost by ISO week, up to and with the period: eight weeks at most.
-- A row is a week, Monday to Sunday, oldest first.
--   week               2026-W43;  week_start its first day that is known
--   cost_usd           = work_usd + unused_usd;  unused_share of cost
--   net_saving_usd     of Spot: On-Demand equivalent − cost − lost work − what re-runs on On-Demand cost beyond Spot
--   cost_per_job_usd   cost ÷ succeeded jobs
--   is_current         1 for the week of the period's last day
--   is_partial         1 where the data or the period hold less than the week
WITH period AS (
  SELECT MAX(day) AS last_day FROM calendar WHERE date >= :from AND date < :to
),
week AS (
  SELECT k.week AS week, MIN(k.date) AS week_start, MIN(k.day) AS first_day, MAX(k.day) + 1 AS end_day,
    COUNT(*) AS days, MAX(k.until) AS until, MAX(CASE WHEN k.day = p.last_day THEN 1 ELSE 0 END) AS is_current
  FROM calendar k CROSS JOIN period p
  WHERE k.day <= p.last_day AND k.day > p.last_day - 56
  GROUP BY k.week
),
cost AS (
  SELECT w.week AS week, SUM(d.cost) AS cost,
    SUM(CASE WHEN a.kind = 'unused' THEN 0 ELSE d.cost END) AS work,
    SUM(CASE WHEN a.kind = 'unused' THEN d.cost ELSE 0 END) AS unused
  FROM daily_cost d
  JOIN week w ON d.day >= w.first_day AND d.day < w.end_day
  JOIN ledger_account a ON a.id = d.account
  GROUP BY w.week
),
saving AS (
  SELECT w.week AS week,
    SUM(CASE WHEN r.unpriced_ms = 0 AND r.on_demand IS NOT NULL THEN s.on_demand - s.cost ELSE 0 END) - SUM(s.lost)
      AS net
  FROM resource_day s
  JOIN week w ON s.day >= w.first_day AND s.day < w.end_day
  JOIN resource r ON r.id = s.resource
  JOIN purchase_option o ON o.id = r.purchase_option
  WHERE o.name IN ('spot', 'fargate-spot')
  GROUP BY w.week
),
rerun AS (
  SELECT w.week AS week, SUM(n.cost - n.spot_cost) AS premium
  FROM on_demand_run n
  JOIN week w ON n.day >= w.first_day AND n.day < w.end_day
  WHERE n.rerun = 1
  GROUP BY w.week
),
succeeded AS (
  SELECT w.week AS week, NULLIF(SUM(u.succeeded), 0) AS jobs
  FROM unit_cost u
  JOIN week w ON u.day >= w.first_day AND u.day < w.end_day
  GROUP BY w.week
)
SELECT
  w.week AS week,
  w.week_start AS week_start,
  c.cost AS cost_nanodollars,
  c.work AS work_nanodollars,
  c.unused AS unused_nanodollars,
  c.unused * 1.0 / NULLIF(c.cost, 0) AS unused_share,
  s.net - COALESCE(n.premium, 0) AS net_saving_nanodollars,
  g.jobs AS succeeded_jobs,
  c.cost * 1.0 / NULLIF(g.jobs, 0) AS cost_per_job_nanodollars,
  w.is_current AS is_current,
  CASE WHEN w.days < 7 OR w.until IS NOT NULL THEN 1 ELSE 0 END AS is_partial
FROM week w
LEFT JOIN cost c ON c.week = w.week
LEFT JOIN saving s ON s.week = w.week
LEFT JOIN rerun n ON n.week = w.week
LEFT JOIN succeeded g ON g.week = w.week
ORDER BY w.week
