-- From On-Demand rates to the net saving, step by step.
-- A row is a step, in order; sums (is_sum = 1) stand on the axis, the others start where the one before ended.
--   step, evidence       what, and a figure behind it
--   from_usd, to_usd     where the bar begins and ends;  change_usd = to − from
--   token                the colour's name: on-demand, spot, positive, negative
--   is_sum               1: a running total, not a change
-- Only resources with both prices are compared; the rest is left_out_usd in the query spot-audit.
WITH period AS (
  SELECT MIN(day) AS first_day, MAX(day) + 1 AS end_day FROM calendar WHERE date >= :from AND date < :to
),
spot AS (
  SELECT SUM(s.cost) AS cost, SUM(s.on_demand) AS on_demand
  FROM resource_day s
  JOIN period p ON s.day >= p.first_day AND s.day < p.end_day
  JOIN resource r ON r.id = s.resource
  JOIN purchase_option o ON o.id = r.purchase_option
  WHERE o.name IN ('spot', 'fargate-spot') AND r.unpriced_ms = 0 AND r.on_demand IS NOT NULL
),
lost AS (
  SELECT COALESCE(SUM(l.cost), 0) AS cost, COUNT(DISTINCT l.attempt) AS attempts
  FROM spot_loss l JOIN period p ON l.day >= p.first_day AND l.day < p.end_day
),
rerun AS (
  SELECT COALESCE(SUM(n.cost - n.spot_cost), 0) AS premium, COUNT(DISTINCT n.attempt) AS attempts
  FROM on_demand_run n JOIN period p ON n.day >= p.first_day AND n.day < p.end_day
  WHERE n.rerun = 1
),
parts AS (
  SELECT spot.on_demand AS on_demand, spot.cost AS cost, spot.on_demand - spot.cost AS gross,
    lost.cost AS lost, lost.attempts AS lost_attempts, rerun.premium AS rerun, rerun.attempts AS rerun_attempts,
    spot.on_demand - spot.cost - lost.cost - rerun.premium AS net
  FROM spot CROSS JOIN lost CROSS JOIN rerun
  WHERE spot.on_demand > 0
),
steps AS (
  SELECT 1 AS place, 'At On-Demand rates' AS step, 'the same billed time' AS evidence, 0 AS from_cost,
    on_demand AS to_cost, 'on-demand' AS token, 1 AS is_sum FROM parts
  UNION ALL
  SELECT 2, 'Paid for Spot', 'lost work included', on_demand, gross, 'spot', 0 FROM parts
  UNION ALL
  SELECT 3, 'Gross saving', CAST(CAST(ROUND(100.0 * gross / on_demand) AS BIGINT) AS VARCHAR(20)) || '%', 0, gross,
    CASE WHEN gross < 0 THEN 'negative' ELSE 'positive' END, 1 FROM parts
  UNION ALL
  SELECT 4, 'Lost work',
    CAST(lost_attempts AS VARCHAR(20)) || CASE WHEN lost_attempts = 1 THEN ' attempt' ELSE ' attempts' END,
    gross, gross - lost, 'negative', 0
    FROM parts
  UNION ALL
  SELECT 5, 'Re-runs on On-Demand',
    CAST(rerun_attempts AS VARCHAR(20)) || CASE WHEN rerun_attempts = 1 THEN ' attempt' ELSE ' attempts' END,
    gross - lost, net, 'negative', 0
    FROM parts
  UNION ALL
  SELECT 6, CASE WHEN net < 0 THEN 'Net loss' ELSE 'Net saving' END,
    CAST(CAST(ROUND(100.0 * net / on_demand) AS BIGINT) AS VARCHAR(20)) || '%', 0, net,
    CASE WHEN net < 0 THEN 'negative' ELSE 'positive' END, 1 FROM parts
)
SELECT
  step, evidence, from_cost AS from_nanodollars, to_cost AS to_nanodollars, to_cost - from_cost AS change_nanodollars,
  token, is_sum
FROM steps
ORDER BY place
