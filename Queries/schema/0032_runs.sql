-- What a run cost is unknown where nothing of it has a price or a host; runs are compared with all that went before.

DROP TABLE workflow_run;
CREATE TABLE workflow_run (
  id INTEGER PRIMARY KEY,
  client TEXT NOT NULL,
  workflow TEXT,
  run TEXT,                              -- NULL: the client names none; told by time
  user TEXT,
  series INTEGER NOT NULL,               -- runs of the same number are of one workflow: the same name, or the same steps
  job_queue INTEGER NOT NULL,            -- of its first job
  day INTEGER NOT NULL,                  -- on which the last job ended; of a run that goes on that of collection
  created_at_ms INTEGER NOT NULL,        -- of its first job
  stopped_at_ms INTEGER,                 -- NULL: jobs of it have not ended
  steps INTEGER NOT NULL,
  jobs INTEGER NOT NULL,                 -- as Batch counts them: a client's new job for an old task is one
  unfinished INTEGER NOT NULL,           -- of them not ended
  failed INTEGER NOT NULL,
  retries INTEGER NOT NULL,              -- attempts and jobs beyond the first of each work
  cost INTEGER,                          -- NULL: none of it is priced; 0 where nothing has started
  lost INTEGER NOT NULL,                 -- of cost: attempts that were lost with their Spot host
  name TEXT NOT NULL                     -- what it is chosen by: as its client calls it, else workflow or client and its beginning
) STRICT;

-- Every run, for comparison with one: also where --where narrows everything else to the jobs of some.
CREATE VIEW run_series AS
  SELECT id, name, series, created_at_ms, stopped_at_ms, jobs, failed, cost, lost FROM workflow_run;

DELETE FROM build WHERE product = 'insights';
