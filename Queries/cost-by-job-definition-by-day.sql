-- Cost by step and day, for small bars in tables; jobs without a workflow client by job definition.
-- A row is a step × UTC day with cost. Steps are as in the query cost-by-job-definition.
--   step               NULL for unused cost;  job_definition, client, workflow   as in cost-by-job-definition
--   cost_usd           attempts and startup; in the row for unused, the unused cost
--   kind               definition, unused
--   is_partial         1: collection ended within the day
SELECT
  s.name AS step,
  s.job_definition AS job_definition,
  s.client AS client,
  s.workflow AS workflow,
  'definition' AS kind,
  k.date AS day,
  d.cost AS cost_nanodollars,
  CASE WHEN k.until IS NULL THEN 0 ELSE 1 END AS is_partial
FROM step_day d
JOIN calendar k ON k.day = d.day
JOIN named_step s ON s.id = d.job_step
WHERE k.date >= :from AND k.date < :to
UNION ALL
SELECT NULL, NULL, NULL, NULL, 'unused', k.date, SUM(d.cost), CASE WHEN k.until IS NULL THEN 0 ELSE 1 END
FROM daily_cost d
JOIN calendar k ON k.day = d.day
JOIN ledger_account a ON a.id = d.account
WHERE a.kind = 'unused' AND k.date >= :from AND k.date < :to
GROUP BY k.date, k.until
ORDER BY 1 NULLS FIRST, 4 NULLS FIRST, 3 NULLS FIRST, 2 NULLS FIRST, 6
