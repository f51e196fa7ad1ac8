-- The bill's split cost allocation by the value of a tag, over everything imported.
-- A row is a value of the bill's tag; NULL is for tasks without it.
--   :tag text         as the bill spells it: aws_batch_job_queue, user_team
--   split_usd         the tasks' shares;  unused_usd their part of instances' unused cost, by AWS's hourly rule
--   split_whole, split_rest …  all digits of the bill: nanodollars, and 10^-18 USD beside them
SELECT
  g.value AS tag_value,
  COUNT(DISTINCT t.task_id) AS tasks,
  SUM(t.rows) AS rows,
  SUM(t.split) + CAST(ROUND(SUM(t.split_rest) / 1000000000e0) AS BIGINT) AS split_nanodollars,
  SUM(t.unused) + CAST(ROUND(SUM(t.unused_rest) / 1000000000e0) AS BIGINT) AS unused_nanodollars,
  SUM(t.split) AS split_whole,
  SUM(t.split_rest) AS split_rest,
  SUM(t.unused) AS unused_whole,
  SUM(t.unused_rest) AS unused_rest
FROM bill_task t
LEFT JOIN tag g ON g.tag_set = t.tag_set AND g.name = :tag
GROUP BY g.value
ORDER BY split_nanodollars DESC, g.value NULLS FIRST
