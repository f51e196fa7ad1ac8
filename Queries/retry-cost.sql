-- Cost of retried or failed attempts, by cause.
-- A row is a cause. Counted are all attempts of a job that failed, and all but the last of a job that succeeded.
--   cause          interrupted (proven Spot reclaim), host lost, out of memory, timeout, image pull, cancelled,
--                  exit code, other; unhealthy host, block ended, reservation reclaimed; preempted, of training jobs
--                  and of pods on EKS; evicted, of pods that Kubernetes removed from their node;
--                  before an attempt started, also container start, no capacity, misconfiguration
--   attempts       attempts that ran in the period, or ended in it before they could begin; for a job that could not be
--                  placed, the job
--   per_attempt_usd  cost_usd ÷ those attempts whose cost is known
--   cost_usd       attempt and startup cost; 0 if it never started on EC2, or was never placed; NULL if its host or price
--                  is unknown, and for a Fargate task that never started and was not described;  share of all causes, 0 to 1
--   retried_usd    the part of cost_usd that was run again, by Batch or by the client; the rest was given up, and its jobs
--                  failed. For lost Spot hosts, both together are lost_usd of the query spot-audit, and the rest is its
--                  abandoned_usd
--   since_checkpoint_usd  cost_usd less what the last checkpoint kept, by `checkpoints` of batchcost.yaml; the same as
--                  cost_usd if no rule gives a checkpoint
--   client_usd     the part of retried_usd that a workflow client ran again, as another job
--   likely_usd     the part of client_usd inferred from step and time alone, because the client names no task
SELECT
  o.name AS cause,
  COUNT(DISTINCT d.attempt) + SUM(CASE WHEN d.attempt IS NULL THEN d.attempts ELSE 0 END) AS attempts,
  SUM(d.cost) * 1e0 / NULLIF(COUNT(DISTINCT CASE WHEN d.cost IS NOT NULL THEN d.attempt END)
    + SUM(CASE WHEN d.attempt IS NULL THEN d.attempts ELSE 0 END), 0) AS per_attempt_nanodollars,
  SUM(d.cost) AS cost_nanodollars,
  SUM(d.cost) - SUM(d.kept) AS since_checkpoint_nanodollars,
  NULLIF(SUM(d.retried), CASE WHEN COUNT(d.retried) < COUNT(*) THEN 0 END) AS retried_nanodollars,
  NULLIF(SUM(d.by_client), CASE WHEN COUNT(d.by_client) < COUNT(*) THEN 0 END) AS client_nanodollars,
  NULLIF(SUM(d.likely), CASE WHEN COUNT(d.likely) < COUNT(*) THEN 0 END) AS likely_nanodollars,
  SUM(d.cost) * 1e0 / NULLIF(SUM(SUM(d.cost)) OVER (), 0) AS share
FROM failure_part d
JOIN calendar k ON k.day = d.day
JOIN outcome o ON o.id = d.outcome
WHERE k.date >= :from AND k.date < :to
GROUP BY o.id, o.name
ORDER BY cost_nanodollars DESC, o.name
