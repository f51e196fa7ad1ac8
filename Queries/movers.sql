-- What changed most since the period of the same length before.
-- A row is a step, or a job definition if no workflow client is recognised, as in the query cost-by-job-definition: the nine
-- that changed most, then all others together, then unused cost. No rows unless this period and the one before it can be
-- compared, as in the query headline, and something changed by a cent.
--   step             NULL for the last two;  job_definition its name, with * for what varies
--   client, workflow NULL if no client was recognised, or it names no workflow;  kind definition, others, unused
--   cost_usd         attempts and startup in the period;  previous_cost_usd in the one before;  NULL if unknown
--   change_usd       their difference: the column adds up to the change of all cost;  change a ratio, NULL for new rows
WITH part AS (
  SELECT d.job_step AS step, 0 AS is_unused, d.day AS day, d.cost AS cost FROM step_day d
  UNION ALL
  SELECT NULL, 1, d.day, d.unused FROM daily_part d WHERE d.kind = 'unused'
),
compared AS (
  SELECT d.step AS step, d.is_unused AS is_unused,
    CASE WHEN d.day >= p.first_day THEN d.cost ELSE 0 END AS cost,
    CASE WHEN d.day < p.first_day THEN d.cost ELSE 0 END AS previous
  FROM part d
  JOIN comparable_period p ON d.day >= 2 * p.first_day - p.end_day AND d.day < p.end_day
  WHERE p.from_date = :from AND p.to_date = :to
),
cost AS (
  SELECT c.step AS step, c.is_unused AS is_unused,
    NULLIF(SUM(c.cost), CASE WHEN COUNT(c.cost) < COUNT(*) THEN 0 END) AS cost,
    NULLIF(SUM(c.previous), CASE WHEN COUNT(c.previous) < COUNT(*) THEN 0 END) AS previous
  FROM compared c
  GROUP BY c.step, c.is_unused
),
ranked AS (
  SELECT c.step AS step, c.is_unused AS is_unused, c.cost AS cost, c.previous AS previous,
    ROW_NUMBER() OVER (PARTITION BY c.is_unused ORDER BY ABS(c.cost - c.previous) DESC, s.name NULLS FIRST, s.workflow NULLS FIRST,
      c.step NULLS FIRST) AS place
  FROM cost c
  LEFT JOIN named_step s ON s.id = c.step
),
row_of AS (
  SELECT
    CASE WHEN r.is_unused = 0 AND r.place <= 9 THEN r.step END AS step,
    CASE WHEN r.is_unused = 1 THEN 'unused' WHEN r.place <= 9 THEN 'definition' ELSE 'others' END AS kind,
    r.cost AS cost,
    r.previous AS previous
  FROM ranked r
)
SELECT
  s.name AS step,
  s.job_definition AS job_definition,
  s.client AS client,
  s.workflow AS workflow,
  r.kind AS kind,
  SUM(r.cost) AS cost_nanodollars,
  SUM(r.previous) AS previous_cost_nanodollars,
  SUM(r.cost) - SUM(r.previous) AS change_nanodollars,
  SUM(r.cost) * 1e0 / NULLIF(SUM(r.previous), 0) - 1 AS change
FROM row_of r
LEFT JOIN named_step s ON s.id = r.step
WHERE EXISTS (SELECT 1 FROM row_of x WHERE ABS(x.cost - x.previous) >= 5000000)
GROUP BY r.step, s.name, s.job_definition, s.client, s.workflow, r.kind
ORDER BY CASE r.kind WHEN 'definition' THEN 0 WHEN 'others' THEN 1 ELSE 2 END, change_nanodollars DESC, s.name NULLS FIRST,
  s.workflow NULLS FIRST, r.step NULLS FIRST
