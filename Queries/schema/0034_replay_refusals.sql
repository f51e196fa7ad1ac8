-- Pieces of advice that `batchcost replay` was asked about and gave no answer to, and why. Kept as answers are.
CREATE TABLE replay_refusal (
  week TEXT NOT NULL,
  advice INTEGER NOT NULL,               -- advice.position
  reason TEXT NOT NULL,                  -- as the report prints it: model off by 22%
  inputs TEXT NOT NULL,
  PRIMARY KEY (week, advice)
) STRICT, WITHOUT ROWID;
