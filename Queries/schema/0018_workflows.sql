-- Workflow clients: what they write about jobs, and the steps and runs that it tells.

-- What a client told Batch of the job: a JSON object of texts, keys sorted; NULL for none. Of a task of Airflow's executor
-- also what its command says of it: airflow.dag_id, airflow.run_id, airflow.task_id, airflow.map_index, airflow.try_number.
ALTER TABLE job ADD COLUMN parameters TEXT;

-- How jobs of a client are recognised, and where it writes what. The first rule of which all that is needed is there takes
-- the job; a field has the first reading that is there. Rules below 0 are users' own, from batchcost.yaml.
CREATE TABLE workflow_client (
  rule INTEGER NOT NULL,
  place INTEGER NOT NULL,                -- order of the readings of one rule
  client TEXT NOT NULL,
  reads TEXT NOT NULL,                   -- tag, parameter, parameters: what is given by the name in `what`, or all of them;
                                         -- name, definition: by a pattern; own-definition: of a definition that only this
                                         -- job uses and that has its name; name-without-varying;
                                         -- starter: the job's own id, where another job's tag has it;
                                         -- resubmits: what failed is submitted anew as another job that names no task
  what TEXT NOT NULL,                    -- the tag, the parameter, the pattern; '' for none
  gives TEXT NOT NULL,                   -- run, workflow, step, task, try, user; '' for patterns and for what is only needed
  needed INTEGER NOT NULL,               -- 1: without it a job is none of the client's
  PRIMARY KEY (rule, place)
) STRICT, WITHOUT ROWID;
INSERT INTO workflow_client VALUES
  -- Metaflow writes parameters always, tags where METAFLOW_BATCH_EMIT_TAGS is set.
  (10, 1, 'metaflow', 'parameter', 'metaflow.run_id', 'run', 1),
  (10, 2, 'metaflow', 'parameter', 'metaflow.flow_name', 'workflow', 0),
  (10, 3, 'metaflow', 'parameter', 'metaflow.step_name', 'step', 0),
  (10, 4, 'metaflow', 'parameter', 'metaflow.task_id', 'task', 0),
  (10, 5, 'metaflow', 'parameter', 'metaflow.retry_count', 'try', 0),
  (10, 6, 'metaflow', 'parameter', 'metaflow.user', 'user', 0),
  (11, 1, 'metaflow', 'tag', 'metaflow.run_id', 'run', 1),
  (11, 2, 'metaflow', 'tag', 'metaflow.flow_name', 'workflow', 0),
  (11, 3, 'metaflow', 'tag', 'metaflow.step_name', 'step', 0),
  (11, 4, 'metaflow', 'tag', 'metaflow.task_id', 'task', 0),
  (11, 5, 'metaflow', 'tag', 'metaflow.retry_count', 'try', 0),
  (11, 6, 'metaflow', 'tag', 'metaflow.user', 'user', 0),
  (11, 7, 'metaflow', 'name', '{user}-{workflow:word}-{run:number}-{step}-{task:number}-{try:number}', '', 0),
  (12, 1, 'metaflow', 'definition', 'metaflow_{:word}', '', 1),
  (12, 2, 'metaflow', 'name', '{user}-{workflow:word}-{run:number}-{step}-{task:number}-{try:number}', '', 1),
  -- An array has the tags of one of its tasks: redun_job_id is none of its children's.
  (20, 1, 'redun', 'tag', 'redun_execution_id', 'run', 1),
  (20, 2, 'redun', 'tag', 'redun_project', 'workflow', 0),
  (20, 3, 'redun', 'tag', 'redun_task_name', 'step', 0),
  (20, 4, 'redun', 'tag', 'redun_aws_user', 'user', 0),
  -- Run ids are shared by all DAGs of one schedule.
  (30, 1, 'airflow', 'tag', 'dag_id', 'workflow', 1),
  (30, 2, 'airflow', 'tag', 'run_id', 'run', 1),
  (30, 3, 'airflow', 'tag', 'task_id', 'step', 0),
  (30, 4, 'airflow', 'tag', 'map_index', 'task', 0),
  (30, 5, 'airflow', 'tag', 'try_number', 'try', 0),
  (31, 1, 'airflow', 'parameter', 'airflow.dag_id', 'workflow', 1),
  (31, 2, 'airflow', 'parameter', 'airflow.run_id', 'run', 1),
  (31, 3, 'airflow', 'parameter', 'airflow.task_id', 'step', 0),
  (31, 4, 'airflow', 'parameter', 'airflow.map_index', 'task', 0),
  (31, 5, 'airflow', 'parameter', 'airflow.try_number', 'try', 0),
  -- miniwdl that itself runs in Batch: its job and those that it starts.
  (40, 1, 'miniwdl', 'tag', 'AWS_BATCH_PARENT_JOB_ID', 'run', 1),
  (40, 2, 'miniwdl', 'name', '{step}-{task:number}-{:any}-try{try:number}-{:base32}', '', 0),
  (40, 3, 'miniwdl', 'name', '{step}-{task:number}-try{try:number}-{:base32}', '', 0),
  (40, 4, 'miniwdl', 'name', '{step}-try{try:number}-{:base32}', '', 0),
  (40, 5, 'miniwdl', 'name', '{step}-{task:number}-{:any}-{:base32}', '', 0),
  (40, 6, 'miniwdl', 'name', '{step}-{task:number}-{:base32}', '', 0),
  (40, 7, 'miniwdl', 'name', '{step}-{:base32}', '', 0),
  (41, 1, 'miniwdl', 'starter', 'AWS_BATCH_PARENT_JOB_ID', 'run', 1),
  (41, 2, 'miniwdl', 'name', '{step}-{:base32}', '', 0),
  (50, 1, 'snakemake', 'name', 'snakejob-{step}-{:uuid}', '', 1),
  (50, 2, 'snakemake', 'resubmits', '', '', 0),
  (60, 1, 'toil', 'definition', 'toil-{run:uuid}', '', 1),
  (60, 2, 'toil', 'name', '{step}-kind-{:any}instance-{task}-v{try:number}', '', 0),
  (70, 1, 'covalent', 'name', 'covalent-batch-{run:uuid}-{step:number}', '', 1),
  -- Tags that name runs of whatever client.
  (80, 1, 'tag', 'tag', 'workflow-run', 'run', 1),
  (81, 1, 'tag', 'tag', 'workflow_run', 'run', 1),
  (82, 1, 'tag', 'tag', 'run-id', 'run', 1),
  (83, 1, 'tag', 'tag', 'run_id', 'run', 1),
  (84, 1, 'tag', 'tag', 'run-name', 'run', 1),
  (85, 1, 'tag', 'tag', 'run_name', 'run', 1),
  -- Nextflow names definitions after images and jobs after processes; those of nf-core begin with the pipeline.
  (90, 1, 'nf-core', 'name', 'NFCORE_{workflow:pipeline}_{:any}', '', 1),
  (91, 1, 'nf-core', 'name', 'NFCORE_{workflow:pipeline}:{:any}', '', 1),
  (92, 1, 'nf-core', 'name', 'NFCORE_{workflow:pipeline}', '', 1),
  (93, 1, 'nextflow', 'definition', 'nf-{:any}', '', 1),
  (93, 2, 'nextflow', 'name-without-varying', '', 'step', 0),
  (100, 1, 'luigi', 'name', 'batch-job-{:base32}', '', 1),
  (100, 2, 'luigi', 'parameters', '', 'task', 0),
  (110, 2, 'miniwdl', 'name', '{step}-{task:number}-{:any}-try{try:number}-{:base32}', '', 0),
  (110, 3, 'miniwdl', 'name', '{step}-{task:number}-try{try:number}-{:base32}', '', 0),
  (110, 4, 'miniwdl', 'name', '{step}-try{try:number}-{:base32}', '', 0),
  (110, 5, 'miniwdl', 'name', '{step}-{task:number}-{:any}-{:base32}', '', 0),
  (110, 6, 'miniwdl', 'name', '{step}-{task:number}-{:base32}', '', 0),
  (110, 7, 'miniwdl', 'own-definition', '{step}-{:base32}', '', 1);

