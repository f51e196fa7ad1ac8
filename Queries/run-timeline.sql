-- When and where attempts of the jobs chosen by `--where` ran, by step.
-- A row is a bar: an attempt on its job's lane. Steps are in the order in which they began, and within a step the jobs of one
-- host are next to each other; a job by which a client tried again shares the lane of the job that failed. If that would be
-- more than 32 lanes, lanes are steps (the 31 that ran longest, and the others together), and a row is a 150th of the time in
-- which attempts of the step ran.
--   host               of the attempt: an instance or a task; NULL if lanes are steps
--   lane               its number and its label: the step on its first lane
--   started_at, stopped_at   of the attempt, up to the time of collection, or of the 150th
--   kind               spot, on-demand, fargate, fargate-spot, other; failed: retried or failed; lost: with its Spot host
--   attempts           the usual number at once; 1 for a single attempt
--   opacity            0.25 to 1: attempts ÷ the step's most at once
--   is_gathered        1: lanes are steps
WITH RECURSIVE ran AS (
  SELECT t.id AS attempt, COALESCE(f.job, e.job, t.job) AS work, i.job_step AS step, t.started_at_ms AS started,
    CASE WHEN COALESCE(t.stopped_at_ms, CAST(z.value AS BIGINT)) > t.started_at_ms
      THEN COALESCE(t.stopped_at_ms, CAST(z.value AS BIGINT)) ELSE t.started_at_ms + 1 END AS stopped,
    COALESCE(c.instance_id, t.instance_id, c.name, t.task_id, 'unknown') AS host,
    -- The ledger has no outcome for attempts on unknown hosts.
    CASE WHEN t.ordinal < j.attempts OR j.status = 'FAILED' AND j.stopped_at_ms IS NOT NULL THEN 1 ELSE 0 END AS failed
  FROM attempt t
  JOIN job j ON j.id = t.job
  JOIN job_identity i ON i.job = t.job
  LEFT JOIN client_rerun e ON e.next = t.job
  LEFT JOIN client_rerun f ON f.next = e.job
  LEFT JOIN container_instance c ON c.id = t.container_instance
  JOIN ledger_setting z ON z.name = 'collected_at_ms'
  WHERE t.started_at_ms <= CAST(z.value AS BIGINT)
),
option_of AS (
  SELECT r.name AS host, MIN(o.name) AS name
  FROM resource r JOIN purchase_option o ON o.id = r.purchase_option
  WHERE r.kind IN ('instance', 'fargate-task')
  GROUP BY r.name
),
failure AS (
  SELECT f.attempt AS attempt,
    MAX(CASE WHEN f.on_spot = 1 AND x.name IN ('interrupted', 'host lost') THEN 1 ELSE 0 END) AS lost
  FROM failed_attempt f JOIN outcome x ON x.id = f.outcome
  GROUP BY f.attempt
),
bar AS (
  SELECT r.attempt AS attempt, r.work AS work, r.step AS step, r.host AS host, r.started AS started, r.stopped AS stopped,
    CASE WHEN f.lost = 1 THEN 'lost' WHEN f.lost = 0 OR r.failed = 1 THEN 'failed'
      WHEN o.name IN ('spot', 'fargate', 'fargate-spot', 'on-demand') THEN o.name ELSE 'other' END AS kind
  FROM ran r
  LEFT JOIN failure f ON f.attempt = r.attempt
  LEFT JOIN option_of o ON o.host = r.host
),
step AS (
  SELECT b.step AS step, MIN(b.started) AS began, SUM(b.stopped - b.started) AS ms FROM bar b GROUP BY b.step
),
ranked AS (
  SELECT s.step AS step, s.began AS began, ROW_NUMBER() OVER (ORDER BY s.ms DESC, s.step) AS place,
    COUNT(*) OVER () AS steps
  FROM step s
),
host AS (
  SELECT b.step AS step, b.host AS host, MIN(b.started) AS began FROM bar b GROUP BY b.step, b.host
),
work AS (
  SELECT b.step AS step, b.work AS work, MIN(b.started) AS began FROM bar b GROUP BY b.step, b.work
),
-- The host on which a piece of work began.
home AS (
  SELECT w.step AS step, w.work AS work, w.began AS began, MIN(b.host) AS host
  FROM work w JOIN bar b ON b.step = w.step AND b.work = w.work AND b.started = w.began
  GROUP BY w.step, w.work, w.began
),
work_lane AS (
  SELECT w.step AS step, w.work AS work,
    ROW_NUMBER() OVER (ORDER BY s.began, s.step, h.began, h.host, w.began, w.work) AS lane,
    ROW_NUMBER() OVER (PARTITION BY w.step ORDER BY h.began, h.host, w.began, w.work) AS place,
    COUNT(*) OVER () AS lanes
  FROM home w
  JOIN host h ON h.step = w.step AND h.host = w.host
  JOIN step s ON s.step = w.step
),
step_lane AS (
  SELECT r.step AS step, CASE WHEN r.steps <= 32 OR r.place < 32 THEN r.step END AS shown,
    DENSE_RANK() OVER (ORDER BY CASE WHEN r.steps <= 32 OR r.place < 32 THEN 0 ELSE 1 END,
      CASE WHEN r.steps <= 32 OR r.place < 32 THEN r.began END NULLS FIRST,
      CASE WHEN r.steps <= 32 OR r.place < 32 THEN r.step END NULLS FIRST)
      AS lane
  FROM ranked r
),
span AS (
  SELECT MIN(b.started) AS began, MAX(b.stopped) AS ended,
    CAST((MAX(b.stopped) - MIN(b.started) - (MAX(b.stopped) - MIN(b.started)) % 150) / 150 AS BIGINT) AS step
  FROM bar b
),
bin(number) AS (
  SELECT 0 UNION ALL SELECT number + 1 FROM bin WHERE number < 149
),
slice AS (
  SELECT n.number AS number, s.began + s.step * n.number AS began,
    CASE WHEN n.number = 149 THEN s.ended ELSE s.began + s.step * (n.number + 1) END AS ended
  FROM bin n CROSS JOIN span s
  WHERE (SELECT COUNT(*) FROM work) > 32
),
filled AS (
  SELECT l.lane AS lane, l.shown AS shown, e.began AS began, e.ended AS ended,
    SUM((CASE WHEN b.stopped < e.ended THEN b.stopped ELSE e.ended END)
      - (CASE WHEN b.started > e.began THEN b.started ELSE e.began END)) * 1e0 / NULLIF(e.ended - e.began, 0) AS attempts,
    CASE WHEN MAX(CASE WHEN b.kind = 'lost' THEN 1 ELSE 0 END) = 1 THEN 'lost'
      WHEN MIN(b.kind) = MAX(b.kind) THEN MIN(b.kind) WHEN MAX(CASE WHEN b.kind = 'failed' THEN 1 ELSE 0 END) = 1 THEN
        MAX(CASE WHEN b.kind <> 'failed' THEN b.kind END) ELSE MIN(b.kind) END AS kind
  FROM slice e
  JOIN bar b ON b.started < e.ended AND b.stopped > e.began
  JOIN step_lane l ON l.step = b.step
  GROUP BY l.lane, l.shown, e.began, e.ended
)
SELECT
  CASE WHEN l.lane < 10 THEN '00' WHEN l.lane < 100 THEN '0' ELSE '' END || l.lane || ' ' || CASE WHEN l.place = 1 THEN s.name ELSE '' END AS lane,
  b.host AS host,
  b.started AS started_at_ms,
  b.stopped AS stopped_at_ms,
  b.kind AS kind,
  1e0 AS attempts,
  1e0 AS opacity,
  0 AS is_gathered
FROM bar b
JOIN work_lane l ON l.step = b.step AND l.work = b.work
JOIN named_step s ON s.id = b.step
WHERE l.lanes <= 32
UNION ALL
SELECT
  CASE WHEN f.lane < 10 THEN '00' ELSE '0' END || f.lane || ' ' || COALESCE(s.name, 'others'),
  NULL,
  f.began, f.ended, f.kind, f.attempts,
  0.25e0 + 0.75e0 * f.attempts / MAX(f.attempts) OVER (PARTITION BY f.lane),
  1
FROM filled f
LEFT JOIN named_step s ON s.id = f.shown
ORDER BY 1 NULLS FIRST, 3 NULLS FIRST, 4 NULLS FIRST, 5 NULLS FIRST, 2 NULLS FIRST
