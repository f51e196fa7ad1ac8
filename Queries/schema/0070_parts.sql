-- Parts of costs, each stated once.
--
-- A row's part is its cost where it belongs to the part, NULL where that has no price, and 0 where it does not belong. So
-- the sum of a part is 0 if there was none and NULL if nothing of it has a price:
--   NULLIF(SUM(p.startup), CASE WHEN COUNT(p.startup) < COUNT(*) THEN 0 END)

-- Costs of a day as in daily_cost, in parts: by the account that bears them, and by how the capacity was bought.
--   account, account_name   of the ledger, which bears it
--   kind             attempt, startup or unused
--   attempt, startup, work   what attempts reserved while they ran, before they started, and both
--   unused           the sum of boot, packing, gap, tail, idle and reserved
--   bought_fargate   with Fargate Spot;  bought_sagemaker with Managed Spot
--   bought_committed   savings plans, reservations and Capacity Blocks
--   bought_unknown   no source says how; with the others in bought_ it adds up to cost
--   out_of_memory    of attempts that ran out of it;  failed of all attempts that came to nothing
CREATE VIEW daily_part AS
  SELECT d.day AS day, a.id AS account, a.name AS account_name, a.kind AS kind, d.purchase_option AS purchase_option,
    d.compute_environment AS compute_environment, d.job_queue AS job_queue, d.job_definition AS job_definition,
    d.tag_set AS tag_set, d.outcome AS outcome,
    d.milli_vcpu_ms AS milli_vcpu_ms, d.mib_ms AS mib_ms, d.gpu_ms AS gpu_ms, d.attempts AS attempts, d.jobs AS jobs,
    d.cost AS cost,
    CASE WHEN d.cost IS NOT NULL THEN d.on_demand END AS on_demand,
    CASE WHEN a.kind = 'attempt' THEN d.cost ELSE 0 END AS attempt,
    CASE WHEN a.kind = 'startup' THEN d.cost ELSE 0 END AS startup,
    CASE WHEN a.kind <> 'unused' THEN d.cost ELSE 0 END AS work,
    CASE WHEN a.kind = 'unused' THEN d.cost ELSE 0 END AS unused,
    CASE WHEN a.name = 'unused.boot' THEN d.cost ELSE 0 END AS boot,
    CASE WHEN a.name = 'unused.packing' THEN d.cost ELSE 0 END AS packing,
    CASE WHEN a.name = 'unused.gap' THEN d.cost ELSE 0 END AS gap,
    CASE WHEN a.name = 'unused.tail' THEN d.cost ELSE 0 END AS tail,
    CASE WHEN a.name = 'unused.idle' THEN d.cost ELSE 0 END AS idle,
    CASE WHEN a.name = 'unused.reserved' THEN d.cost ELSE 0 END AS reserved,
    CASE WHEN o.name = 'on-demand' THEN d.cost ELSE 0 END AS bought_on_demand,
    CASE WHEN o.name = 'spot' THEN d.cost ELSE 0 END AS bought_spot,
    CASE WHEN o.name IN ('fargate', 'fargate-spot') THEN d.cost ELSE 0 END AS bought_fargate,
    CASE WHEN o.name IN ('sagemaker', 'sagemaker-spot') THEN d.cost ELSE 0 END AS bought_sagemaker,
    CASE WHEN o.name IN ('savings-plan', 'reserved', 'capacity-block', 'interruptible-reservation')
      THEN d.cost ELSE 0 END AS bought_committed,
    CASE WHEN o.name = 'unknown' THEN d.cost ELSE 0 END AS bought_unknown,
    CASE WHEN x.name = 'out of memory' THEN d.cost ELSE 0 END AS out_of_memory,
    CASE WHEN d.outcome > 0 THEN d.cost ELSE 0 END AS failed
  FROM daily_cost d
  JOIN ledger_account a ON a.id = d.account
  JOIN purchase_option o ON o.id = d.purchase_option
  JOIN outcome x ON x.id = d.outcome;

