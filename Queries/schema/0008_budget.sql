-- What may be spent at most: the budgets of the configuration, copied by every build, so that reports can show them.
CREATE TABLE budget (
  kind TEXT NOT NULL,                    -- everything, job-queue, tag
  name TEXT NOT NULL,                    -- the queue; team=ml of a tag; empty for everything
  span TEXT NOT NULL,                    -- week (ISO), month
  allowed INTEGER NOT NULL,              -- nanodollars
  PRIMARY KEY (kind, name, span)
) STRICT, WITHOUT ROWID;
