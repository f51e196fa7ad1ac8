-- Buckets that a job names as s3://BUCKET, in its command, its environment or its parameters.
CREATE TABLE job_bucket (
  job_id TEXT NOT NULL,
  name TEXT NOT NULL,
  PRIMARY KEY (job_id, name)
) STRICT, WITHOUT ROWID;
