-- What is watched for anomalies, and why the rest is not watched yet.
-- A row is everything, a job queue or a job definition.
--   history_days           whole days since it first had a cost
--   watched                1: its days are checked
--   why                    why it is not watched: short-history, seldom-active (on less than 80 % of the recent days)
--   needed_days            whole days of history that it needs
--   active_days, recent_days  days with a cost, of the last 56 at most
--   false_alarms_per_year  expected number, if its days are independent; about one a year over all rows
SELECT
  kind AS kind,
  name AS name,
  days AS history_days,
  watched AS watched,
  why AS why,
  needed AS needed_days,
  active_days AS active_days,
  recent_days AS recent_days,
  false_alarms AS false_alarms_per_year
FROM anomaly_watch
ORDER BY watched DESC, CASE kind WHEN 'everything' THEN 0 WHEN 'job-queue' THEN 1 ELSE 2 END, name