-- Jobs that do the same, in whatever run: a step of a workflow, else a job definition without what varies in its name.
CREATE TABLE job_step (
  id INTEGER PRIMARY KEY,
  client TEXT,                           -- NULL: none was recognised
  workflow TEXT,
  name TEXT NOT NULL,
  job_definition TEXT NOT NULL           -- its name, with * for what varies
) STRICT;

-- Jobs that a client submitted anew after they failed.
CREATE TABLE client_rerun (
  job INTEGER PRIMARY KEY,               -- job.id: it failed
  next INTEGER NOT NULL,                 -- job.id: it ran the same again
  sure INTEGER NOT NULL                  -- 1: the client names the task; 0: told by step and time
) STRICT;

DROP TABLE unit_cost;
CREATE TABLE unit_cost (
  day INTEGER NOT NULL,
  job_queue INTEGER NOT NULL,
  job_step INTEGER NOT NULL,
  jobs INTEGER NOT NULL,                 -- array children each, multi-node jobs once, parents not
  succeeded INTEGER NOT NULL,
  cost INTEGER NOT NULL,
  failed_cost INTEGER NOT NULL,          -- of jobs that did not succeed
  PRIMARY KEY (day, job_queue, job_step)
) STRICT, WITHOUT ROWID;

DROP TABLE workflow_run;
CREATE TABLE workflow_run (
  id INTEGER PRIMARY KEY,
  client TEXT NOT NULL,
  workflow TEXT,
  run TEXT,                              -- NULL: the client names none; told by time
  user TEXT,
  job_queue INTEGER NOT NULL,            -- of its first job
  day INTEGER NOT NULL,                  -- on which the last job ended
  created_at_ms INTEGER NOT NULL,        -- of its first job
  stopped_at_ms INTEGER NOT NULL,
  steps INTEGER NOT NULL,
  jobs INTEGER NOT NULL,                 -- as Batch counts them: a client's new job for an old task is one
  failed INTEGER NOT NULL,
  retries INTEGER NOT NULL,              -- attempts and jobs beyond the first of each work
  cost INTEGER NOT NULL,
  lost INTEGER NOT NULL                  -- of cost: attempts that were lost with their Spot host and run again
) STRICT;

ALTER TABLE retry ADD COLUMN by_client INTEGER NOT NULL DEFAULT 0;      -- 1: run again as another job
ALTER TABLE retry ADD COLUMN on_spot INTEGER NOT NULL DEFAULT 0;        -- 1: it ran on Spot or Fargate Spot
