-- Cost by job queue, under each policy for unused cost.
-- A row is a job queue; one row is the cost that no attempt bears. Every column adds up to the same total.
--   job_queue         NULL for unused cost that stays unused
--   separate_usd      unused cost is kept separate: attempts and startup only
--   instance_usd      at each instant, unused cost goes to the attempts running then, in proportion to their shares
--   aws_usd           the rule of AWS split cost allocation: by clock hour and resource, in proportion to allocations
SELECT
  q.name AS job_queue,
  SUM(d.cost) AS separate_nanodollars,
  SUM(CASE WHEN q.id IS NULL THEN d.cost ELSE d.cost + d.unused_by_instance END)
    - CASE WHEN q.id IS NULL THEN MAX(given.by_instance) ELSE 0 END AS instance_nanodollars,
  SUM(CASE WHEN q.id IS NULL THEN d.cost ELSE d.cost + d.unused_by_aws END)
    - CASE WHEN q.id IS NULL THEN MAX(given.by_aws) ELSE 0 END AS aws_nanodollars
FROM daily_cost d
JOIN calendar k ON k.day = d.day
LEFT JOIN named_queue q ON q.id = d.job_queue
CROSS JOIN (
  SELECT COALESCE(SUM(x.unused_by_instance), 0) AS by_instance, COALESCE(SUM(x.unused_by_aws), 0) AS by_aws
  FROM daily_cost x JOIN calendar c ON c.day = x.day
  WHERE c.date >= :from AND c.date < :to
) given
WHERE k.date >= :from AND k.date < :to
GROUP BY q.id, q.name
ORDER BY CASE WHEN q.id IS NULL THEN 1 ELSE 0 END, separate_nanodollars DESC, q.name NULLS FIRST
