-- The period in one row: what it cost, and against the period of the same length before it.
-- One row. What compares is NULL where the period before is not wholly known, and where this one's last day is not over.
--   cost_usd, previous_cost_usd, change_usd, change      change is a ratio: 0.09 is 9 % more
--   work_usd           attempts and startup;  unused_usd;  unused_share of cost;  unused_share_change a difference
--   packing_usd        free capacity beside running attempts;  packing_share of unused
--   net_saving_usd     of Spot: On-Demand equivalent − cost − lost work − what re-runs on On-Demand cost beyond Spot;
--                      net_saving_change a ratio
--   succeeded_jobs     array children each, multi-node jobs once, parents not
--   cost_per_job_usd   cost ÷ succeeded jobs;  cost_per_job_change a ratio
--   top_type, top_type_option, top_type_usd, top_type_share, top_type_instances, top_type_unused_share
--                      the instance type and purchase option that cost most
--   unused_days        whole days on which more was unused than used, of full_days
--   last_day_complete  0 where collection ended within the period's last day;  last_collected_at
WITH asked AS (
  SELECT MIN(day) AS first_day, MAX(day) + 1 AS end_day FROM calendar WHERE date >= :from AND date < :to
),
period AS (
  SELECT 1 AS current, first_day, end_day FROM asked
  UNION ALL
  SELECT 0, 2 * first_day - end_day, first_day FROM asked
  WHERE 2 * first_day - end_day >= (SELECT MIN(day) FROM calendar)
    AND (SELECT k.until FROM calendar k WHERE k.day = end_day - 1) IS NULL
),
cost AS (
  SELECT
    p.current AS current,
    SUM(d.cost) AS cost,
    SUM(CASE WHEN a.kind = 'unused' THEN 0 ELSE d.cost END) AS work,
    SUM(CASE WHEN a.kind = 'unused' THEN d.cost ELSE 0 END) AS unused,
    SUM(CASE WHEN a.name = 'unused.packing' THEN d.cost ELSE 0 END) AS packing
  FROM daily_cost d
  JOIN period p ON d.day >= p.first_day AND d.day < p.end_day
  JOIN ledger_account a ON a.id = d.account
  GROUP BY p.current
),
saving AS (
  SELECT
    p.current AS current,
    SUM(CASE WHEN r.unpriced_ms = 0 AND r.on_demand IS NOT NULL THEN s.on_demand - s.cost ELSE 0 END) - SUM(s.lost)
      AS net
  FROM resource_day s
  JOIN period p ON s.day >= p.first_day AND s.day < p.end_day
  JOIN resource r ON r.id = s.resource
  JOIN purchase_option o ON o.id = r.purchase_option
  WHERE o.name IN ('spot', 'fargate-spot')
  GROUP BY p.current
),
rerun AS (
  SELECT p.current AS current, SUM(n.cost - n.spot_cost) AS premium
  FROM on_demand_run n
  JOIN period p ON n.day >= p.first_day AND n.day < p.end_day
  WHERE n.rerun = 1
  GROUP BY p.current
),
net AS (
  SELECT s.current AS current, s.net - COALESCE(n.premium, 0) AS net
  FROM saving s LEFT JOIN rerun n ON n.current = s.current
),
succeeded AS (
  SELECT p.current AS current, NULLIF(SUM(u.succeeded), 0) AS jobs
  FROM unit_cost u
  JOIN period p ON u.day >= p.first_day AND u.day < p.end_day
  GROUP BY p.current
),
type_cost AS (
  SELECT r.instance_type AS instance_type, s.purchase_option AS purchase_option, SUM(s.cost) AS cost,
    SUM(s.unused) AS unused
  FROM resource_day s
  JOIN period p ON p.current = 1 AND s.day >= p.first_day AND s.day < p.end_day
  JOIN resource r ON r.id = s.resource
  WHERE r.instance_type IS NOT NULL
  GROUP BY r.instance_type, s.purchase_option
),
top AS (
  SELECT t.instance_type AS instance_type, t.purchase_option AS purchase_option, t.cost AS cost, t.unused AS unused,
    ROW_NUMBER() OVER (ORDER BY t.cost DESC, t.instance_type) AS place
  FROM type_cost t
),
top_instances AS (
  SELECT COUNT(DISTINCT r.id) AS instances
  FROM top t
  JOIN resource r ON r.instance_type = t.instance_type AND r.purchase_option = t.purchase_option
  JOIN resource_day s ON s.resource = r.id
  JOIN period p ON p.current = 1 AND s.day >= p.first_day AND s.day < p.end_day
  WHERE t.place = 1
),
day_cost AS (
  SELECT d.day AS day, SUM(CASE WHEN a.kind = 'unused' THEN d.cost ELSE -d.cost END) AS excess
  FROM daily_cost d
  JOIN period p ON p.current = 1 AND d.day >= p.first_day AND d.day < p.end_day
  JOIN ledger_account a ON a.id = d.account
  GROUP BY d.day
),
days AS (
  SELECT SUM(CASE WHEN c.excess > 0 THEN 1 ELSE 0 END) AS unused_days, COUNT(*) AS full_days
  FROM day_cost c JOIN calendar k ON k.day = c.day
  WHERE k.until IS NULL
)
SELECT
  c.cost AS cost_nanodollars,
  b.cost AS previous_cost_nanodollars,
  c.cost - b.cost AS change_nanodollars,
  (c.cost - b.cost) * 1.0 / NULLIF(b.cost, 0) AS change,
  c.work AS work_nanodollars,
  b.work AS previous_work_nanodollars,
  c.unused AS unused_nanodollars,
  b.unused AS previous_unused_nanodollars,
  c.unused * 1.0 / NULLIF(c.cost, 0) AS unused_share,
  c.unused * 1.0 / NULLIF(c.cost, 0) - b.unused * 1.0 / NULLIF(b.cost, 0) AS unused_share_change,
  c.packing AS packing_nanodollars,
  c.packing * 1.0 / NULLIF(c.unused, 0) AS packing_share,
  s.net AS net_saving_nanodollars,
  sb.net AS previous_net_saving_nanodollars,
  (s.net - sb.net) * 1.0 / NULLIF(sb.net, 0) AS net_saving_change,
  g.jobs AS succeeded_jobs,
  c.cost * 1.0 / NULLIF(g.jobs, 0) AS cost_per_job_nanodollars,
  b.cost * 1.0 / NULLIF(gb.jobs, 0) AS previous_cost_per_job_nanodollars,
  (c.cost * 1.0 / NULLIF(g.jobs, 0)) / NULLIF(b.cost * 1.0 / NULLIF(gb.jobs, 0), 0) - 1 AS cost_per_job_change,
  t.instance_type AS top_type,
  o.name AS top_type_option,
  t.cost AS top_type_nanodollars,
  t.cost * 1.0 / NULLIF(c.cost, 0) AS top_type_share,
  ti.instances AS top_type_instances,
  t.unused * 1.0 / NULLIF(t.cost, 0) AS top_type_unused_share,
  w.unused_days AS unused_days,
  w.full_days AS full_days,
  CASE WHEN l.until IS NULL THEN 1 ELSE 0 END AS last_day_complete,
  CAST((SELECT value FROM ledger_setting WHERE name = 'collected_at_ms') AS BIGINT) AS last_collected_at_ms
FROM cost c
LEFT JOIN cost b ON b.current = 0
LEFT JOIN net s ON s.current = 1
LEFT JOIN net sb ON sb.current = 0
LEFT JOIN succeeded g ON g.current = 1
LEFT JOIN succeeded gb ON gb.current = 0
LEFT JOIN top t ON t.place = 1
LEFT JOIN purchase_option o ON o.id = t.purchase_option
CROSS JOIN top_instances ti
CROSS JOIN days w
LEFT JOIN calendar l ON l.day = (SELECT end_day - 1 FROM asked)
WHERE c.current = 1
