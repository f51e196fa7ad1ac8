-- Lithops says which function a job runs in what it hands on to it; the job that reads a runtime's metadata is of no executor.

INSERT INTO workflow_client VALUES
  (71, 3, 'lithops', 'parameter', 'lithops.function', 'step', 0);
UPDATE workflow_client SET needed = 0 WHERE rule = 71 AND place = 2;

DELETE FROM build WHERE product = 'insights';
