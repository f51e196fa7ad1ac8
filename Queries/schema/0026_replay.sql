-- Answers of `batchcost replay`: what scenarios would have cost. Kept until the next replay of the same week; `inputs` is what
-- the insights were computed from then, so that answers about other facts are not shown.
CREATE TABLE replay_answer (
  week TEXT NOT NULL,
  scenario TEXT NOT NULL,
  advice INTEGER,                        -- advice.position; NULL: not a piece of advice
  cost INTEGER NOT NULL,                 -- the mean over seeds, nanodollars
  as_it_was INTEGER NOT NULL,            -- the environment as it was, replayed with the same freedom
  saving INTEGER NOT NULL,               -- as_it_was − cost
  spread INTEGER NOT NULL,               -- its standard deviation over seeds
  wait_p95_ms INTEGER NOT NULL,          -- 95 in 100 jobs waited less
  as_it_was_wait_p95_ms INTEGER NOT NULL,
  is_frontier INTEGER NOT NULL,          -- 1: no other scenario costs less at the same wait or less
  seeds INTEGER NOT NULL,
  backtest_error REAL,                   -- of the account and what it changes, as a share; NULL: not tested
  inputs TEXT NOT NULL,
  PRIMARY KEY (week, scenario)
) STRICT, WITHOUT ROWID;
