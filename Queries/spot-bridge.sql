-- From the On-Demand equivalent of what ran on Spot to the net saving, step by step.
-- A row is a step; each bar runs from from_usd to to_usd. No rows where nothing ran on Spot.
--   step, evidence      what it is, and how it is known
--   change_usd          of the step; for the sums the amount itself
--   token               the colour by meaning;  is_hollow 1 for the sum on the way
WITH spot AS (
  SELECT
    SUM(CASE WHEN r.unpriced_ms = 0 AND r.on_demand IS NOT NULL THEN x.cost ELSE 0 END) AS cost,
    SUM(CASE WHEN r.unpriced_ms = 0 AND r.on_demand IS NOT NULL THEN x.on_demand ELSE 0 END) AS on_demand,
    SUM(x.lost) AS lost
  FROM resource_day x
  JOIN calendar k ON k.day = x.day
  JOIN resource r ON r.id = x.resource
  JOIN purchase_option o ON o.id = x.purchase_option
  WHERE k.date >= :from AND k.date < :to AND o.name IN ('spot', 'fargate-spot')
),
placed AS (
  SELECT g.attempt AS attempt, MAX(g.purchase_option) AS purchase_option, SUM(g.cost) AS cost
  FROM posting g
  JOIN calendar k ON k.day = g.day
  WHERE k.date >= :from AND k.date < :to AND g.attempt IS NOT NULL
  GROUP BY g.attempt
),
lost_attempt AS (
  SELECT t.job AS job, t.ordinal AS ordinal
  FROM placed c
  JOIN attempt t ON t.id = c.attempt
  JOIN purchase_option o ON o.id = c.purchase_option
  JOIN attempt n ON n.job = t.job AND n.ordinal = t.ordinal + 1
  WHERE o.name IN ('spot', 'fargate-spot') AND t.status_reason LIKE 'Host EC2%terminated%'
),
rerun AS (
  SELECT COUNT(*) AS attempts, COALESCE(SUM(c.cost), 0) AS cost
  FROM lost_attempt l
  JOIN attempt n ON n.job = l.job AND n.ordinal = l.ordinal + 1
  JOIN placed c ON c.attempt = n.id
  JOIN purchase_option o ON o.id = c.purchase_option
  WHERE o.name IN ('on-demand', 'fargate')
),
money AS (
  SELECT s.on_demand AS on_demand, s.cost AS cost, s.lost AS lost,
    CAST(r.cost * (1.0 - s.cost * 1.0 / NULLIF(s.on_demand, 0)) AS BIGINT) AS rerun,
    (SELECT COUNT(*) FROM lost_attempt) AS lost_attempts, r.attempts AS rerun_attempts
  FROM spot s CROSS JOIN rerun r
  WHERE s.on_demand > 0
),
step AS (
  SELECT 1 AS place, 'At On-Demand rates' AS step, NULL AS evidence, 0 AS from_amount, on_demand AS to_amount,
    on_demand AS amount, 'on-demand' AS token, 0 AS is_hollow FROM money
  UNION ALL
  SELECT 2, 'Paid for Spot', 'lost work included', on_demand, on_demand - cost, -cost, 'spot', 0 FROM money
  UNION ALL
  SELECT 3, 'Gross saving', CAST(ROUND((on_demand - cost) * 100.0 / on_demand, 1) AS VARCHAR(8)) || '%', 0, on_demand - cost,
    on_demand - cost, 'positive', 1 FROM money
  UNION ALL
  SELECT 4, 'Lost work', CAST(lost_attempts AS VARCHAR(20)) || ' attempts', on_demand - cost, on_demand - cost - lost, -lost,
    'negative', 0 FROM money
  UNION ALL
  SELECT 5, 'Re-runs on On-Demand', CAST(rerun_attempts AS VARCHAR(20)) || ' attempts', on_demand - cost - lost,
    on_demand - cost - lost - rerun, -rerun, 'negative', 0 FROM money
  UNION ALL
  SELECT 6, 'Net saving', CAST(ROUND((on_demand - cost - lost - rerun) * 100.0 / on_demand, 1) AS VARCHAR(8)) || '%', 0,
    on_demand - cost - lost - rerun, on_demand - cost - lost - rerun, 'positive', 0 FROM money
)
SELECT step AS step, evidence AS evidence, from_amount AS from_nanodollars, to_amount AS to_nanodollars,
  amount AS change_nanodollars, token AS token, is_hollow AS is_hollow
FROM step
ORDER BY place
