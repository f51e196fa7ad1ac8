-- Steps and runs of SageMaker's training jobs, which have no job definition.

INSERT INTO workflow_client VALUES
  -- Its Python packages put a time behind the name: `align-20261027080000`, `align-2026-10-27-08-00-00-123`.
  (120, 1, 'sagemaker', 'definition', 'SAGEMAKER_TRAINING', '', 1),
  (120, 2, 'sagemaker', 'name', '{step}-{:number}-{:number}-{:number}-{:number}-{:number}-{:number}-{:number}', '', 0),
  (120, 3, 'sagemaker', 'name', '{step}-{:number}', '', 0),
  (120, 4, 'sagemaker', 'name-without-varying', '', 'step', 0),
  (120, 20, 'sagemaker', 'tag', 'workflow-run', 'run', 0),
  (120, 22, 'sagemaker', 'tag', 'run-id', 'run', 0),
  (120, 24, 'sagemaker', 'tag', 'run-name', 'run', 0);

DELETE FROM build;
