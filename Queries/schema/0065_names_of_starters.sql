-- miniwdl's workflows, by the job that runs miniwdl itself; Lithops.

INSERT INTO workflow_client VALUES
  -- `starter-name` reads the name of the job whose id the tag has: `miniwdl-aws-submit` names it after the WDL file.
  (40, 30, 'miniwdl', 'starter-name', 'AWS_BATCH_PARENT_JOB_ID=miniwdl_run_{workflow}-{:base32}', '', 0),
  (40, 31, 'miniwdl', 'starter-name', 'AWS_BATCH_PARENT_JOB_ID={workflow}-{:base32}', '', 0),
  (41, 30, 'miniwdl', 'name', 'miniwdl_run_{workflow}-{:base32}', '', 0),
  (41, 31, 'miniwdl', 'name', '{workflow}-{:base32}', '', 0),
  -- Lithops names a job after its definition and call: `…mb_1f3a2b-0-M000`. The executor is the run; no function is named.
  (71, 1, 'lithops', 'definition', 'lithops_{:any}', '', 1),
  (71, 2, 'lithops', 'name', 'lithops_{:any}mb_{run}-{task:word}', '', 1);

DELETE FROM build;
