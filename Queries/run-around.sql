-- What the jobs chosen by `--where` caused beside their compute, from the bill, over everything collected, whatever the
-- period. One row per kind, most expensive first. None of it is in the cost of the jobs.
--   kind                logs, cross-zone, data-transfer, s3, efs, fsx
--   resources           log groups, instances, buckets or file systems that the jobs name or ran on
--   gigabytes           transferred, from the bill; NULL if the bill has no amount
--   billed_usd          cost of resources that on their day only these jobs name
--   estimated_usd       their share of resources that others name too: by the size of log streams if it was collected,
--                       otherwise by run time
--   total_usd           all rows together
WITH part AS (
  SELECT w.day AS day, w.line AS line, SUM(w.cost) AS cost, SUM(w.kilobytes) AS kilobytes, COUNT(*) AS own
  FROM around_part w
  GROUP BY w.day, w.line
)
SELECT
  a.name AS kind,
  COUNT(DISTINCT l.name) AS resources,
  NULLIF(SUM(w.kilobytes), 0) / 1000000e0 AS gigabytes,
  SUM(CASE WHEN w.own = l.attempts THEN w.cost END) AS billed_nanodollars,
  SUM(CASE WHEN w.own < l.attempts THEN w.cost END) AS estimated_nanodollars,
  SUM(SUM(w.cost)) OVER () AS total_nanodollars
FROM part w
JOIN around_line l ON l.day = w.day AND l.line = w.line
JOIN around_kind a ON a.id = l.kind
GROUP BY a.id, a.name
ORDER BY SUM(w.cost) DESC, a.id
