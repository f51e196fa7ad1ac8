-- What nothing can be compared with has no saving, rather than a saving of 0; a failed attempt whose host is unknown has failed.

DROP VIEW spot_net;

-- What Spot saved, and what was lost: net = gross − lost − rerun, nanodollars. One row a Spot resource and day, and one a
-- re-run on On-Demand and day, which belongs to the resource on which its job was lost last.
--   cost        paid for Spot, NULL where unpriced
--   compared    the part of it whose resource has both prices;  on_demand the same billed time at On-Demand rates
--   gross       on_demand − compared; all three NULL where a price is missing, and for re-runs
--   lost        attempts that were lost with their host, run again or given up
--   rerun       what re-runs on On-Demand cost beyond Spot;  is_rerun 1: the row is a re-run
CREATE VIEW spot_net AS
  SELECT s.day AS day, s.resource AS resource, r.kind AS kind, r.instance_type AS instance_type,
    CASE WHEN r.kind = 'instance' THEN r.zone END AS zone, s.billed_ms AS billed_ms, s.unpriced_ms AS unpriced_ms,
    s.cost AS cost,
    CASE WHEN r.unpriced_ms = 0 AND r.on_demand IS NOT NULL THEN s.cost END AS compared,
    CASE WHEN r.unpriced_ms = 0 AND r.on_demand IS NOT NULL THEN s.on_demand END AS on_demand,
    CASE WHEN r.unpriced_ms = 0 AND r.on_demand IS NOT NULL THEN s.on_demand - s.cost END AS gross,
    s.lost AS lost,
    0 AS rerun,
    CASE WHEN r.unpriced_ms = 0 AND r.on_demand IS NOT NULL THEN s.on_demand - s.cost ELSE 0 END - s.lost AS net,
    0 AS is_rerun
  FROM resource_day s
  JOIN resource r ON r.id = s.resource
  JOIN purchase_option o ON o.id = r.purchase_option
  WHERE o.name IN ('spot', 'fargate-spot')
  UNION ALL
  SELECT n.day, n.lost_on, r.kind, r.instance_type, CASE WHEN r.kind = 'instance' THEN r.zone END, 0, 0, NULL, NULL, NULL, NULL, 0,
    n.cost - n.spot_cost, n.spot_cost - n.cost, 1
  FROM on_demand_run n
  JOIN resource r ON r.id = n.lost_on
  WHERE n.rerun = 1 AND n.spot_cost IS NOT NULL;

DROP VIEW failure_part;

-- The same, and attempts that never started: they cost 0, but a Fargate task may have been billed, so its cost is NULL.
--   attempts        1 on the day it began, or ended before it could
--   attempt         NULL for a job that had none
CREATE VIEW failure_part AS
  SELECT f.attempt AS attempt, f.day AS day, f.job_queue AS job_queue, f.job_definition AS job_definition, f.job_step AS job_step,
    f.outcome AS outcome, f.attempts AS attempts, f.cost AS cost, f.kept AS kept, f.retried AS retried,
    f.by_client AS by_client, f.likely AS likely
  FROM failed_part f
  UNION ALL
  SELECT CASE WHEN n.ordinal > 0 THEN n.job * 1024 + n.ordinal END, n.day, n.job_queue, n.job_definition, i.job_step, n.outcome, 1,
    CASE WHEN p.has_tasks = 0 OR n.ordinal = 0 THEN 0 END, 0,
    CASE WHEN p.has_tasks = 0 OR n.ordinal = 0 OR n.retried = 0 THEN 0 END, 0, 0
  FROM never_started n
  JOIN job j ON j.id = n.job
  JOIN job_platform p ON p.id = j.platform
  JOIN job_identity i ON i.job = n.job;

-- A day of which nothing was priced was reported as unknown, not as 0.
ALTER TABLE reported_day RENAME TO reported_before;
CREATE TABLE reported_day (
  day INTEGER NOT NULL,
  as_of_ms INTEGER NOT NULL,             -- the time of collection
  cost INTEGER,                          -- NULL: nothing of it was priced
  bills INTEGER NOT NULL DEFAULT 0,      -- grows with every import; 0: none yet
  PRIMARY KEY (day, as_of_ms)
) STRICT, WITHOUT ROWID;
INSERT INTO reported_day SELECT day, as_of_ms, cost, bills FROM reported_before;
DROP TABLE reported_before;

-- Failed attempts without a known host are computed by the next build.
DELETE FROM build;