-- Postings in parts: as in resource_posting, by the account that bears them.
--   spot            of Spot and Fargate Spot, by the purchase option of the resource
CREATE VIEW posting_part AS
  SELECT p.resource AS resource, p.day AS day, p.attempt AS attempt_id, p.milli_vcpu_ms AS milli_vcpu_ms,
    p.mib_ms AS mib_ms, p.unpriced_ms AS unpriced_ms, p.unused_by_instance AS unused_by_instance, p.cost AS cost,
    p.on_demand AS on_demand,
    CASE WHEN a.name = 'attempt' THEN p.cost ELSE 0 END AS attempt,
    CASE WHEN a.name = 'startup' THEN p.cost ELSE 0 END AS startup,
    CASE WHEN a.name = 'unused.boot' THEN p.cost ELSE 0 END AS boot,
    CASE WHEN a.name = 'unused.packing' THEN p.cost ELSE 0 END AS packing,
    CASE WHEN a.name = 'unused.gap' THEN p.cost ELSE 0 END AS gap,
    CASE WHEN a.name = 'unused.tail' THEN p.cost ELSE 0 END AS tail,
    CASE WHEN a.name = 'unused.idle' THEN p.cost ELSE 0 END AS idle,
    CASE WHEN a.name = 'unused.reserved' THEN p.cost ELSE 0 END AS reserved,
    CASE WHEN o.name IN ('spot', 'fargate-spot') THEN p.cost ELSE 0 END AS spot
  FROM resource_posting p
  JOIN ledger_account a ON a.id = p.account
  JOIN resource r ON r.id = p.resource
  JOIN purchase_option o ON o.id = r.purchase_option;

-- Attempts that came to nothing, on each day, in parts.
--   cost            attempt and startup
--   retried         the part that was run again;  by_client as another job;  likely told by step and time alone
--   lost            with its Spot host;  lost_kept the part of it up to the last checkpoint;  lost_attempt its attempt
CREATE VIEW failed_part AS
  SELECT f.attempt AS attempt, f.day AS day, f.job_queue AS job_queue, f.job_definition AS job_definition,
    f.job_step AS job_step, f.outcome AS outcome, f.rerun AS rerun, f.succeeded AS succeeded, f.began AS attempts,
    f.ms AS ms, f.cost AS cost, f.kept AS kept,
    CASE WHEN f.rerun <> 'none' THEN f.cost ELSE 0 END AS retried,
    CASE WHEN f.rerun IN ('client', 'likely') THEN f.cost ELSE 0 END AS by_client,
    CASE WHEN f.rerun = 'likely' THEN f.cost ELSE 0 END AS likely,
    CASE WHEN f.on_spot = 1 AND x.name IN ('interrupted', 'host lost') THEN f.cost ELSE 0 END AS lost,
    CASE WHEN f.on_spot = 1 AND x.name IN ('interrupted', 'host lost') THEN f.kept ELSE 0 END AS lost_kept,
    CASE WHEN f.on_spot = 1 AND x.name IN ('interrupted', 'host lost') THEN f.attempt END AS lost_attempt
  FROM failed_attempt f
  JOIN outcome x ON x.id = f.outcome;

-- The same, and attempts that never started: they cost 0, but a Fargate task may have been billed, so its cost is NULL.
--   attempts        1 on the day it began, or ended before it could
CREATE VIEW failure_part AS
  SELECT f.day AS day, f.job_queue AS job_queue, f.job_definition AS job_definition, f.job_step AS job_step,
    f.outcome AS outcome, f.attempts AS attempts, f.cost AS cost, f.kept AS kept, f.retried AS retried,
    f.by_client AS by_client, f.likely AS likely
  FROM failed_part f
  UNION ALL
  SELECT n.day, n.job_queue, n.job_definition, i.job_step, n.outcome, 1,
    CASE WHEN p.has_tasks = 0 OR n.ordinal = 0 THEN 0 END, 0,
    CASE WHEN p.has_tasks = 0 OR n.ordinal = 0 OR n.retried = 0 THEN 0 END, 0, 0
  FROM never_started n
  JOIN job j ON j.id = n.job
  JOIN job_platform p ON p.id = j.platform
  JOIN job_identity i ON i.job = n.job;
