-- Cost by tag value and day, for small bars in tables.
-- A row is a tag value × UTC day with cost.
--   :tag text          the tag's name
--   tag_value          of the tag named by the parameter `tag`; NULL for untagged and unused
--   cost_usd           attempts and startup; in the row for unused, the unused cost
--   kind               tagged, untagged, unused
--   is_partial         1: collection ended within the day
SELECT
  t.value AS tag_value,
  CASE WHEN a.kind = 'unused' THEN 'unused' WHEN t.value IS NULL THEN 'untagged' ELSE 'tagged' END AS kind,
  k.date AS day,
  SUM(d.cost) AS cost_nanodollars,
  CASE WHEN k.until IS NULL THEN 0 ELSE 1 END AS is_partial
FROM daily_cost d
JOIN calendar k ON k.day = d.day
JOIN ledger_account a ON a.id = d.account
LEFT JOIN tag t ON t.tag_set = d.tag_set AND t.name = :tag
WHERE k.date >= :from AND k.date < :to
GROUP BY t.value, CASE WHEN a.kind = 'unused' THEN 'unused' WHEN t.value IS NULL THEN 'untagged' ELSE 'tagged' END, k.date, k.until
ORDER BY t.value NULLS FIRST, kind, k.date
