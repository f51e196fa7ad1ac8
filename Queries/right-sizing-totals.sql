-- Right-sizing in one row.
-- One row: the period.
--   environments_saving_usd     all advice on compute environments, without overlap, in the week of `advice`
--   three_saving_usd            the three largest of it, without overlap
--   week_start                  the first day of that week in the data
--   is_whole_week               1: all days of that week are in the data and over
--   sizes_saving_usd            all job definitions, in the period
--   measured_usd                cost of the job definitions with measured jobs
--   attempts_measured, attempts with a usage record, and all, that began in the period
--   out_of_memory_attempts, out_of_memory_usd   attempts that ran out of memory, and what they cost
--   definitions                 with measured jobs and cost in the period;  memory_definitions those whose memory was measured;
--                               over_memory those of them advised to ask for less memory
--   shape_environment           the most expensive compute environment, of those with 1.5 times the memory per vCPU that
--                               jobs reserve, or more;  shape_reserved, shape_bought GiB per vCPU
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
  SELECT SUM(d.saving) AS saving, SUM(d.cost) AS cost, COUNT(DISTINCT s.id) AS definitions,
    COUNT(DISTINCT CASE WHEN s.used_mib_p95 IS NOT NULL AND s.used_mib_imputed = 0 THEN s.id END) AS memory_definitions,
    COUNT(DISTINCT CASE WHEN s.advised_mib < s.requested_mib THEN s.id END) AS over_memory
  FROM right_sizing_day d JOIN right_sizing s ON s.id = d.right_sizing JOIN calendar k ON k.day = d.day
  WHERE k.date >= :from AND k.date < :to
),
known AS (
  SELECT SUM(m.attempts) AS attempts, SUM(m.cost) AS cost
  FROM measured_day m JOIN calendar k ON k.day = m.day WHERE k.date >= :from AND k.date < :to
),
begun AS (
  SELECT SUM(t.attempts) AS attempts
  FROM start_day t JOIN calendar k ON k.day = t.day WHERE k.date >= :from AND k.date < :to
),
work AS (
  SELECT SUM(d.cost) AS cost,
    SUM(CASE WHEN o.name = 'out of memory' THEN d.attempts ELSE 0 END) AS killed,
    NULLIF(SUM(d.out_of_memory), CASE WHEN COUNT(d.out_of_memory) < COUNT(*) THEN 0 END) AS killed_cost
  FROM daily_part d
  JOIN calendar k ON k.day = d.day
  JOIN outcome o ON o.id = d.outcome
  WHERE k.date >= :from AND k.date < :to AND d.kind <> 'unused'
),
shape AS (
  SELECT e.name AS name,
    SUM(h.reserved_mib_ms) * 1000e0 / 1024 / NULLIF(SUM(h.reserved_milli_vcpu_ms), 0) AS reserved,
    SUM(h.capacity_mib_ms) * 1000e0 / 1024 / NULLIF(SUM(h.capacity_milli_vcpu_ms), 0) AS bought,
    SUM(h.capacity_milli_vcpu_ms) AS size
  FROM hourly_use h
  JOIN calendar k ON h.hour >= k.day * 24 AND h.hour < k.day * 24 + 24
  JOIN named_environment e ON e.id = h.compute_environment
  WHERE k.date >= :from AND k.date < :to
  GROUP BY e.name
),
odd AS (
  SELECT name, reserved, bought, ROW_NUMBER() OVER (ORDER BY size DESC, name) AS place
  FROM shape WHERE bought >= reserved * 1.5e0
)
SELECT
  e.saving AS environments_saving_nanodollars,
  e.three AS three_saving_nanodollars,
  (SELECT CASE WHEN COUNT(*) = 7 AND MAX(k.until) IS NULL THEN 1 ELSE 0 END
    FROM calendar k JOIN chosen c ON c.week = k.week) AS is_whole_week,
  (SELECT MIN(k.date) FROM calendar k JOIN chosen c ON c.week = k.week) AS week_start,
  e.changes AS changes,
  s.saving AS sizes_saving_nanodollars,
  s.cost AS measured_nanodollars,
  COALESCE(n.attempts, 0) AS attempts_measured,
  COALESCE(b.attempts, 0) AS attempts,
  w.killed AS out_of_memory_attempts,
  w.killed_cost AS out_of_memory_nanodollars,
  s.definitions AS definitions,
  s.memory_definitions AS memory_definitions,
  s.over_memory AS over_memory,
  o.name AS shape_environment,
  o.reserved AS shape_reserved,
  o.bought AS shape_bought,
  COALESCE(n.cost, 0) * 1e0 / NULLIF(w.cost, 0) AS known_share
FROM environments e CROSS JOIN sizes s CROSS JOIN known n CROSS JOIN begun b CROSS JOIN work w
LEFT JOIN odd o ON o.place = 1
