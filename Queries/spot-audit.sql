-- What Spot cost, what On-Demand would have cost, and what interruptions took back.
-- One row, EC2 Spot and Fargate Spot. Instances that are unpriced or have no On-Demand price are left out of cost and saving.
--   spot_usd, on_demand_usd, gross_usd   paid; the same billed time at On-Demand rates; the difference
--   lost_usd, lost_attempts              attempts whose host went away and that were run again
--   rerun_usd, rerun_attempts            of those re-runs that landed On-Demand, what they cost above the period's mean
--                                        Spot price: cost × (1 − spot ÷ On-Demand)
--   net_usd                              gross − lost − rerun;  gross_share, net_share of the On-Demand equivalent
--   interruption_share                   (lost + rerun) ÷ gross
--   lost_hours_share, break_even         instance-hours that were lost work; the share at which net would be 0
--   reclaims, spot_hours, free_instances reclaims that EC2 proved, instance-hours, instances reclaimed in their first hour
WITH period AS (
  SELECT MIN(day) AS first_day, MAX(day) + 1 AS end_day FROM calendar WHERE date >= :from AND date < :to
),
spot AS (
  SELECT
    SUM(CASE WHEN r.unpriced_ms = 0 AND r.on_demand IS NOT NULL THEN x.cost ELSE 0 END) AS cost,
    SUM(CASE WHEN r.unpriced_ms = 0 AND r.on_demand IS NOT NULL THEN x.on_demand ELSE 0 END) AS on_demand,
    SUM(x.lost) AS lost,
    SUM(x.unpriced_ms) AS unpriced_ms,
    SUM(x.billed_ms) AS billed_ms,
    COUNT(DISTINCT CASE WHEN r.interrupted = 1 AND r.stopped_at_ms < (x.day + 1) * 86400000 THEN r.id END) AS reclaims,
    COUNT(DISTINCT CASE WHEN r.free = 1 THEN r.id END) AS free_instances
  FROM resource_day x
  JOIN period p ON x.day >= p.first_day AND x.day < p.end_day
  JOIN resource r ON r.id = x.resource
  JOIN purchase_option o ON o.id = x.purchase_option
  WHERE o.name IN ('spot', 'fargate-spot')
),
total AS (
  SELECT SUM(d.cost) AS cost FROM daily_cost d JOIN period p ON d.day >= p.first_day AND d.day < p.end_day
),
placed AS (
  SELECT g.attempt AS attempt, MAX(g.purchase_option) AS purchase_option, SUM(g.cost) AS cost, SUM(g.ms) AS ms
  FROM posting g
  JOIN period p ON g.day >= p.first_day AND g.day < p.end_day
  WHERE g.attempt IS NOT NULL
  GROUP BY g.attempt
),
lost_attempt AS (
  SELECT t.id AS attempt, t.job AS job, t.ordinal AS ordinal, c.ms AS ms
  FROM placed c
  JOIN attempt t ON t.id = c.attempt
  JOIN purchase_option o ON o.id = c.purchase_option
  JOIN attempt n ON n.job = t.job AND n.ordinal = t.ordinal + 1
  WHERE o.name IN ('spot', 'fargate-spot') AND t.status_reason LIKE 'Host EC2%terminated%'
),
rerun AS (
  SELECT COUNT(*) AS attempts, SUM(c.cost) AS cost
  FROM lost_attempt l
  JOIN attempt n ON n.job = l.job AND n.ordinal = l.ordinal + 1
  JOIN placed c ON c.attempt = n.id
  JOIN purchase_option o ON o.id = c.purchase_option
  WHERE o.name IN ('on-demand', 'fargate')
),
work AS (
  SELECT SUM(c.ms) AS ms FROM placed c JOIN purchase_option o ON o.id = c.purchase_option
  WHERE o.name IN ('spot', 'fargate-spot')
),
lost AS (SELECT COUNT(*) AS attempts, SUM(ms) AS ms FROM lost_attempt),
money AS (
  SELECT s.cost AS spot, s.on_demand AS on_demand, s.on_demand - s.cost AS gross, s.lost AS lost,
    CAST(COALESCE(r.cost, 0) * (1.0 - s.cost * 1.0 / NULLIF(s.on_demand, 0)) AS BIGINT) AS rerun,
    r.attempts AS rerun_attempts, s.unpriced_ms AS unpriced_ms, s.billed_ms AS billed_ms, s.reclaims AS reclaims,
    s.free_instances AS free_instances
  FROM spot s CROSS JOIN rerun r
)
SELECT
  m.spot AS spot_nanodollars,
  m.spot * 1.0 / NULLIF(t.cost, 0) AS spot_share,
  m.on_demand AS on_demand_nanodollars,
  m.gross AS gross_nanodollars,
  m.gross * 1.0 / NULLIF(m.on_demand, 0) AS gross_share,
  m.lost AS lost_nanodollars,
  l.attempts AS lost_attempts,
  m.rerun AS rerun_nanodollars,
  m.rerun_attempts AS rerun_attempts,
  m.gross - m.lost - m.rerun AS net_nanodollars,
  (m.gross - m.lost - m.rerun) * 1.0 / NULLIF(m.on_demand, 0) AS net_share,
  (m.lost + m.rerun) * 1.0 / NULLIF(m.gross, 0) AS interruption_share,
  CASE WHEN m.lost > 0 AND m.rerun >= m.lost * 1.5 THEN m.rerun * 1.0 / m.lost END AS rerun_times_lost,
  l.ms * 1.0 / NULLIF(w.ms, 0) AS lost_hours_share,
  CASE WHEN m.gross <= m.lost + m.rerun OR m.lost + m.rerun = 0 THEN NULL
    WHEN l.ms * 1.0 / w.ms * m.gross / (m.lost + m.rerun) < 1 THEN l.ms * 1.0 / w.ms * m.gross / (m.lost + m.rerun)
    END AS break_even,
  m.reclaims AS reclaims,
  m.billed_ms / 3600000.0 AS spot_hours,
  m.free_instances AS free_instances,
  m.unpriced_ms / 1000.0 AS unpriced_seconds
FROM money m CROSS JOIN total t CROSS JOIN lost l CROSS JOIN work w
