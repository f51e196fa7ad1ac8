-- From On-Demand rates to the net saving, step by step.
-- A row is a step, in order; sums (is_sum = 1) start at the axis, the others where the one before ended. Steps of zero are left
-- out.
--   step                 on-demand, paid, gross, lost, rerun, net
--   attempts, share      the figure behind it: lost attempts or re-runs; for gross and net, their share of On-Demand rates
--   from_usd, to_usd     where the bar begins and ends;  change_usd = to − from
--   token                the name of its colour: on-demand, spot, positive, negative;  is_sum 1: a running total, not a change
-- Only resources with both prices are compared; the rest is left_out_usd in the query spot-audit.
WITH period AS (
  SELECT MIN(day) AS first_day, MAX(day) + 1 AS end_day FROM calendar WHERE date >= :from AND date < :to
),
spot AS (
  SELECT SUM(s.on_demand) AS on_demand, SUM(s.gross) AS gross, SUM(s.lost) AS lost, SUM(s.rerun) AS rerun,
    SUM(s.net) AS net,
    COUNT(DISTINCT CASE WHEN s.part = 'lost' AND s.is_compared = 1 THEN s.attempt END) AS lost_attempts,
    COUNT(DISTINCT CASE WHEN s.part = 'rerun' AND s.rerun IS NOT NULL THEN s.attempt END) AS rerun_attempts
  FROM spot_net s JOIN period p ON s.day >= p.first_day AND s.day < p.end_day
),
parts AS (
  SELECT * FROM spot WHERE on_demand > 0
),
steps AS (
  SELECT 1 AS place, 'on-demand' AS step, NULL AS attempts, NULL AS share, 0 AS from_cost, on_demand AS to_cost,
    'on-demand' AS token, 1 AS is_sum FROM parts
  UNION ALL
  SELECT 2, 'paid', NULL, NULL, on_demand, gross, 'spot', 0 FROM parts
  UNION ALL
  SELECT 3, 'gross', NULL, gross * 1e0 / on_demand, 0, gross, CASE WHEN gross < 0 THEN 'negative' ELSE 'positive' END, 1
    FROM parts WHERE lost <> 0 OR rerun <> 0
  UNION ALL
  SELECT 4, 'lost', lost_attempts, NULL, gross, gross - lost, 'negative', 0 FROM parts WHERE lost <> 0
  UNION ALL
  SELECT 5, 'rerun', rerun_attempts, NULL, gross - lost, net, CASE WHEN rerun < 0 THEN 'positive' ELSE 'negative' END, 0
    FROM parts WHERE rerun <> 0
  UNION ALL
  SELECT 6, 'net', NULL, net * 1e0 / on_demand, 0, net, CASE WHEN net < 0 THEN 'negative' ELSE 'positive' END, 1 FROM parts
)
SELECT
  step, attempts, share, from_cost AS from_nanodollars, to_cost AS to_nanodollars,
  to_cost - from_cost AS change_nanodollars, token, is_sum
FROM steps
ORDER BY place
