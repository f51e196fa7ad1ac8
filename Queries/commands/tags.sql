-- Tags by what carries them: how much of the work, whether they reach the bill, and how else they are spelt.
-- A row is a key of tags that AWS did not set, on jobs or on job definitions; the one that covers most work first.
--   tag               the key
--   role              team, project, user or workflow, if batchcost.yaml says so (`tags`)
--   cost_usd          attempts and startup of jobs that carry it, children with their parents; NULL if none of it is
--                     priced;  share of all work, 0 to 1
--   tag_values        how many values it has there
--   value_spellings   how many of them differ from another only in capitals, spaces and marks: 2 for ml, ML and bio
--   also_spelt        other keys that differ only in capitals, spaces and marks
--   definition_usd    work of jobs that do not carry it although their job definition does: jobs do not inherit such tags
--   to_bill_share     the part of cost_usd, 0 to 1, of jobs that pass their tags on to ECS tasks (propagateTags): only these
--                     tags reach the bill; NULL if no job says whether it does
WITH work AS (
  SELECT d.tag_set AS tag_set, d.job_definition AS job_definition, SUM(d.cost) AS cost
  FROM daily_cost d
  JOIN calendar k ON k.day = d.day
  JOIN ledger_account a ON a.id = d.account
  WHERE k.date >= :from AND k.date < :to AND a.kind <> 'unused'
  GROUP BY d.tag_set, d.job_definition
),
on_jobs AS (
  SELECT t.name AS name, t.value AS value, SUM(w.cost) AS cost
  FROM work w
  JOIN tag t ON t.tag_set = w.tag_set
  WHERE t.name NOT LIKE 'aws:%'
  GROUP BY t.name, t.value
),
spelt AS (
  SELECT name AS name, value AS value, cost AS cost,
    LOWER(REPLACE(REPLACE(REPLACE(REPLACE(value, '-', ''), '_', ''), ' ', ''), '.', '')) AS plain
  FROM on_jobs
),
alike AS (
  SELECT s.name AS name, SUM(CASE WHEN c.spellings > 1 THEN 1 ELSE 0 END) AS spellings
  FROM spelt s
  JOIN (SELECT name AS name, plain AS plain, COUNT(*) AS spellings FROM spelt GROUP BY name, plain) c
    ON c.name = s.name AND c.plain = s.plain
  GROUP BY s.name
),
on_definitions AS (
  SELECT j.id AS job_definition, e.key AS name
  FROM job_definition j, json_each(j.tags) e
  WHERE j.tags IS NOT NULL AND e.key NOT LIKE 'aws:%'
),
undelivered AS (
  SELECT o.name AS name, SUM(w.cost) AS cost
  FROM on_definitions o
  JOIN work w ON w.job_definition = o.job_definition
  WHERE NOT EXISTS (SELECT 1 FROM tag t WHERE t.tag_set = w.tag_set AND t.name = o.name)
  GROUP BY o.name
),
passed AS (
  SELECT t.name AS name, SUM(s.cost) AS cost, SUM(CASE WHEN j.propagate_tags = 1 THEN s.cost ELSE 0 END) AS passed,
    COUNT(j.propagate_tags) AS said
  FROM submission_day s
  JOIN calendar k ON k.day = s.day
  JOIN job j ON j.id = s.job
  LEFT JOIN job_parent p ON p.id = s.parent
  JOIN tag t ON t.tag_set = COALESCE(p.tag_set, j.tag_set)
  WHERE k.date >= :from AND k.date < :to
  GROUP BY t.name
),
named AS (
  SELECT name AS name, LOWER(REPLACE(REPLACE(REPLACE(REPLACE(name, '-', ''), '_', ''), ' ', ''), ':', '')) AS plain
  FROM (SELECT name AS name FROM on_jobs UNION SELECT name FROM on_definitions) n
),
key AS (
  SELECT n.name AS name, n.plain AS plain, CASE WHEN COUNT(o.name) = 0 THEN 0 ELSE SUM(o.cost) END AS cost,
    COUNT(o.value) AS tag_values
  FROM named n
  LEFT JOIN on_jobs o ON o.name = n.name
  GROUP BY n.name, n.plain
)
SELECT
  k.name AS tag,
  (SELECT MIN(r.role) FROM tag_role r WHERE r.tag = k.name) AS role,
  k.cost AS cost_nanodollars,
  k.cost * 1.0 / NULLIF((SELECT SUM(cost) FROM work), 0) AS share,
  k.tag_values AS tag_values,
  COALESCE(a.spellings, 0) AS value_spellings,
  (SELECT GROUP_CONCAT(n.name, ', ') FROM named n WHERE n.plain = k.plain AND n.name <> k.name) AS also_spelt,
  u.cost AS definition_nanodollars,
  CASE WHEN p.said > 0 THEN p.passed * 1.0 / NULLIF(p.cost, 0) END AS to_bill_share
FROM key k
LEFT JOIN alike a ON a.name = k.name
LEFT JOIN undelivered u ON u.name = k.name
LEFT JOIN passed p ON p.name = k.name
ORDER BY cost_nanodollars DESC, k.name
