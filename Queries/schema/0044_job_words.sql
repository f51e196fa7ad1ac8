-- What kinds and platforms of jobs are, by name: for queries that ask for one.

-- Kinds of `job.kind` and `attempt.kind`.
CREATE TABLE job_kind (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  runs INTEGER NOT NULL                  -- 0: a parent, which runs nothing itself
) STRICT;
INSERT INTO job_kind VALUES
  (0, 'single', 1), (1, 'array parent', 0), (2, 'array child', 1), (3, 'multi-node parent', 0), (4, 'node', 1),
  (5, 'service job', 1);

-- Where jobs run: platforms of `job.platform` and `attempt.platform`.
CREATE TABLE job_platform (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  has_tasks INTEGER NOT NULL             -- 1: each attempt is a task that is paid for by itself
) STRICT;
INSERT INTO job_platform VALUES (0, 'EC2', 0), (1, 'Fargate', 1), (2, 'EKS', 0), (3, 'SageMaker', 1);

-- Whether a job counts as one: of a multi-node job the first node alone does.
--   job                  job.id;  jobs 1, or 0 for the other nodes
CREATE VIEW counted_job AS
  SELECT j.id AS job, CASE WHEN k.name = 'node' AND j.child_index > 0 THEN 0 ELSE 1 END AS jobs
  FROM job j JOIN job_kind k ON k.id = j.kind;
