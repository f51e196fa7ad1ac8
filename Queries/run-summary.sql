-- The total cost of the jobs chosen by `--where`: a workflow run, an array, a job, or any others.
-- One row, over everything collected, whatever the period.
--   kind             run, runs, array, child of an array, job, node of a multi-node job, or jobs for anything else
--   name, workflow   of the run; for an array, a job or a part of one, its name and NULL;  is_about 1: the run is
--                    inferred from times
--   job_id           of an array or a job, also for a part of it;  part the number of the child or node
--   client, user     if a workflow client names them
--   runs             workflow runs that the jobs belong to;  workflows, first_workflow, last_workflow   theirs, by name
--   job_queue        of most jobs;  job_queues how many there are
--   created_at, stopped_at   first job created, last ended (NULL: not over);  seconds between, up to the time of collection
--   steps            different steps
--   jobs, succeeded_jobs, failed_jobs, unfinished_jobs   array children each, and each job by which a client tried again
--   retried_jobs     jobs by which a client ran again what failed
--   attempts, hosts  attempts that started by the time of collection, and the hosts they ran on;  spot_hosts those of them on Spot
--   later_attempts   attempts that a document says start after it: not charged yet
--   cost_usd         attempts and startup, NULL if nothing is priced;  startup_usd before attempts started
--   on_demand_usd    the same at On-Demand rates;  compared_usd the cost of what has both prices
--   spot_usd         of cost_usd: paid for Spot and Fargate Spot
--   failed_usd       of cost_usd: retried or failed attempts, NULL like cost_usd;  failed_attempts;  rerun_usd the part that was run again
--   lost_usd         of cost_usd: attempts that were lost with their Spot host;  lost_attempts
--   since_checkpoint_usd  lost_usd less what the last checkpoint kept, by `checkpoints` of batchcost.yaml
--   host_share_usd   not in cost_usd: unused cost of the hosts, the share that policy `instance` gives these attempts
--   vcpu_hours, memory_gib_hours   reserved
--   likely_usd       of rerun_usd: probably run again by its client, inferred from step and time alone
--   bill_usd, bill_free_usd   if cost_usd is NULL: what the bill's split cost allocation gives the tasks, and their part of
--                    what was free on their hosts. Tasks are known by their id, or by Seqera's label uniqueRunId
--   unpriced_seconds, unplaced_attempts   time without a price, and attempts on unknown hosts: not in cost_usd
--   is_priced        0: together they are more than 1 % of the time of attempts, so the cost is at least cost_usd
--   collected_at
WITH member AS (
  SELECT j.id AS id, j.job_id AS job_id, j.name AS name, j.kind AS kind, j.parent AS parent, j.status AS status,
    j.job_queue AS job_queue, j.created_at_ms AS created_at_ms, j.stopped_at_ms AS stopped_at_ms,
    i.job_step AS step, i.workflow_run AS run, c.jobs AS counted,
    CASE WHEN j.stopped_at_ms <= CAST(z.value AS BIGINT) THEN 0 ELSE 1 END AS unfinished
  FROM job j JOIN counted_job c ON c.job = j.id JOIN job_identity i ON i.job = j.id
  LEFT JOIN ledger_setting z ON z.name = 'collected_at_ms'
),
family AS (
  SELECT
    COUNT(DISTINCT COALESCE(m.run, 0)) AS run_kinds, COUNT(DISTINCT m.run) AS runs, MAX(m.run) AS run,
    COUNT(DISTINCT COALESCE(m.parent, -m.id)) AS submissions, MAX(m.parent) AS parent, COUNT(*) AS members,
    MAX(m.kind) AS kind,
    MAX(m.name) AS name, MAX(m.job_id) AS job_id,
    COUNT(DISTINCT m.step) AS steps,
    COUNT(DISTINCT m.job_queue) AS job_queues,
    MIN(m.created_at_ms) AS created_at_ms,
    CASE WHEN SUM(m.unfinished) = 0 THEN MAX(m.stopped_at_ms) END AS stopped_at_ms,
    SUM(m.counted) AS jobs,
    SUM(CASE WHEN m.status = 'SUCCEEDED' THEN m.counted ELSE 0 END) AS succeeded,
    SUM(CASE WHEN m.status = 'FAILED' THEN m.counted ELSE 0 END) AS failed,
    SUM(m.unfinished * m.counted) AS unfinished
  FROM member m
),
workflow AS (
  SELECT COUNT(DISTINCT COALESCE(w.workflow, w.client)) AS workflows, MIN(COALESCE(w.workflow, w.client)) AS first_name,
    MAX(COALESCE(w.workflow, w.client)) AS last_name
  FROM workflow_run w WHERE w.id IN (SELECT m.run FROM member m WHERE m.run IS NOT NULL)
),
queue AS (
  SELECT q.name AS name, COUNT(*) AS jobs
  FROM member m JOIN named_queue q ON q.id = m.job_queue
  GROUP BY q.name ORDER BY jobs DESC, q.name LIMIT 1
),
posted AS (
  SELECT
    SUM(p.cost) AS cost,
    NULLIF(SUM(p.startup), CASE WHEN COUNT(p.startup) < COUNT(*) THEN 0 END) AS startup,
    SUM(CASE WHEN r.unpriced_ms = 0 AND r.on_demand IS NOT NULL THEN p.on_demand END) AS on_demand,
    SUM(CASE WHEN r.unpriced_ms = 0 AND r.on_demand IS NOT NULL THEN p.cost END) AS compared,
    NULLIF(SUM(p.spot), CASE WHEN COUNT(p.spot) < COUNT(*) THEN 0 END) AS spot,
    SUM(p.unused_by_instance) AS host_share,
    SUM(p.milli_vcpu_ms) AS milli_vcpu_ms,
    SUM(p.mib_ms) AS mib_ms,
    COALESCE(SUM(p.ms), 0) AS ms,
    SUM(p.unpriced_ms) AS unpriced_ms,
    COUNT(DISTINCT CASE WHEN r.kind IN ('instance', 'fargate-task') THEN p.resource END) AS hosts,
    COUNT(DISTINCT CASE WHEN o.name IN ('spot', 'fargate-spot') THEN p.resource END) AS spot_hosts
  FROM posting_part p
  JOIN resource r ON r.id = p.resource
  JOIN purchase_option o ON o.id = r.purchase_option
  WHERE p.attempt_id IS NOT NULL
),
unplaced_time AS (
  SELECT COUNT(*) AS attempts, COALESCE(SUM(u.ms), 0) AS ms FROM unplaced u
),
failure AS (
  SELECT
    CASE WHEN COUNT(*) > 0 THEN SUM(f.cost) ELSE 0 END AS cost,
    NULLIF(COALESCE(SUM(f.retried), 0), CASE WHEN COUNT(f.retried) < COUNT(*) THEN 0 END) AS rerun,
    NULLIF(COALESCE(SUM(f.likely), 0), CASE WHEN COUNT(f.likely) < COUNT(*) THEN 0 END) AS likely,
    NULLIF(COALESCE(SUM(f.lost), 0), CASE WHEN COUNT(f.lost) < COUNT(*) THEN 0 END) AS lost,
    COALESCE(SUM(f.lost_kept), 0) AS kept,
    COUNT(DISTINCT f.lost_attempt) AS lost_attempts,
    COUNT(DISTINCT f.attempt) AS failed_attempts
  FROM failed_part f
),
begun AS (
  SELECT COUNT(CASE WHEN t.started_at_ms <= CAST(z.value AS BIGINT) THEN 1 END) AS begun,
    COUNT(CASE WHEN t.started_at_ms > CAST(z.value AS BIGINT) THEN 1 END) AS later
  FROM attempt t
  JOIN ledger_setting z ON z.name = 'collected_at_ms'
),
billed_task AS (
  SELECT t.task_id AS task_id, t.start_ms AS start_ms, t.bill AS bill
  FROM bill_task t WHERE t.task_id IN (SELECT a.task_id FROM attempt a WHERE a.task_id IS NOT NULL)
  UNION
  SELECT t.task_id, t.start_ms, t.bill
  FROM family f
  JOIN workflow_run w ON w.id = f.run AND w.jobs = f.jobs
  JOIN tag g ON g.name = 'unique_run_id' AND g.value = w.run
  JOIN bill_task t ON t.tag_set = g.tag_set
  WHERE f.runs = 1 AND f.run_kinds = 1
),
billed AS (
  SELECT SUM(t.split) + CAST(ROUND(SUM(t.split_rest) / 1000000000e0) AS BIGINT) AS split,
    SUM(t.unused) + CAST(ROUND(SUM(t.unused_rest) / 1000000000e0) AS BIGINT) AS unused
  FROM bill_task t
  JOIN billed_task b ON b.bill = t.bill AND b.task_id = t.task_id AND b.start_ms = t.start_ms
)
SELECT
  CASE
    WHEN f.runs = 1 AND f.run_kinds = 1 THEN 'run'
    WHEN f.runs > 1 AND f.run_kinds = f.runs THEN 'runs'
    WHEN f.submissions <> 1 THEN 'jobs'
    WHEN f.members = 1 AND f.kind = 2 THEN 'child'
    WHEN f.members = 1 AND f.kind = 4 THEN 'node'
    WHEN f.kind IN (1, 2) THEN 'array'
    ELSE 'job'
  END AS kind,
  CASE WHEN f.runs = 1 AND f.run_kinds = 1 THEN w.name WHEN f.submissions = 1 THEN f.name END AS name,
  CASE WHEN f.runs = 1 AND f.run_kinds = 1 THEN COALESCE(w.workflow, w.client) END AS workflow,
  CASE WHEN f.runs = 1 AND f.run_kinds = 1 AND w.run IS NULL THEN 1 ELSE 0 END AS is_about,
  CASE WHEN f.submissions = 1 THEN COALESCE(p.job_id, f.job_id) END AS job_id,
  CASE WHEN f.members = 1 AND f.kind IN (2, 4) THEN NULLIF(SUBSTR(f.job_id, LENGTH(p.job_id) + 2), '') END AS part,
  CASE WHEN f.runs = 1 AND f.run_kinds = 1 THEN w.client END AS client,
  CASE WHEN f.runs = 1 AND f.run_kinds = 1 THEN w.user END AS user,
  f.runs AS runs,
  o.workflows AS workflows,
  o.first_name AS first_workflow,
  o.last_name AS last_workflow,
  q.name AS job_queue,
  f.job_queues AS job_queues,
  f.created_at_ms AS created_at_ms,
  f.stopped_at_ms AS stopped_at_ms,
  (COALESCE(f.stopped_at_ms, CAST(z.value AS BIGINT)) - f.created_at_ms) / 1000e0 AS seconds,
  f.steps AS steps,
  f.jobs AS jobs,
  f.succeeded AS succeeded_jobs,
  f.failed AS failed_jobs,
  f.unfinished AS unfinished_jobs,
  (SELECT COUNT(*) FROM client_rerun c JOIN member m ON m.id = c.next) AS retried_jobs,
  u.begun AS attempts,
  u.later AS later_attempts,
  g.hosts AS hosts,
  g.spot_hosts AS spot_hosts,
  g.cost AS cost_nanodollars,
  g.startup AS startup_nanodollars,
  g.on_demand AS on_demand_nanodollars,
  g.compared AS compared_nanodollars,
  g.spot AS spot_nanodollars,
  CASE WHEN g.cost IS NOT NULL THEN x.cost END AS failed_nanodollars,
  x.failed_attempts AS failed_attempts,
  CASE WHEN g.cost IS NOT NULL THEN x.rerun END AS rerun_nanodollars,
  CASE WHEN g.cost IS NOT NULL THEN x.likely END AS likely_nanodollars,
  CASE WHEN g.cost IS NOT NULL THEN x.lost END AS lost_nanodollars,
  CASE WHEN g.cost IS NOT NULL THEN x.lost - x.kept END AS since_checkpoint_nanodollars,
  CASE WHEN g.cost IS NOT NULL THEN x.lost_attempts END AS lost_attempts,
  CASE WHEN g.cost IS NULL THEN b.split END AS bill_nanodollars,
  CASE WHEN g.cost IS NULL THEN b.unused END AS bill_free_nanodollars,
  g.host_share AS host_share_nanodollars,
  g.milli_vcpu_ms / 3600000000e0 AS vcpu_hours,
  g.mib_ms / 3686400000e0 AS memory_gib_hours,
  g.unpriced_ms / 1000e0 AS unpriced_seconds,
  n.attempts AS unplaced_attempts,
  CASE WHEN (COALESCE(g.unpriced_ms, 0) + n.ms) * r.parts > g.ms + n.ms THEN 0 ELSE 1 END AS is_priced,
  CAST(z.value AS BIGINT) AS collected_at_ms
FROM family f
CROSS JOIN posted g
CROSS JOIN unplaced_time n
CROSS JOIN priced_rule r
CROSS JOIN failure x
CROSS JOIN billed b
CROSS JOIN begun u
CROSS JOIN workflow o
LEFT JOIN queue q ON 1 = 1
LEFT JOIN job_parent p ON p.id = f.parent
LEFT JOIN workflow_run w ON w.id = f.run
LEFT JOIN ledger_setting z ON z.name = 'collected_at_ms'
WHERE f.jobs > 0
