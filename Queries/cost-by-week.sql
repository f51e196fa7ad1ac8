-- Cost by ISO week, up to the period's end: eight weeks at most.
-- A row is a week, Monday to Sunday; the last may be cut by the period.
--   week         2026-W43;  first_day its Monday, or the first day known
--   days         days of the week that have data
--   jobs         jobs whose first attempt began in the week
SELECT
  k.week AS week,
  MIN(k.date) AS first_day,
  COUNT(DISTINCT k.day) AS days,
  SUM(d.cost) AS cost_nanodollars,
  SUM(CASE WHEN a.kind = 'unused' THEN 0 ELSE d.cost END) AS work_nanodollars,
  SUM(CASE WHEN a.kind = 'unused' THEN d.cost ELSE 0 END) AS unused_nanodollars,
  SUM(d.on_demand) AS on_demand_nanodollars,
  SUM(d.jobs) AS jobs
FROM daily_cost d
JOIN calendar k ON k.day = d.day
JOIN ledger_account a ON a.id = d.account
WHERE k.date < :to AND k.day >= (SELECT MAX(day) - 55 FROM calendar WHERE date < :to)
GROUP BY k.week
ORDER BY k.week
