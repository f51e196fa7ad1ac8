-- How many GPUs steps should ask for, and a back-test of that advice on later attempts.
-- A row is a step, or a job definition if no workflow client is recognised, and the number of GPUs that its attempts asked for,
-- two or more; largest saving first. The whole history counts, whatever the period.
--   step, job_definition   as in cost-by-job-definition
--   status              advised; fits (all were at work at once); too-few (not enough measured attempts to say)
--   gpus_requested, gpus_advised   the most that were at work in one minute of any attempt, instead of what is asked for
--   confidence          low, fair (from 20 attempts), high (from 59)
--   attempts, cost_usd  attempts whose own GPUs were measured at least half of the time, and what their GPUs cost
--   saving_usd          the part of it for GPUs that the advice frees, at most: only if others take them, or smaller
--                       instances are bought
--   fitted_attempts     the earlier half, to which the advice was fitted for the back-test; 0: too few
--   tested_attempts, tested_usd   the later half, and what their GPUs cost as they ran
--   saved_usd           saved by that advice;  short_attempts had more GPUs at work than it would have left them, and
--                       short_usd their cost, which is lost if they fail;  net_usd saved − short
SELECT
  s.name AS step,
  s.job_definition AS job_definition,
  a.status AS status,
  a.gpus AS gpus_requested,
  a.advised AS gpus_advised,
  a.confidence AS confidence,
  a.attempts AS attempts,
  a.cost AS cost_nanodollars,
  a.saving AS saving_nanodollars,
  a.fitted AS fitted_attempts,
  a.tested AS tested_attempts,
  a.tested_cost AS tested_nanodollars,
  a.tested_saving AS saved_nanodollars,
  a.short AS short_attempts,
  a.short_cost AS short_nanodollars,
  a.tested_saving - a.short_cost AS net_nanodollars
FROM gpu_advice a
JOIN named_step s ON s.id = a.job_step
ORDER BY a.saving DESC, a.cost DESC, s.name, s.id, a.gpus
