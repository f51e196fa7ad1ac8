-- The values of one tag, with what they cost and how else they are spelt.
-- A row is a value that jobs with cost in the period carry, children with their parents; most expensive first. One row is work
-- without the tag.
--   :tag text     the tag's key, such as team
--   tag_value     NULL for work without the tag
--   cost_usd      attempts and startup; NULL where none of it is priced;  share of all work, 0 to 1
--   jobs          jobs whose first attempt began in the period
--   also_spelt    other values that differ only in capitals, spaces and marks
WITH work AS (
  SELECT t.value AS value, SUM(d.cost) AS cost, SUM(d.jobs) AS jobs,
    LOWER(REPLACE(REPLACE(REPLACE(REPLACE(t.value, '-', ''), '_', ''), ' ', ''), '.', '')) AS plain
  FROM daily_cost d
  JOIN calendar k ON k.day = d.day
  JOIN ledger_account a ON a.id = d.account
  LEFT JOIN tag t ON t.tag_set = d.tag_set AND t.name = :tag
  WHERE k.date >= :from AND k.date < :to AND a.kind <> 'unused'
  GROUP BY t.value
)
SELECT
  w.value AS tag_value,
  w.cost AS cost_nanodollars,
  w.cost * 1.0 / NULLIF(SUM(w.cost) OVER (), 0) AS share,
  w.jobs AS jobs,
  (SELECT GROUP_CONCAT(o.value, ', ') FROM work o WHERE o.plain = w.plain AND o.value <> w.value) AS also_spelt
FROM work w
ORDER BY CASE WHEN w.value IS NULL THEN 1 ELSE 0 END, cost_nanodollars DESC, w.value
