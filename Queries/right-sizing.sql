-- Requested and used sizes by job definition, and what the advised size would have saved.
-- A row is a job definition with measured jobs and cost in the period, or its jobs with one name pattern; all revisions
-- together, largest saving first.
-- period: all
--   job_name_pattern    such as align-*; NULL for all jobs of the definition
--   status              advised; fits (what is asked for is right); too-few (not enough measured jobs to say)
--   confidence          low, fair (from 20 measured jobs), high (from 59)
--   attempts, measured_attempts   attempts that began in the period; those with a usage record
--   vcpus_requested, memory_gib_requested           the median request
--   vcpus_used_p95, memory_gib_used_p95             95 in a hundred measured jobs used less, at that request: the
--                       average vCPU and the peak memory of a job; for one that ran out of memory, its estimated need;
--                       NULL if too few were measured
--   memory_imputed      1: memory_gib_used_p95 is from a job that ran out of memory, and so is an estimate
--   vcpus_advised, memory_gib_advised               the advised size; the request if nothing is advised
--   killed_attempts     attempts whose measured peak exceeds the advice: the saving is reduced by their cost
--   cost_usd            attempt and startup cost of all its attempts
--   saving_usd          in the period, by the ledger's own shares, if instances fill as they do now; 0 if nothing
--                       is advised
SELECT
  s.job_definition AS job_definition,
  NULLIF(s.job_name_pattern, '') AS job_name_pattern,
  s.status AS status,
  s.confidence AS confidence,
  SUM(d.attempts) AS attempts,
  SUM(d.measured_attempts) AS measured_attempts,
  s.requested_milli_vcpus / 1000e0 AS vcpus_requested,
  s.used_milli_vcpus_p95 / 1000e0 AS vcpus_used_p95,
  s.advised_milli_vcpus / 1000e0 AS vcpus_advised,
  s.requested_mib / 1024e0 AS memory_gib_requested,
  s.used_mib_p95 / 1024e0 AS memory_gib_used_p95,
  s.used_mib_imputed AS memory_imputed,
  s.advised_mib / 1024e0 AS memory_gib_advised,
  SUM(d.killed) AS killed_attempts,
  SUM(d.cost) AS cost_nanodollars,
  SUM(d.saving) AS saving_nanodollars
FROM right_sizing s
JOIN right_sizing_day d ON d.right_sizing = s.id
JOIN calendar k ON k.day = d.day
WHERE k.date >= :from AND k.date < :to
GROUP BY s.id, s.job_definition, s.job_name_pattern, s.status, s.confidence, s.requested_milli_vcpus,
  s.used_milli_vcpus_p95, s.advised_milli_vcpus, s.requested_mib, s.used_mib_p95, s.used_mib_imputed, s.advised_mib
ORDER BY saving_nanodollars DESC, cost_nanodollars DESC, s.job_definition, s.job_name_pattern
