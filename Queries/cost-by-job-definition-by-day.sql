-- Cost by job definition and day, for small bars in tables.
-- A row is a job definition × UTC day with cost.
--   job_definition     revisions together; NULL for unused cost
--   cost_usd           attempts and startup; of the row for unused, the unused cost
--   kind               definition, unused
--   is_partial         1 where collection ended within the day
SELECT
  j.name AS job_definition,
  CASE WHEN a.kind = 'unused' THEN 'unused' ELSE 'definition' END AS kind,
  k.date AS day,
  SUM(d.cost) AS cost_nanodollars,
  CASE WHEN k.until IS NULL THEN 0 ELSE 1 END AS is_partial
FROM daily_cost d
JOIN calendar k ON k.day = d.day
JOIN ledger_account a ON a.id = d.account
LEFT JOIN job_definition j ON j.id = d.job_definition
WHERE k.date >= :from AND k.date < :to
GROUP BY j.name, CASE WHEN a.kind = 'unused' THEN 'unused' ELSE 'definition' END, k.date, k.until
ORDER BY j.name, k.date
