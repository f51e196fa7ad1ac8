-- Steps by a name that no other has: two workflows may call different work alike, as every flow of Metaflow has a `start`.

-- A step; where steps of several workflows are called alike, with its workflow before it, else its client, else `definition`.
CREATE VIEW named_step AS
  SELECT s.id AS id, s.client AS client, s.workflow AS workflow,
    CASE WHEN a.workflows = 1 THEN s.name ELSE COALESCE(s.workflow, s.client, 'definition') || ' · ' || s.name END AS name,
    s.job_definition AS job_definition
  FROM job_step s
  JOIN (
    SELECT x.name AS name, COUNT(DISTINCT COALESCE(x.workflow, x.client, 'definition')) AS workflows
    FROM job_step x GROUP BY x.name
  ) a ON a.name = s.name;
