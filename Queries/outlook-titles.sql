-- Facts for the titles of the weekly report on the outlook and on the cost of a job.
-- One row; NULL if there is nothing to say.
--   whole_days              complete days in the data
--   week_usd, week_low_usd, week_high_usd, week_start, history_days    forecast of the week of the last collection
--   month_usd, month_start                                              and of its month
--   watched, series         series watched for anomalies, and all series
--   watch_days, watch_needed, watch_days_left    whole days of history of all cost: what it has, and what it needs
--   watch_active_days, watch_recent_days    recent days with a cost, if too few of them are why it is not watched
--   anomalies               days of the period that stand out
--   unit_definition, unit_usd, unit_failed_usd, unit_failed_share
--                           the definition whose failed jobs cost most: cost of a job that succeeded, the part for failed jobs,
--                           of jobs whose cost is known
--   held_definition, held_seconds, held_share    the array that its last children delayed longest
--   hidden_usd, hidden_cause, hidden_share       retries of jobs that succeeded; most expensive cause and its share
--   run_name, run_usd, run_jobs                  most expensive workflow run; run_is_about 1: inferred from times;  runs how many there are;
--                           run_is_priced   as is_priced in the query workflow-runs
WITH watch AS (
  SELECT COUNT(*) AS series, SUM(watched) AS watched,
    MAX(CASE WHEN kind = 'everything' THEN days END) AS days,
    MAX(CASE WHEN kind = 'everything' THEN needed END) AS needed,
    MAX(CASE WHEN kind = 'everything' AND why = 'seldom-active' THEN active_days END) AS active_days,
    MAX(CASE WHEN kind = 'everything' AND why = 'seldom-active' THEN recent_days END) AS recent_days
  FROM anomaly_watch
),
stood_out AS (
  SELECT COUNT(DISTINCT a.day) AS days
  FROM anomaly a JOIN calendar k ON k.day = a.day
  WHERE k.date >= :from AND k.date < :to
),
unit AS (
  SELECT j.name AS name, SUM(u.succeeded) AS succeeded, SUM(u.cost) AS cost, SUM(u.failed_cost) AS failed,
    ROW_NUMBER() OVER (ORDER BY SUM(u.failed_cost) DESC, j.id) AS place
  FROM unit_cost u
  JOIN calendar k ON k.day = u.day
  JOIN named_step j ON j.id = u.job_step
  WHERE k.date >= :from AND k.date < :to AND u.is_priced = 1
  GROUP BY j.id, j.name
  HAVING SUM(u.succeeded) > 0
),
held AS (
  SELECT j.name AS name, a.held_ms AS ms, a.held_ms * 1e0 / NULLIF(a.stopped_at_ms - a.started_at_ms, 0) AS share,
    ROW_NUMBER() OVER (ORDER BY a.held_ms DESC, a.parent) AS place
  FROM array_run a
  JOIN calendar k ON k.day = a.day
  JOIN named_step j ON j.id = a.job_step
  WHERE k.date >= :from AND k.date < :to AND a.children >= 10
),
hidden AS (
  SELECT o.name AS cause, SUM(r.cost) AS cost, ROW_NUMBER() OVER (ORDER BY SUM(r.cost) DESC, o.name) AS place
  FROM failed_attempt r
  JOIN calendar k ON k.day = r.day
  JOIN outcome o ON o.id = r.outcome
  WHERE k.date >= :from AND k.date < :to AND r.succeeded = 1 AND r.rerun <> 'none'
  GROUP BY o.name
),
hidden_sum AS (
  SELECT SUM(cost) AS cost FROM hidden
),
run AS (
  SELECT COALESCE(w.workflow, w.run, w.client) AS name, w.cost AS cost, w.jobs AS jobs,
    w.is_priced AS is_priced,
    CASE WHEN w.run IS NULL THEN 1 ELSE 0 END AS is_about,
    ROW_NUMBER() OVER (ORDER BY w.cost DESC, w.id) AS place,
    COUNT(*) OVER () AS runs
  FROM workflow_run w
  JOIN calendar k ON k.day = w.day
  WHERE k.date >= :from AND k.date < :to
)
SELECT
  (SELECT COUNT(*) FROM calendar WHERE until IS NULL) AS whole_days,
  f.expected AS week_nanodollars,
  f.low AS week_low_nanodollars,
  f.high AS week_high_nanodollars,
  fk.date AS week_start,
  f.history_days AS history_days,
  m.expected AS month_nanodollars,
  mk.date AS month_start,
  COALESCE(w.watched, 0) AS watched,
  w.series AS series,
  COALESCE(w.days, 0) AS watch_days,
  w.needed AS watch_needed,
  CASE WHEN w.days < w.needed THEN w.needed - w.days END AS watch_days_left,
  w.active_days AS watch_active_days,
  w.recent_days AS watch_recent_days,
  NULLIF(o.days, 0) AS anomalies,
  u.name AS unit_definition,
  u.cost * 1e0 / NULLIF(u.succeeded, 0) AS unit_nanodollars,
  u.failed * 1e0 / NULLIF(u.succeeded, 0) AS unit_failed_nanodollars,
  u.failed * 1e0 / NULLIF(u.cost, 0) AS unit_failed_share,
  h.name AS held_definition,
  h.ms / 1000e0 AS held_seconds,
  h.share AS held_share,
  s.cost AS hidden_nanodollars,
  c.cause AS hidden_cause,
  c.cost * 1e0 / NULLIF(s.cost, 0) AS hidden_share,
  r.name AS run_name,
  r.cost AS run_nanodollars,
  r.jobs AS run_jobs,
  r.is_about AS run_is_about,
  r.is_priced AS run_is_priced,
  r.runs AS runs
FROM watch w
CROSS JOIN stood_out o
CROSS JOIN hidden_sum s
LEFT JOIN forecast f ON f.kind = 'everything' AND f.span = 'week'
LEFT JOIN calendar fk ON fk.day = f.first_day
LEFT JOIN forecast m ON m.kind = 'everything' AND m.span = 'month'
LEFT JOIN calendar mk ON mk.day = m.first_day
LEFT JOIN unit u ON u.place = 1 AND u.failed > 0 AND u.failed * 20 >= u.cost
LEFT JOIN held h ON h.place = 1 AND h.ms > 0
LEFT JOIN hidden c ON c.place = 1
LEFT JOIN run r ON r.place = 1
