-- Cromwell, and Kubernetes' words for the causes of failures.

INSERT INTO workflow_client VALUES
  -- Cromwell names definitions after image and contents, and jobs after calls: all shards and tries of one alike.
  (68, 1, 'cromwell', 'definition', 'cromwell_{:any}{:hex}', '', 1),
  (68, 2, 'cromwell', 'name-without-varying', '', 'step', 0),
  (68, 3, 'cromwell', 'resubmits', 'name', '', 0);

DELETE FROM build;
