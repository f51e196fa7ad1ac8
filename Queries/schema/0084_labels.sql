-- Labels of runs that come back, steps without what varies in them, Toil's names, and Nextflow with a definition of one's own.

-- `label` reads a tag that people set, or a configuration that they wrote once: one that comes back names no run.
UPDATE workflow_client SET reads = 'label'
  WHERE rule > 0 AND reads = 'tag' AND gives = 'run' AND what IN ('workflow-run', 'run-id', 'run-name', 'uniqueRunId');

-- Toil names a job `CLASS-UNIT-ID-vN`; the id is a UUID in a job store of S3, `kind-CLASSinstance-RANDOM` in one of files. The
-- unit of CWL and WDL has the number of the shard. Names end after 128 characters.
UPDATE workflow_client SET place = 4 WHERE rule = 60 AND place = 2;
INSERT INTO workflow_client VALUES
  (58, 1, 'toil', 'definition', 'toil-{run:uuid}', '', 1),
  (58, 2, 'toil', 'name', 'CWL{:any}', '', 1),
  (58, 3, 'toil', 'name', '{step:varying}-{task:uuid}-v{try:number}', '', 0),
  (58, 4, 'toil', 'name', '{step:varying}-kind-{:any}instance-{task}-v{try:number}', '', 0),
  (58, 5, 'toil', 'name-without-varying', '', 'step', 0),
  (58, 6, 'toil', 'resubmits', 'name', '', 0),
  (59, 1, 'toil', 'definition', 'toil-{run:uuid}', '', 1),
  (59, 2, 'toil', 'name', 'WDL{:any}', '', 1),
  (59, 3, 'toil', 'name', '{step:varying}-{task:uuid}-v{try:number}', '', 0),
  (59, 4, 'toil', 'name', '{step:varying}-kind-{:any}instance-{task}-v{try:number}', '', 0),
  (59, 5, 'toil', 'name-without-varying', '', 'step', 0),
  (59, 6, 'toil', 'resubmits', 'name', '', 0),
  (60, 3, 'toil', 'name', '{step}-{task:uuid}-v{try:number}', '', 0),
  (60, 5, 'toil', 'name-without-varying', '', 'step', 0),
  (60, 6, 'toil', 'resubmits', 'name', '', 0),
  -- Seqera's labels without a run: outside Seqera's platform the variable that gives its id is not set.
  (79, 1, 'nextflow', 'tag', 'pipelineProcess', 'step', 1),
  (79, 2, 'nextflow', 'tag', 'pipelineName', 'workflow', 0),
  (79, 3, 'nextflow', 'tag', 'pipelineUser', 'user', 0),
  (79, 4, 'nextflow', 'resubmits', 'name', '', 0),
  (79, 20, 'nextflow', 'label', 'workflow-run', 'run', 0),
  (79, 22, 'nextflow', 'label', 'run-id', 'run', 0),
  (79, 24, 'nextflow', 'label', 'run-name', 'run', 0),
  -- With a job definition of one's own (`job-definition://`), the command is Nextflow's.
  (94, 1, 'nextflow', 'parameter', 'nextflow.task', '', 1),
  (94, 2, 'nextflow', 'name-without-varying', '', 'step', 0),
  (94, 3, 'nextflow', 'resubmits', 'name', '', 0),
  (94, 20, 'nextflow', 'label', 'workflow-run', 'run', 0),
  (94, 22, 'nextflow', 'label', 'run-id', 'run', 0),
  (94, 24, 'nextflow', 'label', 'run-name', 'run', 0),
  -- `submitted-alone`: nothing waits for a job to submit the next of its step, so that one after the other is two runs.
  (120, 5, 'sagemaker', 'submitted-alone', '', '', 0);

DELETE FROM build;
