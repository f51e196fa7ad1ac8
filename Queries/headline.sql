-- The period in one row: its cost, compared with the period of the same length before it.
-- One row. Comparisons are NULL unless both periods are whole, every day being in the data and over, and the cost of each is
-- known: see is_priced.
--   cost_usd, previous_cost_usd, change_usd, change      change is a ratio: 0.09 is 9 % more. The cost is 0 if
--                      nothing ran in the period, NULL if nothing is priced
--   ran, compares      1: something ran in the period; 1: the two periods can be compared
--   unpriced_share, previous_unpriced_share   of what ran, by time, as in the view priced_day; NULL if nothing did, and for
--                      the second if a period is not whole
--   is_priced, previous_is_priced   1: at most 1 % of it has no price, so the cost counts as known; NULL alike
--   work_usd           attempts and startup;  unused_usd;  each NULL if there was some and nothing of it is priced
--   unused_share of cost;  unused_share_change a difference
--   packing_usd        free capacity beside running attempts;  packing_share of unused; NULL, instead of 0, if the capacity of an
--                      instance is unknown
--   net_saving_usd     of Spot, as in the query spot-audit: On-Demand equivalent − cost − lost work − what re-runs
--                      on On-Demand cost beyond Spot;  net_saving_change a ratio. NULL if nothing ran on Spot, or none
--                      of it has both prices
--   succeeded_jobs     jobs that ended in the period; each array child counts, a multi-node job once, parents not
--   cost_per_job_usd   cost ÷ succeeded jobs, NULL where is_priced is 0;  cost_per_job_change a ratio
--   billed_share, previous_billed_share   the part of cost taken from a bill, 0 to 1
--   fargate_share       the part of cost for Fargate and Fargate Spot, 0 to 1
--   top_type, top_type_option, top_type_usd, top_type_share, top_type_instances, top_type_unused_share
--                      the instance type and purchase option that cost most
--   unused_days        whole days on which more was unused than used, of full_days on which something ran
--   last_day_complete  0: collection ended within the period's last day;  last_collected_at
WITH span AS (
  SELECT MIN(day) AS first_day, MAX(day) + 1 AS end_day FROM calendar WHERE date >= :from AND date < :to
),
whole AS (
  SELECT COUNT(*) AS is_whole FROM whole_period w WHERE w.from_date = :from AND w.to_date = :to
),
comparison AS (
  SELECT COUNT(*) AS compares FROM comparable_period c WHERE c.from_date = :from AND c.to_date = :to
),
asked AS (
  SELECT s.first_day AS first_day, s.end_day AS end_day, w.is_whole AS is_whole, c.compares AS compares
  FROM span s CROSS JOIN whole w CROSS JOIN comparison c
),
half AS (
  SELECT CASE WHEN d.day < a.first_day THEN 0 ELSE 1 END AS current, SUM(d.unpriced_ms) AS unpriced_ms, SUM(d.ms) AS ms,
    CASE WHEN SUM(d.unpriced_ms) * MAX(r.parts) > SUM(d.ms) THEN 0 ELSE 1 END AS is_priced
  FROM asked a
  JOIN priced_day d ON d.day >= CASE WHEN a.is_whole = 1 THEN 2 * a.first_day - a.end_day ELSE a.first_day END
    AND d.day < a.end_day
  CROSS JOIN priced_rule r
  GROUP BY CASE WHEN d.day < a.first_day THEN 0 ELSE 1 END
),
period AS (
  SELECT 1 AS current, first_day, end_day FROM asked
  UNION ALL
  SELECT 0, 2 * first_day - end_day, first_day FROM asked WHERE compares = 1
),
cost AS (
  SELECT
    p.current AS current,
    CASE WHEN SUM(t.ran) = 0 THEN 0 ELSE SUM(CASE WHEN t.ran = 1 THEN t.cost END) END AS cost,
    CASE WHEN COUNT(t.work) < COUNT(*) THEN NULLIF(SUM(t.work), 0) ELSE SUM(t.work) END AS work,
    CASE WHEN COUNT(t.unused) < COUNT(*) THEN NULLIF(SUM(t.unused), 0) ELSE SUM(t.unused) END AS unused,
    CASE WHEN COUNT(t.packing) < COUNT(*) THEN NULLIF(SUM(t.packing), 0) ELSE SUM(t.packing) END AS packing,
    MAX(t.ran) AS ran
  FROM period p
  JOIN day_total t ON t.day >= p.first_day AND t.day < p.end_day
  GROUP BY p.current
),
unsized AS (
  SELECT p.current AS current, COUNT(*) AS days
  FROM resource_day s
  JOIN period p ON s.day >= p.first_day AND s.day < p.end_day
  JOIN resource r ON r.id = s.resource
  WHERE r.kind = 'instance' AND r.milli_vcpus IS NULL
  GROUP BY p.current
),
billed AS (
  SELECT p.current AS current, SUM(d.cost) AS cost
  FROM daily_cost d
  JOIN period p ON d.day >= p.first_day AND d.day < p.end_day
  JOIN price_source x ON x.id = d.price_source
  WHERE x.name = 'bill'
  GROUP BY p.current
),
fargate AS (
  SELECT SUM(d.cost) AS cost
  FROM daily_cost d
  JOIN period p ON p.current = 1 AND d.day >= p.first_day AND d.day < p.end_day
  JOIN purchase_option o ON o.id = d.purchase_option
  WHERE o.name IN ('fargate', 'fargate-spot')
),
net AS (
  SELECT p.current AS current, SUM(s.net) AS net
  FROM spot_net s JOIN period p ON s.day >= p.first_day AND s.day < p.end_day
  GROUP BY p.current
),
succeeded AS (
  SELECT p.current AS current, NULLIF(SUM(u.succeeded), 0) AS jobs,
    CASE WHEN COALESCE(MAX(h.is_priced), 1) = 1 THEN NULLIF(SUM(u.succeeded), 0) END AS priced_jobs
  FROM unit_cost u
  JOIN period p ON u.day >= p.first_day AND u.day < p.end_day
  LEFT JOIN half h ON h.current = p.current
  GROUP BY p.current
),
type_cost AS (
  SELECT r.instance_type AS instance_type, s.purchase_option AS purchase_option, SUM(s.cost) AS cost,
    SUM(s.unused) AS unused, COUNT(DISTINCT r.id) AS instances
  FROM resource_day s
  JOIN period p ON p.current = 1 AND s.day >= p.first_day AND s.day < p.end_day
  JOIN resource r ON r.id = s.resource
  WHERE r.instance_type IS NOT NULL AND r.kind = 'instance' AND s.cost > 0
  GROUP BY r.instance_type, s.purchase_option
),
top AS (
  SELECT t.instance_type AS instance_type, t.purchase_option AS purchase_option, t.cost AS cost, t.unused AS unused,
    t.instances AS instances, ROW_NUMBER() OVER (ORDER BY t.cost DESC, t.instance_type) AS place
  FROM type_cost t
),
days AS (
  SELECT SUM(CASE WHEN t.unused > t.work THEN 1 ELSE 0 END) AS unused_days, COUNT(*) AS full_days
  FROM day_total t
  JOIN period p ON p.current = 1 AND t.day >= p.first_day AND t.day < p.end_day
  JOIN calendar k ON k.day = t.day
  WHERE k.until IS NULL AND t.cost > 0
)
SELECT
  c.cost AS cost_nanodollars,
  b.cost AS previous_cost_nanodollars,
  c.cost - b.cost AS change_nanodollars,
  (c.cost - b.cost) * 1e0 / NULLIF(b.cost, 0) AS change,
  c.ran AS ran,
  a.compares AS compares,
  hc.unpriced_ms * 1e0 / NULLIF(hc.ms, 0) AS unpriced_share,
  hb.unpriced_ms * 1e0 / NULLIF(hb.ms, 0) AS previous_unpriced_share,
  hc.is_priced AS is_priced,
  hb.is_priced AS previous_is_priced,
  c.work AS work_nanodollars,
  b.work AS previous_work_nanodollars,
  c.unused AS unused_nanodollars,
  b.unused AS previous_unused_nanodollars,
  c.unused * 1e0 / NULLIF(c.cost, 0) AS unused_share,
  c.unused * 1e0 / NULLIF(c.cost, 0) - b.unused * 1e0 / NULLIF(b.cost, 0) AS unused_share_change,
  NULLIF(c.packing, CASE WHEN n.days > 0 THEN 0 END) AS packing_nanodollars,
  NULLIF(c.packing, CASE WHEN n.days > 0 THEN 0 END) * 1e0 / NULLIF(c.unused, 0) AS packing_share,
  s.net AS net_saving_nanodollars,
  sb.net AS previous_net_saving_nanodollars,
  CASE WHEN sb.net > 0 THEN (s.net - sb.net) * 1e0 / sb.net END AS net_saving_change,
  g.jobs AS succeeded_jobs,
  c.cost * 1e0 / g.priced_jobs AS cost_per_job_nanodollars,
  b.cost * 1e0 / gb.priced_jobs AS previous_cost_per_job_nanodollars,
  (c.cost * 1e0 / g.priced_jobs) / NULLIF(b.cost * 1e0 / gb.priced_jobs, 0) - 1 AS cost_per_job_change,
  COALESCE(x.cost, 0) * 1e0 / NULLIF(c.cost, 0) AS billed_share,
  CASE WHEN b.current = 0 THEN COALESCE(xb.cost, 0) * 1e0 / NULLIF(b.cost, 0) END AS previous_billed_share,
  COALESCE(f.cost, 0) * 1e0 / NULLIF(c.cost, 0) AS fargate_share,
  t.instance_type AS top_type,
  o.name AS top_type_option,
  t.cost AS top_type_nanodollars,
  t.cost * 1e0 / NULLIF(c.cost, 0) AS top_type_share,
  t.instances AS top_type_instances,
  t.unused * 1e0 / NULLIF(t.cost, 0) AS top_type_unused_share,
  w.unused_days AS unused_days,
  w.full_days AS full_days,
  CASE WHEN l.until IS NULL THEN 1 ELSE 0 END AS last_day_complete,
  CAST((SELECT value FROM ledger_setting WHERE name = 'collected_at_ms') AS BIGINT) AS last_collected_at_ms
FROM asked a
LEFT JOIN half hc ON hc.current = 1
LEFT JOIN half hb ON hb.current = 0
LEFT JOIN cost c ON c.current = 1
LEFT JOIN cost b ON b.current = 0
LEFT JOIN unsized n ON n.current = 1
LEFT JOIN billed x ON x.current = 1
LEFT JOIN billed xb ON xb.current = 0
LEFT JOIN net s ON s.current = 1
LEFT JOIN net sb ON sb.current = 0
LEFT JOIN succeeded g ON g.current = 1
LEFT JOIN succeeded gb ON gb.current = 0
LEFT JOIN top t ON t.place = 1
LEFT JOIN purchase_option o ON o.id = t.purchase_option
CROSS JOIN days w
CROSS JOIN fargate f
LEFT JOIN calendar l ON l.day = a.end_day - 1
