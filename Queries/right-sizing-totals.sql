-- Right-sizing in one row.
-- One row: the period.
--   environments_saving_usd     advice on compute environments together, their overlap taken off, in the week of `advice`
--   three_saving_usd            the three dearest of it, overlap taken off
--   sizes_saving_usd            job definitions together, of the period
--   measured_usd                cost of the job definitions with measured jobs
--   attempts_measured, attempts with a usage record, and all, that began in the period
--   out_of_memory_attempts, out_of_memory_usd   attempts that ran out of memory, and what they cost
--   known_share                 cost of attempts with a usage record ÷ cost of work, 0 to 1
WITH days AS (
  SELECT week AS week, COUNT(*) AS days, MAX(day) AS last_day
  FROM calendar WHERE date >= :from AND date < :to GROUP BY week
),
chosen AS (
  SELECT week AS week FROM days ORDER BY CASE WHEN days >= 4 THEN 0 ELSE 1 END, last_day DESC LIMIT 1
),
environments AS (
  SELECT SUM(a.counted) AS saving, SUM(CASE WHEN a.position <= 3 THEN a.counted END) AS three, COUNT(*) AS changes
  FROM advice a JOIN chosen c ON c.week = a.week
),
sizes AS (
  SELECT SUM(d.saving) AS saving, SUM(d.cost) AS cost
  FROM right_sizing_day d JOIN calendar k ON k.day = d.day WHERE k.date >= :from AND k.date < :to
),
known AS (
  SELECT SUM(m.attempts) AS attempts, SUM(m.cost) AS cost
  FROM measured_day m JOIN calendar k ON k.day = m.day WHERE k.date >= :from AND k.date < :to
),
work AS (
  SELECT SUM(d.attempts) AS attempts, SUM(d.cost) AS cost,
    SUM(CASE WHEN o.name = 'out of memory' THEN d.attempts ELSE 0 END) AS killed,
    SUM(CASE WHEN o.name = 'out of memory' THEN d.cost ELSE 0 END) AS killed_cost
  FROM daily_cost d
  JOIN calendar k ON k.day = d.day
  JOIN ledger_account a ON a.id = d.account
  JOIN outcome o ON o.id = d.outcome
  WHERE k.date >= :from AND k.date < :to AND a.kind <> 'unused'
)
SELECT
  e.saving AS environments_saving_nanodollars,
  e.three AS three_saving_nanodollars,
  e.changes AS changes,
  s.saving AS sizes_saving_nanodollars,
  s.cost AS measured_nanodollars,
  COALESCE(n.attempts, 0) AS attempts_measured,
  COALESCE(w.attempts, 0) AS attempts,
  w.killed AS out_of_memory_attempts,
  w.killed_cost AS out_of_memory_nanodollars,
  COALESCE(n.cost, 0) * 1.0 / NULLIF(w.cost, 0) AS known_share
FROM environments e CROSS JOIN sizes s CROSS JOIN known n CROSS JOIN work w
