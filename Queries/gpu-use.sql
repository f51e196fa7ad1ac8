-- What GPUs did while jobs held them, by job queue and what jobs do.
-- A row is a job queue and a step, or a job definition if no workflow client is recognised, with any measured GPU minute in the
-- period; the highest cost of idle GPUs first.
--   step, job_definition   as in cost-by-job-definition
--   attempts            attempts with measured minutes;  gpus the most that one of them held
--   gpu_hours           held while these attempts ran;  measured_share the measured part, 0 to 1
--   duty                share of the measured time in which a GPU was at work, as nvidia-smi counts it
--   idle_share          share of the measured minutes with less than 5 % of work
--   told_apart_share    share of the measured time in which the attempt's own GPUs were measured; for the rest, the GPUs of
--                       its host were measured, which other attempts held too, and idle is the least it can have been
--   memory_gib_peak, memory_gib   the largest use of one GPU's memory, and how much one has
--   cost_usd            the GPUs' part of what the attempts cost, by the ledger's weights
--   idle_usd            the part of cost_usd for measured minutes in which held GPUs were idle
SELECT
  q.name AS job_queue,
  s.name AS step,
  s.job_definition AS job_definition,
  COUNT(DISTINCT d.attempt) AS attempts,
  MAX(d.gpus) AS gpus,
  SUM(d.held_ms) / 3600000e0 AS gpu_hours,
  SUM(d.measured_ms) * 1e0 / NULLIF(SUM(d.held_ms), 0) AS measured_share,
  SUM(d.busy_ms) * 1e0 / SUM(d.measured_ms) AS duty,
  SUM(d.idle_ms) * 1e0 / SUM(d.measured_ms) AS idle_share,
  SUM(CASE WHEN d.told_apart = 1 THEN d.measured_ms ELSE 0 END) * 1e0 / SUM(d.measured_ms) AS told_apart_share,
  MAX(d.memory_mib) / 1024e0 AS memory_gib_peak,
  MAX(d.memory_total_mib) / 1024e0 AS memory_gib,
  SUM(d.cost) AS cost_nanodollars,
  SUM(d.idle_cost) AS idle_nanodollars
FROM gpu_use_day d
JOIN calendar k ON k.day = d.day
JOIN named_queue q ON q.id = d.job_queue
JOIN named_step s ON s.id = d.job_step
WHERE k.date >= :from AND k.date < :to
GROUP BY q.name, s.id, s.name, s.job_definition
ORDER BY idle_nanodollars DESC, cost_nanodollars DESC, q.name, s.name, s.id
