-- Unused cost by compute environment and kind.
-- A row is a compute environment on EC2 with unused cost.
--   boot_usd     from launch to the first placement
--   packing_usd  free capacity beside running attempts; NULL, instead of 0, if the capacity of an instance is unknown
--   gap_usd      the whole instance between attempts
--   tail_usd     the whole instance after its last attempt, and the billing minimum
--   idle_usd     instances on which nothing ever ran
--   reserved_usd capacity reservations and Capacity Blocks while no instance ran in them; NULL if there are none
--   unused_usd   their sum;  each is 0 if there was none, NULL if it has no price
--   is_at_least  1: more than 1 % of the unused time has no price, so that unused_usd is at least this
--   cost_usd     all charges of the environment;  unused_share unused ÷ cost, 0 to 1
WITH unsized AS (
  SELECT COALESCE(r.compute_environment, 0) AS environment, COUNT(DISTINCT r.id) AS instances
  FROM resource_day s
  JOIN calendar k ON k.day = s.day
  JOIN resource r ON r.id = s.resource
  WHERE k.date >= :from AND k.date < :to AND r.kind = 'instance' AND r.milli_vcpus IS NULL
  GROUP BY COALESCE(r.compute_environment, 0)
)
SELECT
  e.name AS compute_environment,
  NULLIF(SUM(d.boot), CASE WHEN COUNT(d.boot) < COUNT(*) THEN 0 END) AS boot_nanodollars,
  NULLIF(SUM(d.packing), CASE WHEN COUNT(d.packing) < COUNT(*) OR MAX(n.instances) > 0 THEN 0 END) AS packing_nanodollars,
  NULLIF(SUM(d.gap), CASE WHEN COUNT(d.gap) < COUNT(*) THEN 0 END) AS gap_nanodollars,
  NULLIF(SUM(d.tail), CASE WHEN COUNT(d.tail) < COUNT(*) THEN 0 END) AS tail_nanodollars,
  NULLIF(SUM(d.idle), CASE WHEN COUNT(d.idle) < COUNT(*) THEN 0 END) AS idle_nanodollars,
  NULLIF(SUM(d.reserved), 0) AS reserved_nanodollars,
  NULLIF(SUM(d.unused), CASE WHEN COUNT(d.unused) < COUNT(*) THEN 0 END) AS unused_nanodollars,
  CASE WHEN SUM(CASE WHEN d.kind = 'unused' THEN d.unpriced_ms ELSE 0 END) * MAX(z.parts)
    > SUM(CASE WHEN d.kind = 'unused' THEN d.ms ELSE 0 END) THEN 1 ELSE 0 END AS is_at_least,
  SUM(d.cost) AS cost_nanodollars,
  NULLIF(SUM(d.unused), 0) * 1e0 / NULLIF(SUM(d.cost), 0) AS unused_share
FROM daily_part d
JOIN calendar k ON k.day = d.day
CROSS JOIN priced_rule z
LEFT JOIN named_environment e ON e.id = d.compute_environment
LEFT JOIN unsized n ON n.environment = COALESCE(d.compute_environment, 0)
WHERE k.date >= :from AND k.date < :to
GROUP BY e.id, e.name
HAVING SUM(d.unused) > 0 OR COUNT(d.unused) < COUNT(*)
ORDER BY unused_nanodollars DESC NULLS LAST, e.name NULLS FIRST
