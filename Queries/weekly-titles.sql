-- Facts for the titles of figures in the weekly report.
-- One row; NULL if there is nothing to say.
--   top_queue, top_queue_usd, top_queue_share            most expensive job queue, share of work
--   top_two_tags_share      the two most expensive values of the tag named by the parameter `tag`, share of work, if it has
--                           three or more;  top_tag, top_tag_share the most expensive;  tagged_share of work that has the tag
--   top_definition, top_definition_usd, top_definition_share        most expensive step or job definition, share of work
--   top_unused_kind, top_unused_share     boot, packing, gap, tail, idle or reserved: the most expensive one, its share
--   packing_share           of unused;  top_environment, top_environment_share  most unused, share of unused
--   top_ten_jobs_share      of work, if there are more than ten;  top_jobs the most expensive, ten at most;  top_ten_failed
--                           how many of them failed
--   retried_usd, retried_share                           retried or failed attempts, share of cost
--   top_cause, top_cause_share                           their most expensive cause
--   reserved_min, reserved_max      lowest and highest reserved share of vCPUs by day
--   vcpu_share, memory_share        reserved share of all vCPUs and memory on EC2
--   slow_queues, waiting_queues     queues in which one job in twenty waited an hour or more; queues in which jobs started
--   weeks, is_dearest_week          whole weeks that cost-by-week shows; 1: the last is whole and cost more than any other,
--                                   by a cent or more, and the cost of all is known
--   queues          with work
--   bill_days, bill_from, bill_to   days of the period that a bill covers, the first and the last of them
--   errors, warnings, notes         rows of the query findings-by-check, by severity
WITH period AS (
  SELECT MIN(day) AS first_day, MAX(day) + 1 AS end_day FROM calendar WHERE date >= :from AND date < :to
),
cost AS (
  SELECT d.job_queue AS job_queue, d.job_definition AS job_definition, d.tag_set AS tag_set,
    d.compute_environment AS compute_environment, d.outcome AS outcome, d.kind AS kind, d.account_name AS account,
    SUM(d.cost) AS cost
  FROM daily_part d
  JOIN period p ON d.day >= p.first_day AND d.day < p.end_day
  GROUP BY d.job_queue, d.job_definition, d.tag_set, d.compute_environment, d.outcome, d.kind, d.account_name
),
sums AS (
  SELECT SUM(d.cost) AS cost, SUM(d.work) AS work, SUM(d.unused) AS unused,
    NULLIF(SUM(d.packing), CASE WHEN COUNT(d.packing) < COUNT(*) THEN 0 END) AS packing,
    NULLIF(SUM(d.failed), CASE WHEN COUNT(d.failed) < COUNT(*) THEN 0 END) AS retried,
    COUNT(DISTINCT d.job_queue) AS queues
  FROM daily_part d
  JOIN period p ON d.day >= p.first_day AND d.day < p.end_day
),
queue AS (
  SELECT q.name AS name, SUM(c.cost) AS cost, ROW_NUMBER() OVER (ORDER BY SUM(c.cost) DESC, q.name) AS place
  FROM cost c JOIN named_queue q ON q.id = c.job_queue GROUP BY q.name
),
definition AS (
  SELECT s.name AS name, SUM(d.cost) AS cost, ROW_NUMBER() OVER (ORDER BY SUM(d.cost) DESC, s.name) AS place
  FROM step_day d JOIN period p ON d.day >= p.first_day AND d.day < p.end_day JOIN named_step s ON s.id = d.job_step
  GROUP BY s.id, s.name
),
tagged AS (
  SELECT t.value AS value, SUM(c.cost) AS cost, ROW_NUMBER() OVER (ORDER BY SUM(c.cost) DESC, t.value NULLS FIRST) AS place
  FROM cost c JOIN tag t ON t.tag_set = c.tag_set AND t.name = :tag WHERE c.kind <> 'unused' GROUP BY t.value
),
environment AS (
  SELECT e.name AS name, SUM(c.cost) AS cost, ROW_NUMBER() OVER (ORDER BY SUM(c.cost) DESC, e.name) AS place
  FROM cost c JOIN named_environment e ON e.id = c.compute_environment WHERE c.kind = 'unused' GROUP BY e.name
),
unused_kind AS (
  SELECT SUBSTR(c.account, 8) AS kind, SUM(c.cost) AS cost, ROW_NUMBER() OVER (ORDER BY SUM(c.cost) DESC, c.account) AS place
  FROM cost c WHERE c.kind = 'unused' AND c.cost IS NOT NULL GROUP BY c.account
),
cause AS (
  SELECT o.name AS name, SUM(c.cost) AS cost, ROW_NUMBER() OVER (ORDER BY SUM(c.cost) DESC, o.name) AS place
  FROM cost c JOIN outcome o ON o.id = c.outcome WHERE c.outcome > 0 GROUP BY o.name
),
submission AS (
  SELECT s.submission AS submission, MAX(s.parent) AS parent, MAX(s.job) AS job, SUM(s.cost) AS cost
  FROM submission_day s
  JOIN period p ON s.day >= p.first_day AND s.day < p.end_day
  GROUP BY s.submission
),
-- Jobs of equal cost are in the order of job-cost, so that title and table take the same ten.
dear AS (
  SELECT s.parent AS parent, s.job AS job, s.cost AS cost, RANK() OVER (ORDER BY s.cost DESC) AS place
  FROM submission s WHERE s.cost IS NOT NULL
),
ranked AS (
  SELECT d.cost AS cost, COALESCE(w.status, j.status) AS status,
    ROW_NUMBER() OVER (ORDER BY d.cost DESC, COALESCE(p.job_id, j.job_id)) AS place
  FROM dear d
  JOIN job j ON j.id = d.job
  LEFT JOIN job_parent p ON p.id = d.parent
  LEFT JOIN job w ON w.job_id = p.job_id
  WHERE d.place <= 10
),
dearest AS (
  SELECT SUM(r.cost) AS cost, COUNT(*) AS jobs,
    (SELECT COUNT(*) FROM dear) AS of_jobs,
    SUM(CASE WHEN r.status = 'FAILED' THEN 1 ELSE 0 END) AS failed
  FROM ranked r
  WHERE r.place <= 10
),
days AS (
  SELECT k.day AS day, SUM(h.reserved_milli_vcpu_ms) AS reserved, SUM(h.capacity_milli_vcpu_ms) AS capacity,
    SUM(h.reserved_mib_ms) AS reserved_mib, SUM(h.capacity_mib_ms) AS capacity_mib
  FROM hourly_use h
  JOIN calendar k ON h.hour >= k.day * 24 AND h.hour < k.day * 24 + 24
  WHERE k.date >= :from AND k.date < :to
  GROUP BY k.day
),
daily AS (
  SELECT MIN(reserved * 1e0 / NULLIF(capacity, 0)) AS lowest, MAX(reserved * 1e0 / NULLIF(capacity, 0)) AS highest,
    SUM(reserved) * 1e0 / NULLIF(SUM(capacity), 0) AS vcpu,
    SUM(reserved_mib) * 1e0 / NULLIF(SUM(capacity_mib), 0) AS memory
  FROM days
),
checks AS (
  SELECT DISTINCT f.check_name AS name, f.severity AS severity
  FROM finding_day f
  JOIN period p ON f.day IS NULL OR (f.day >= p.first_day AND f.day < p.end_day)
),
found AS (
  SELECT COALESCE(SUM(CASE WHEN severity = 'error' THEN 1 ELSE 0 END), 0) AS errors,
    COALESCE(SUM(CASE WHEN severity = 'warning' THEN 1 ELSE 0 END), 0) AS warnings,
    COALESCE(SUM(CASE WHEN severity = 'note' THEN 1 ELSE 0 END), 0) AS notes
  FROM checks
),
wait AS (
  SELECT w.job_queue AS job_queue, w.seconds AS seconds,
    SUM(SUM(w.jobs)) OVER (PARTITION BY w.job_queue ORDER BY w.seconds) AS place,
    SUM(SUM(w.jobs)) OVER (PARTITION BY w.job_queue) AS jobs
  FROM start_wait w
  JOIN period p ON w.day >= p.first_day AND w.day < p.end_day
  GROUP BY w.job_queue, w.seconds
),
slowest AS (
  SELECT job_queue AS job_queue, MIN(CASE WHEN place * 100 >= jobs * 95 THEN seconds END) AS seconds FROM wait GROUP BY job_queue
),
slow AS (
  SELECT COUNT(*) AS queues, SUM(CASE WHEN seconds >= 3600 THEN 1 ELSE 0 END) AS slow FROM slowest
),
week AS (
  SELECT k.week AS week, MAX(k.day) AS last_day,
    CASE WHEN SUM(t.ran) = 0 THEN 0 ELSE SUM(CASE WHEN t.ran = 1 THEN t.cost END) END AS cost,
    CASE WHEN SUM(d.unpriced_ms) * MAX(r.parts) > SUM(d.ms) THEN 1 ELSE 0 END AS is_unpriced
  FROM day_total t JOIN calendar k ON k.day = t.day
  LEFT JOIN priced_day d ON d.day = t.day
  CROSS JOIN priced_rule r
  WHERE k.date < :to AND k.day >= (SELECT MAX(day) - 55 FROM calendar WHERE date < :to)
  GROUP BY k.week
  HAVING COUNT(*) = 7 AND MAX(k.until) IS NULL
),
latest AS (
  SELECT cost FROM week WHERE last_day = (SELECT MAX(day) FROM calendar WHERE date < :to)
),
weeks AS (
  SELECT COUNT(*) AS weeks,
    CASE WHEN COUNT(*) > 1 AND SUM(w.is_unpriced) = 0 AND SUM(CASE WHEN w.cost > l.cost - 10000000 THEN 1 ELSE 0 END) = 1 THEN 1 ELSE 0 END AS dearest
  FROM week w LEFT JOIN latest l ON 1 = 1
),
bill AS (
  SELECT COUNT(*) AS days, MIN(date) AS first_date, MAX(date) AS last_date
  FROM bill_day WHERE date >= :from AND date < :to
)
SELECT
  q.name AS top_queue,
  q.cost AS top_queue_nanodollars,
  q.cost * 1e0 / NULLIF(s.work, 0) AS top_queue_share,
  CASE WHEN (SELECT COUNT(*) FROM tagged) >= 3
    THEN (SELECT SUM(cost) FROM tagged WHERE place <= 2) * 1e0 / NULLIF(s.work, 0) END AS top_two_tags_share,
  (SELECT value FROM tagged WHERE place = 1) AS top_tag,
  (SELECT cost FROM tagged WHERE place = 1) * 1e0 / NULLIF(s.work, 0) AS top_tag_share,
  (SELECT SUM(cost) FROM tagged) * 1e0 / NULLIF(s.work, 0) AS tagged_share,
  d.name AS top_definition,
  d.cost AS top_definition_nanodollars,
  d.cost * 1e0 / NULLIF(s.work, 0) AS top_definition_share,
  s.packing * 1e0 / NULLIF(s.unused, 0) AS packing_share,
  n.kind AS top_unused_kind,
  n.cost * 1e0 / NULLIF(s.unused, 0) AS top_unused_share,
  e.name AS top_environment,
  e.cost * 1e0 / NULLIF(s.unused, 0) AS top_environment_share,
  CASE WHEN t.of_jobs > 10 THEN t.cost * 1e0 / NULLIF(s.work, 0) END AS top_ten_jobs_share,
  t.jobs AS top_jobs,
  t.failed AS top_ten_failed,
  s.retried AS retried_nanodollars,
  s.retried * 1e0 / NULLIF(s.cost, 0) AS retried_share,
  c.name AS top_cause,
  c.cost * 1e0 / NULLIF(s.retried, 0) AS top_cause_share,
  h.lowest AS reserved_min,
  h.highest AS reserved_max,
  h.vcpu AS vcpu_share,
  h.memory AS memory_share,
  s.queues AS queues,
  f.errors AS errors,
  f.warnings AS warnings,
  f.notes AS notes,
  l.slow AS slow_queues,
  l.queues AS waiting_queues,
  k.weeks AS weeks,
  k.dearest AS is_dearest_week,
  x.days AS bill_days,
  x.first_date AS bill_from,
  x.last_date AS bill_to
FROM sums s
LEFT JOIN queue q ON q.place = 1
LEFT JOIN definition d ON d.place = 1
LEFT JOIN environment e ON e.place = 1
LEFT JOIN unused_kind n ON n.place = 1
LEFT JOIN cause c ON c.place = 1
CROSS JOIN dearest t
CROSS JOIN daily h
CROSS JOIN found f
CROSS JOIN slow l
CROSS JOIN weeks k
CROSS JOIN bill x
