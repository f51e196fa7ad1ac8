-- Workflow clients beside those that were known, and tries of which a client names neither task nor number.

INSERT INTO workflow_client VALUES
  -- Of mapped tasks, a DAG's author may pass the index on, or not.
  (30, 6, 'airflow', 'resubmits', '', '', 0),
  -- AWS Step Functions marks jobs that it waits for; its execution is known where a user passes it on.
  (64, 1, 'step-functions', 'parameter', 'states.execution', 'run', 1),
  (64, 2, 'step-functions', 'parameter', 'states.machine', 'workflow', 0),
  (64, 3, 'step-functions', 'name-without-varying', '', 'step', 0),
  (64, 4, 'step-functions', 'resubmits', 'name', '', 0),
  (65, 1, 'step-functions', 'parameter', 'states.managed', '', 1),
  (65, 2, 'step-functions', 'name-without-varying', '', 'step', 0),
  (65, 3, 'step-functions', 'resubmits', 'name', '', 0),
  -- Prefect sends what its user gives: tags as its workers label what they start, or its variable.
  (66, 1, 'prefect', 'tag', 'prefect.io/flow-run-id', 'run', 1),
  (66, 2, 'prefect', 'tag', 'prefect.io/flow-name', 'workflow', 0),
  (66, 3, 'prefect', 'name-without-varying', '', 'step', 0),
  (66, 4, 'prefect', 'resubmits', 'name', '', 0),
  (67, 1, 'prefect', 'parameter', 'prefect.flow_run_id', 'run', 1),
  (67, 2, 'prefect', 'name-without-varying', '', 'step', 0),
  (67, 3, 'prefect', 'resubmits', 'name', '', 0),
  -- Resource labels of Nextflow, as Seqera's guide to costs has them, and as its scheduler adds them by itself.
  (76, 1, 'nextflow', 'tag', 'uniqueRunId', 'run', 1),
  (76, 2, 'nextflow', 'tag', 'pipelineName', 'workflow', 0),
  (76, 3, 'nextflow', 'tag', 'pipelineProcess', 'step', 0),
  (76, 4, 'nextflow', 'tag', 'pipelineUser', 'user', 0),
  (76, 5, 'nextflow', 'resubmits', 'name', '', 0),
  (76, 6, 'nextflow', 'name', 'NFCORE_{workflow:pipeline}_{:any}', '', 0),
  (76, 7, 'nextflow', 'name-without-varying', '', 'step', 0),
  (77, 1, 'nextflow', 'tag', 'pipelineSessionId', 'run', 1),
  (77, 2, 'nextflow', 'tag', 'pipelineName', 'workflow', 0),
  (77, 3, 'nextflow', 'tag', 'pipelineProcess', 'step', 0),
  (77, 4, 'nextflow', 'tag', 'pipelineUser', 'user', 0),
  (77, 5, 'nextflow', 'resubmits', 'name', '', 0),
  (77, 6, 'nextflow', 'name', 'NFCORE_{workflow:pipeline}_{:any}', '', 0),
  (77, 7, 'nextflow', 'name-without-varying', '', 'step', 0),
  (78, 1, 'nextflow', 'tag', 'nextflow.io/runName', 'run', 1),
  (78, 2, 'nextflow', 'tag', 'nextflow.io/projectName', 'workflow', 0),
  (78, 3, 'nextflow', 'tag', 'nextflow.io/processName', 'step', 0),
  (78, 4, 'nextflow', 'tag', 'nextflow.io/userName', 'user', 0),
  (78, 5, 'nextflow', 'resubmits', 'name', '', 0),
  (78, 6, 'nextflow', 'name-without-varying', '', 'step', 0),
  (90, 2, 'nf-core', 'resubmits', 'name', '', 0),
  (91, 2, 'nf-core', 'resubmits', 'name', '', 0),
  (92, 2, 'nf-core', 'resubmits', 'name', '', 0),
  (93, 3, 'nextflow', 'resubmits', 'name', '', 0);

DELETE FROM build WHERE product = 'insights';

-- What a run is called for choosing it: as its client calls it, else the workflow or the client, and when it began.
ALTER TABLE workflow_run ADD COLUMN name TEXT NOT NULL DEFAULT '';
