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
),
summed AS (
  SELECT a.id AS id, a.name AS kind, COUNT(DISTINCT l.name) AS resources, NULLIF(SUM(w.kilobytes), 0) AS kilobytes,
    SUM(CASE WHEN w.own = l.attempts THEN w.cost END) AS billed,
    SUM(CASE WHEN w.own < l.attempts THEN w.cost END) AS estimated,
    SUM(w.cost) AS cost
  FROM part w
  JOIN around_line l ON l.day = w.day AND l.line = w.line
  JOIN around_kind a ON a.id = l.kind
  GROUP BY a.id, a.name
),
total AS (
  SELECT SUM(s.cost) AS cost FROM summed s
)
SELECT
  s.kind AS kind,
  s.resources AS resources,
  s.kilobytes / 1000000e0 AS gigabytes,
  s.billed AS billed_nanodollars,
  s.estimated AS estimated_nanodollars,
  t.cost AS total_nanodollars
FROM summed s
CROSS JOIN total t
ORDER BY s.cost DESC, s.id
