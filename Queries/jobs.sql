-- Jobs with their cost, as submitted: arrays and multi-node jobs once.
-- A row is a job that was created in the period, or ran in it; the newest first. Its cost covers all its attempts, whenever
-- they ran.
--   job_id, job_name, job_queue
--   state          of the parent, or of the single job
--   step, run      its step and its workflow run, for `--where run=`;  run_confidence sure: its client names the run;
--                  about: inferred from times; NULL without a run
--   user           the user, if a workflow client names one
--   created_at, started_at, stopped_at   started_at of its first attempt; NULL if none had started by the collection
--   wait_seconds, elapsed_seconds        created to started; started to stopped, or to the time of collection
--   children       known children; NULL for a single job;  failed_children of them
--   tries          attempts of all children
--   cost_usd       attempts and startup; NULL if nothing is priced;  lost_usd the part lost with Spot hosts, NULL if unknown
--   sure           estimate; so far: it is not over; host unknown: an attempt ran on an unknown host, which cost_usd leaves out;
--                  no price: nothing of it is priced; partly priced: more than 1 % of the time that an attempt had on one day has
--                  no price, so the cost is at least cost_usd; not started
WITH period AS (
  SELECT MIN(day) * 86400000 AS first_ms, (MAX(day) + 1) * 86400000 AS end_ms
  FROM calendar WHERE date >= :from AND date < :to
),
collected AS (
  SELECT COALESCE(MAX(CAST(value AS BIGINT)), 0) AS at_ms FROM ledger_setting WHERE name = 'collected_at_ms'
),
member AS (
  SELECT j.id AS id, COALESCE(-j.parent, j.id) AS submission, j.parent AS parent, j.job_id AS job_id, j.name AS name,
    j.job_queue AS job_queue, j.status AS status, j.created_at_ms AS created, j.stopped_at_ms AS stopped,
    j.attempts AS attempts, i.job_step AS step, i.workflow_run AS run, j.started_at_ms AS job_started
  FROM job j JOIN job_identity i ON i.job = j.id
),
start AS (
  SELECT t.job AS job, MIN(t.started_at_ms) AS started FROM attempt t CROSS JOIN collected c
  WHERE t.started_at_ms <= c.at_ms GROUP BY t.job
),
submitted AS (
  SELECT m.submission AS submission, MAX(m.parent) AS parent, MAX(m.job_id) AS job_id, MAX(m.name) AS name,
    MAX(m.job_queue) AS job_queue, MIN(m.status) AS status, MIN(m.created) AS created,
    MIN(COALESCE(s.started, CASE WHEN m.job_started <= c.at_ms THEN m.job_started END)) AS started,
    CASE WHEN SUM(CASE WHEN m.stopped IS NULL THEN 1 ELSE 0 END) = 0 THEN MAX(m.stopped) END AS stopped,
    COUNT(*) AS children, SUM(CASE WHEN m.status = 'FAILED' THEN 1 ELSE 0 END) AS failed, SUM(m.attempts) AS attempts,
    MAX(m.step) AS step, MAX(m.run) AS run
  FROM member m CROSS JOIN collected c LEFT JOIN start s ON s.job = m.id
  GROUP BY m.submission
),
cost AS (
  SELECT d.submission AS submission, SUM(d.cost) AS cost FROM submission_day d GROUP BY d.submission
),
lost AS (
  SELECT COALESCE(-t.parent, t.job) AS submission, SUM(f.cost) AS cost
  FROM failed_attempt f
  JOIN attempt t ON t.id = f.attempt
  JOIN outcome x ON x.id = f.outcome
  WHERE f.on_spot = 1 AND x.name IN ('interrupted', 'host lost')
  GROUP BY COALESCE(-t.parent, t.job)
),
partly AS (
  SELECT DISTINCT COALESCE(-t.parent, t.job) AS submission
  FROM posting p
  JOIN attempt t ON t.id = p.attempt
  CROSS JOIN priced_rule r
  WHERE EXISTS (SELECT 1 FROM daily_cost d WHERE d.unpriced_ms > 0) AND p.unpriced_ms * r.parts > p.ms
),
nowhere AS (
  SELECT DISTINCT COALESCE(-t.parent, t.job) AS submission FROM unplaced u JOIN attempt t ON t.id = u.attempt
)
SELECT
  COALESCE(p.job_id, s.job_id) AS job_id,
  s.name AS job_name,
  q.name AS job_queue,
  COALESCE(w.status, CASE WHEN s.parent IS NULL THEN s.status WHEN s.stopped IS NULL THEN 'PENDING'
    WHEN s.failed > 0 THEN 'FAILED' ELSE 'SUCCEEDED' END) AS state,
  y.name AS step,
  r.name AS run,
  CASE WHEN r.id IS NULL THEN NULL WHEN r.run IS NULL THEN 'about' ELSE 'sure' END AS run_confidence,
  r.user AS user,
  s.created AS created_at_ms,
  s.started AS started_at_ms,
  s.stopped AS stopped_at_ms,
  (s.started - s.created) / 1000e0 AS wait_seconds,
  (COALESCE(s.stopped, c.at_ms) - s.started) / 1000e0 AS elapsed_seconds,
  CASE WHEN s.parent IS NOT NULL THEN s.children END AS children,
  CASE WHEN s.parent IS NOT NULL THEN s.failed END AS failed_children,
  s.attempts AS tries,
  CASE WHEN s.started IS NULL THEN COALESCE(x.cost, 0) ELSE x.cost END AS cost_nanodollars,
  CASE WHEN l.submission IS NOT NULL THEN l.cost WHEN s.started IS NULL OR x.cost IS NOT NULL THEN 0 END AS lost_nanodollars,
  CASE
    WHEN s.started IS NULL THEN 'not started'
    WHEN n.submission IS NOT NULL THEN 'host unknown'
    WHEN x.cost IS NULL THEN 'no price'
    WHEN u.submission IS NOT NULL THEN 'partly priced'
    WHEN s.stopped IS NULL OR s.stopped > c.at_ms THEN 'so far'
    ELSE 'estimate'
  END AS sure
FROM submitted s
CROSS JOIN period e
CROSS JOIN collected c
JOIN named_queue q ON q.id = s.job_queue
JOIN named_step y ON y.id = s.step
LEFT JOIN job_parent p ON p.id = s.parent
LEFT JOIN job w ON w.job_id = p.job_id
LEFT JOIN workflow_run r ON r.id = s.run
LEFT JOIN cost x ON x.submission = s.submission
LEFT JOIN lost l ON l.submission = s.submission
LEFT JOIN nowhere n ON n.submission = s.submission
LEFT JOIN partly u ON u.submission = s.submission
WHERE s.created < e.end_ms AND COALESCE(s.stopped, c.at_ms) >= e.first_ms
ORDER BY s.created DESC, COALESCE(p.job_id, s.job_id)
