-- Unused cost by compute environment and kind.
-- A row is a compute environment on EC2 with unused cost.
--   boot_usd     from launch to the first placement
--   packing_usd  free capacity beside running attempts
--   gap_usd      the whole instance between attempts
--   tail_usd     the whole instance after its last attempt, and the billing minimum
--   idle_usd     instances on which nothing ever ran
--   reserved_usd capacity reservations and Capacity Blocks while no instance ran in them; NULL if there are none
--   unused_usd   their sum;  each is 0 if there was none, NULL if it has no price
--   cost_usd     all charges of the environment;  unused_share unused ÷ cost, 0 to 1
SELECT
  e.name AS compute_environment,
  COALESCE(NULLIF(SUM(CASE WHEN a.name = 'unused.boot' THEN d.cost END), 0),
    CASE WHEN COUNT(CASE WHEN a.name = 'unused.boot' AND d.cost IS NULL THEN 1 END) = 0
      THEN 0 END) AS boot_nanodollars,
  COALESCE(NULLIF(SUM(CASE WHEN a.name = 'unused.packing' THEN d.cost END), 0),
    CASE WHEN COUNT(CASE WHEN a.name = 'unused.packing' AND d.cost IS NULL THEN 1 END) = 0
      THEN 0 END) AS packing_nanodollars,
  COALESCE(NULLIF(SUM(CASE WHEN a.name = 'unused.gap' THEN d.cost END), 0),
    CASE WHEN COUNT(CASE WHEN a.name = 'unused.gap' AND d.cost IS NULL THEN 1 END) = 0 THEN 0 END) AS gap_nanodollars,
  COALESCE(NULLIF(SUM(CASE WHEN a.name = 'unused.tail' THEN d.cost END), 0),
    CASE WHEN COUNT(CASE WHEN a.name = 'unused.tail' AND d.cost IS NULL THEN 1 END) = 0
      THEN 0 END) AS tail_nanodollars,
  COALESCE(NULLIF(SUM(CASE WHEN a.name = 'unused.idle' THEN d.cost END), 0),
    CASE WHEN COUNT(CASE WHEN a.name = 'unused.idle' AND d.cost IS NULL THEN 1 END) = 0
      THEN 0 END) AS idle_nanodollars,
  NULLIF(SUM(CASE WHEN a.name = 'unused.reserved' THEN d.cost END), 0) AS reserved_nanodollars,
  COALESCE(NULLIF(SUM(CASE WHEN a.kind = 'unused' THEN d.cost END), 0),
    CASE WHEN COUNT(CASE WHEN a.kind = 'unused' AND d.cost IS NULL THEN 1 END) = 0 THEN 0 END) AS unused_nanodollars,
  SUM(d.cost) AS cost_nanodollars,
  NULLIF(SUM(CASE WHEN a.kind = 'unused' THEN d.cost END), 0) * 1e0 / NULLIF(SUM(d.cost), 0) AS unused_share
FROM daily_cost d
JOIN calendar k ON k.day = d.day
JOIN ledger_account a ON a.id = d.account
LEFT JOIN named_environment e ON e.id = d.compute_environment
WHERE k.date >= :from AND k.date < :to
GROUP BY e.id, e.name
HAVING SUM(CASE WHEN a.kind = 'unused' THEN d.cost END) > 0
  OR COUNT(CASE WHEN a.kind = 'unused' AND d.cost IS NULL THEN 1 END) > 0
ORDER BY unused_nanodollars DESC NULLS LAST, e.name NULLS FIRST
