-- Cost by ISO week, up to the end of the period: eight weeks at most, none of them cut off at its beginning, unless it is the
-- only one.
-- A row is a week, Monday to Sunday, oldest first.
--   week               2026-W43;  week_start its first day in the data
--   cost_usd           = work_usd + unused_usd;  unused_share of cost. 0 if nothing ran in the week, NULL
--                      if nothing is priced
--   net_saving_usd     of Spot, as in the query spot-audit; NULL if nothing ran on Spot
--   is_priced          0: more than 1 % of what ran has no price, so the cost is at least this
--   cost_per_job_usd   cost ÷ succeeded jobs; NULL where is_priced is 0
--   is_current         1: the week of the period's last day
--   is_partial         1: the data or the period do not cover the whole week
WITH period AS (
  SELECT MAX(day) AS last_day FROM calendar WHERE date >= :from AND date < :to
),
week AS (
  SELECT k.week AS week, MIN(k.date) AS week_start, MIN(k.day) AS first_day, MAX(k.day) + 1 AS end_day,
    COUNT(*) AS days, MAX(k.until) AS until, MAX(CASE WHEN k.day = p.last_day THEN 1 ELSE 0 END) AS is_current
  FROM calendar k CROSS JOIN period p
  WHERE k.day <= p.last_day AND k.day > p.last_day - 56
    AND k.week NOT IN (SELECT c.week FROM calendar c WHERE c.day = p.last_day - 56)
  GROUP BY k.week
  HAVING COUNT(*) = 7 OR MAX(k.day) = MAX(p.last_day)
),
cost AS (
  SELECT t.week AS week,
    CASE WHEN SUM(t.ran) = 0 THEN 0 ELSE SUM(CASE WHEN t.ran = 1 THEN t.cost END) END AS cost,
    CASE WHEN COUNT(t.work) < COUNT(*) THEN NULLIF(SUM(t.work), 0) ELSE SUM(t.work) END AS work,
    CASE WHEN COUNT(t.unused) < COUNT(*) THEN NULLIF(SUM(t.unused), 0) ELSE SUM(t.unused) END AS unused
  FROM day_total t
  JOIN week w ON t.day >= w.first_day AND t.day < w.end_day
  GROUP BY t.week
),
saving AS (
  SELECT w.week AS week, SUM(s.net) AS net
  FROM spot_net s JOIN week w ON s.day >= w.first_day AND s.day < w.end_day
  GROUP BY w.week
),
priced AS (
  SELECT w.week AS week, CASE WHEN SUM(d.unpriced_ms) * MAX(r.parts) > SUM(d.ms) THEN 0 ELSE 1 END AS is_priced
  FROM priced_day d
  JOIN week w ON d.day >= w.first_day AND d.day < w.end_day
  CROSS JOIN priced_rule r
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
  c.unused * 1e0 / NULLIF(c.cost, 0) AS unused_share,
  s.net AS net_saving_nanodollars,
  g.jobs AS succeeded_jobs,
  COALESCE(r.is_priced, 1) AS is_priced,
  CASE WHEN COALESCE(r.is_priced, 1) = 1 THEN c.cost * 1e0 / NULLIF(g.jobs, 0) END AS cost_per_job_nanodollars,
  w.is_current AS is_current,
  CASE WHEN w.days < 7 OR w.until IS NOT NULL THEN 1 ELSE 0 END AS is_partial
FROM week w
LEFT JOIN cost c ON c.week = w.week
LEFT JOIN saving s ON s.week = w.week
LEFT JOIN priced r ON r.week = w.week
LEFT JOIN succeeded g ON g.week = w.week
ORDER BY w.week
