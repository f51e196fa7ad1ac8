-- Public addresses of tasks on Fargate.

-- Job definitions whose tasks on Fargate have a public IPv4 address (`networkConfiguration.assignPublicIp`). A revision fixes it:
-- SubmitJob cannot override it.
CREATE TABLE job_definition_address (
  job_definition INTEGER PRIMARY KEY REFERENCES job_definition
) STRICT;
