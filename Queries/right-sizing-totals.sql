-- How much is known of what jobs use, and of the shape of what they run on.
-- One row. Savings are NULL until advice is computed.
--   attempts, attempts_measured      that began in the period; those with a usage record
--   known_share, measured_usd        share of the cost of work in queues' attempts that were measured; that cost
--   definitions, over_memory         measured job definitions; those that ask for 1.15 times their largest peak or more
--   out_of_memory_attempts, out_of_memory_usd
--   shape_environment                the compute environment, of those that bring half as much memory per vCPU again as
--                                    jobs reserve, that costs most; shape_reserved, shape_bought GiB per vCPU
WITH period AS (
  SELECT MIN(day) AS first_day, MAX(day) + 1 AS end_day FROM calendar WHERE date >= :from AND date < :to
),
begun AS (
  SELECT t.id AS id, t.job_definition AS job_definition, t.memory_mib AS memory_mib, u.memory_maximum_mib AS used_mib,
    CASE WHEN u.task_id IS NULL THEN 0 ELSE 1 END AS measured
  FROM attempt t
  JOIN period p ON t.started_at_ms >= p.first_day * 86400000 AND t.started_at_ms < p.end_day * 86400000
  LEFT JOIN task_usage u ON u.task_id = t.task_id AND u.source = 'container-insights'
),
counted AS (SELECT COUNT(*) AS attempts, SUM(measured) AS measured FROM begun),
measured_cost AS (
  SELECT SUM(g.cost) AS cost
  FROM posting g JOIN period p ON g.day >= p.first_day AND g.day < p.end_day
  WHERE g.attempt IN (SELECT id FROM begun WHERE measured = 1)
),
work AS (
  SELECT SUM(CASE WHEN a.kind = 'unused' THEN 0 ELSE d.cost END) AS cost,
    SUM(CASE WHEN o.name = 'out of memory' THEN d.attempts ELSE 0 END) AS oom_attempts,
    SUM(CASE WHEN o.name = 'out of memory' THEN d.cost ELSE 0 END) AS oom_cost
  FROM daily_cost d
  JOIN period p ON d.day >= p.first_day AND d.day < p.end_day
  JOIN ledger_account a ON a.id = d.account
  JOIN outcome o ON o.id = d.outcome
),
definition AS (
  SELECT f.name AS name, AVG(b.memory_mib) AS asked, MAX(b.used_mib) AS used
  FROM begun b JOIN job_definition f ON f.id = b.job_definition
  WHERE b.measured = 1
  GROUP BY f.name
),
asking AS (SELECT COUNT(*) AS definitions, SUM(CASE WHEN asked > used * 1.15 THEN 1 ELSE 0 END) AS over_memory FROM definition),
shape AS (
  SELECT e.name AS name,
    SUM(h.reserved_mib_ms) * 1000.0 / 1024 / NULLIF(SUM(h.reserved_milli_vcpu_ms), 0) AS reserved,
    SUM(h.capacity_mib_ms) * 1000.0 / 1024 / NULLIF(SUM(h.capacity_milli_vcpu_ms), 0) AS bought,
    SUM(h.capacity_milli_vcpu_ms) AS size
  FROM hourly_use h
  JOIN period p ON h.hour >= p.first_day * 24 AND h.hour < p.end_day * 24
  JOIN compute_environment e ON e.id = h.compute_environment
  GROUP BY e.name
),
odd AS (
  SELECT name, reserved, bought, ROW_NUMBER() OVER (ORDER BY size DESC, name) AS place
  FROM shape WHERE bought >= reserved * 1.5
)
SELECT
  c.attempts AS attempts,
  c.measured AS attempts_measured,
  m.cost AS measured_nanodollars,
  m.cost * 1.0 / NULLIF(w.cost, 0) AS known_share,
  k.definitions AS definitions,
  k.over_memory AS over_memory,
  w.oom_attempts AS out_of_memory_attempts,
  w.oom_cost AS out_of_memory_nanodollars,
  s.name AS shape_environment,
  s.reserved AS shape_reserved,
  s.bought AS shape_bought
FROM counted c CROSS JOIN measured_cost m CROSS JOIN work w CROSS JOIN asking k
LEFT JOIN odd s ON s.place = 1
