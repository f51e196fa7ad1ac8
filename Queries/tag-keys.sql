-- Tag keys by how much of the work carries them.
-- A row is a tag key that AWS did not set. Keys for teams in batchcost.yaml (`tags`) come first, then the key that covers most
-- of the cost of work; of keys that cover as much, `team` first, then the one with the fewest values.
--   tag            the key
--   cost_usd       attempts and startup of jobs that carry it;  share of all work, 0 to 1
--   tag_values     how many values it has on these jobs
--   is_team        1: batchcost.yaml says that it names teams
-- Keys all of whose values are UUIDs are left out, unless batchcost.yaml names them: they tell single jobs or runs apart.
WITH work AS (
  SELECT d.tag_set AS tag_set, SUM(d.cost) AS cost
  FROM daily_cost d
  JOIN calendar k ON k.day = d.day
  JOIN ledger_account a ON a.id = d.account
  WHERE k.date >= :from AND k.date < :to AND a.kind <> 'unused'
  GROUP BY d.tag_set
)
SELECT
  t.name AS tag,
  SUM(w.cost) AS cost_nanodollars,
  SUM(w.cost) * 1e0 / NULLIF((SELECT SUM(cost) FROM work), 0) AS share,
  COUNT(DISTINCT t.value) AS tag_values,
  CASE WHEN MIN(r.place) IS NULL THEN 0 ELSE 1 END AS is_team
FROM work w
JOIN tag t ON t.tag_set = w.tag_set
LEFT JOIN tag_role r ON r.tag = t.name AND r.role = 'team'
WHERE LOWER(SUBSTR(t.name, 1, 4)) <> 'aws:' AND w.cost > 0
GROUP BY t.name
HAVING MIN(r.place) IS NOT NULL OR SUM(CASE WHEN LENGTH(t.value) = 36 AND SUBSTR(t.value, 9, 1) = '-'
  AND SUBSTR(t.value, 14, 1) = '-' AND SUBSTR(t.value, 19, 1) = '-' AND SUBSTR(t.value, 24, 1) = '-' THEN 0 ELSE 1 END) > 0
ORDER BY is_team DESC, cost_nanodollars DESC, CASE WHEN t.name = 'team' THEN 0 ELSE 1 END, tag_values, t.name
