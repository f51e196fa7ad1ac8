-- Runs that tags name, whoever submitted the jobs; nested scatters of miniwdl; redun without tags; Airflow without run ids.

-- Keys of tags are the same in other letter case and with - for _: one row is enough for each.
DELETE FROM workflow_client WHERE rule IN (81, 83, 85);

-- Of clients that name no run, a tag that names runs does; and what else the client says of its jobs holds. Jobs of no
-- other client come last.
UPDATE workflow_client SET rule = rule + 100 WHERE rule IN (80, 82, 84);
INSERT INTO workflow_client
  SELECT DISTINCT c.rule, 20 + t.rule - 180, c.client, t.reads, t.what, 'run', 0
  FROM workflow_client c JOIN workflow_client t ON t.rule IN (180, 182, 184)
  WHERE c.rule IN (50, 65, 68, 90, 92, 93, 100, 110);

-- miniwdl names a scatter's task by its index and item, in a scatter within another by those of both.
UPDATE workflow_client SET what = '{step}-{task:numbered}-try{try:number}-{:base32}'
  WHERE rule IN (40, 110) AND what = '{step}-{task:number}-try{try:number}-{:base32}';
UPDATE workflow_client SET what = '{step}-{task:numbered}-{:base32}'
  WHERE rule IN (40, 110) AND what = '{step}-{task:number}-{:base32}';
DELETE FROM workflow_client
  WHERE rule IN (40, 110)
    AND what IN (
      '{step}-{task:number}-{:any}-try{try:number}-{:base32}', '{step}-{task:number}-{:any}-{:base32}');

INSERT INTO workflow_client VALUES
  -- With default_batch_tags off, or where an array's parent was never collected, the definition alone is redun's.
  (21, 1, 'redun', 'definition', '{:any}-redun-jd', '', 1),
  (21, 20, 'redun', 'tag', 'workflow-run', 'run', 0),
  (21, 22, 'redun', 'tag', 'run-id', 'run', 0),
  (21, 24, 'redun', 'tag', 'run-name', 'run', 0),
  -- Whoever writes down DAG and task alone leaves the run to time.
  (32, 1, 'airflow', 'tag', 'dag_id', 'workflow', 1),
  (32, 2, 'airflow', 'tag', 'task_id', 'step', 1),
  (32, 3, 'airflow', 'tag', 'map_index', 'task', 0),
  (32, 4, 'airflow', 'tag', 'try_number', 'try', 0),
  (32, 5, 'airflow', 'resubmits', '', '', 0);

DELETE FROM build;
