-- How many GPUs a step should ask for, by the most that were at work at once in its attempts; and what the advice of the
-- earlier half of them would have done to the later one. Money is the GPUs' part of the cost.
CREATE TABLE gpu_advice (
  job_step INTEGER NOT NULL,             -- job_step.id
  gpus INTEGER NOT NULL,                 -- asked for
  advised INTEGER NOT NULL,              -- what is asked for where nothing is advised
  status TEXT NOT NULL,                  -- advised, fits, too-few
  confidence TEXT NOT NULL,              -- low, fair, high, by the number of attempts
  attempts INTEGER NOT NULL,             -- whose own GPUs were measured, half of the time at least
  cost INTEGER NOT NULL,                 -- theirs
  saving INTEGER NOT NULL,
  fitted INTEGER NOT NULL,               -- attempts of the earlier half; 0: too few for a back-test
  tested INTEGER NOT NULL,               -- of the later half
  tested_cost INTEGER NOT NULL,
  tested_saving INTEGER NOT NULL,        -- before those that lacked a GPU
  short INTEGER NOT NULL,                -- of tested: had more at work than the advice would have left them
  short_cost INTEGER NOT NULL,           -- what those cost
  PRIMARY KEY (job_step, gpus)
) STRICT, WITHOUT ROWID;

-- The next build computes it.
DELETE FROM build WHERE product = 'insights';
