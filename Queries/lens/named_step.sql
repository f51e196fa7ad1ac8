-- Steps of the chosen jobs, by a name that no other of them has.
WITH chosen AS (
  SELECT s.id AS id, s.client AS client, s.workflow AS workflow, s.name AS name, s.job_definition AS job_definition
  FROM job_step s WHERE s.id IN (SELECT i.job_step FROM job_identity i)
)
SELECT c.id AS id, c.client AS client, c.workflow AS workflow,
  CASE WHEN a.workflows = 1 THEN c.name ELSE COALESCE(c.workflow, c.client, 'definition') || ' · ' || c.name END AS name,
  c.job_definition AS job_definition
FROM chosen c
JOIN (
  SELECT x.name AS name, COUNT(DISTINCT COALESCE(x.workflow, x.client, 'definition')) AS workflows
  FROM chosen x GROUP BY x.name
) a ON a.name = c.name
