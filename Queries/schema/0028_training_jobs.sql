-- Training jobs of SageMaker: what Batch's service jobs are run as, and what SageMaker bills.

-- SageMaker DescribeTrainingJob.
CREATE TABLE training_job (
  account_region INTEGER NOT NULL REFERENCES account_region,
  name TEXT NOT NULL,                    -- the last part of the ARN; attempt.task_id of the attempt that it is
  status TEXT,                           -- InProgress, Completed, Failed, Stopping, Stopped, Deleting
  created_at_ms INTEGER,
  started_at_ms INTEGER,                 -- TrainingStartTime: billed from here; NULL: never on an instance
  ended_at_ms INTEGER,                   -- TrainingEndTime
  training_seconds INTEGER,
  billable_seconds INTEGER,              -- wall-clock time to be paid for, on each instance
  payment TEXT NOT NULL,                 -- on-demand, managed-spot, training-plan, serverless
  instances TEXT,                        -- JSON object, how many of each type: {"ml.g5.xlarge": 2}
  keep_alive_seconds INTEGER,            -- how long a warm pool is kept at most
  pool_status TEXT,                      -- Available, InUse, Reused, Terminated
  pool_seconds INTEGER,                  -- billable time that the warm pool was kept after the job
  progress INTEGER NOT NULL,
  digest INTEGER NOT NULL,
  PRIMARY KEY (account_region, name)
) STRICT, WITHOUT ROWID;

-- What Batch says of a service job beside what it says of every job.
CREATE TABLE service_job (
  job_id TEXT PRIMARY KEY,
  scheduled_at_ms INTEGER,               -- handed to SageMaker; before it the job waited in Batch's queue
  quota_share TEXT,
  preemptions INTEGER NOT NULL,
  payment TEXT NOT NULL,                 -- as requested: on-demand, managed-spot, training-plan, serverless
  instances TEXT,                        -- as requested, or as its capacity is counted
  keep_alive_seconds INTEGER,
  progress INTEGER NOT NULL,
  digest INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

INSERT INTO purchase_option VALUES (9, 'sagemaker'), (10, 'sagemaker-spot');
INSERT INTO outcome VALUES
  (12, 'preempted'), (13, 'unhealthy host'), (14, 'block ended'), (15, 'reservation reclaimed');
INSERT INTO bill_kind VALUES (10, 'training-job');

-- Days on which attempts began that run where the ledger has no prices: EKS.
DROP VIEW unpriced_platform_day;
CREATE VIEW unpriced_platform_day AS
  SELECT DISTINCT CAST((started_at_ms - started_at_ms % 86400000) / 86400000 AS BIGINT) AS day
  FROM attempt WHERE platform = 2 AND started_at_ms IS NOT NULL;
