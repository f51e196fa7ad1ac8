-- What jobs waited for.

-- Jobs that a job waits for before it can run (dependsOn). Of a fact that never changes the first word counts.
CREATE TABLE job_dependency (
  job_id TEXT NOT NULL,
  depends_on TEXT NOT NULL,              -- job.job_id; of an array one child, where one child waits for another
  PRIMARY KEY (job_id, depends_on)
) STRICT, WITHOUT ROWID;

-- The waits of start_wait in parts, by the day of the start.
CREATE TABLE wait_part (
  day INTEGER NOT NULL,
  job_queue INTEGER NOT NULL,
  jobs INTEGER NOT NULL,
  dependency_ms INTEGER NOT NULL,        -- until the last of the jobs ended that it depends on
  capacity_ms INTEGER NOT NULL,          -- from there until it was placed
  start_ms INTEGER NOT NULL,             -- from there until it started: the image was pulled, SageMaker found instances
  PRIMARY KEY (day, job_queue)
) STRICT, WITHOUT ROWID;
