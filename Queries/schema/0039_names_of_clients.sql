-- Names as Nextflow and Airflow write them.

-- Nextflow leaves colons out of the names of jobs, so that nothing parts a pipeline of nf-core from what follows.
DELETE FROM workflow_client WHERE rule = 91;
UPDATE workflow_client SET what = 'NFCORE_{workflow:pipeline}{:any}'
  WHERE rule > 0 AND reads = 'name' AND what = 'NFCORE_{workflow:pipeline}_{:any}';

INSERT INTO workflow_client VALUES
  -- The command of Airflow 2 does not say which try it is.
  (31, 6, 'airflow', 'resubmits', '', '', 0);

DELETE FROM build WHERE product = 'insights';
