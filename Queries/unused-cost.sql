-- Unused cost by compute environment and kind.
-- A row is a compute environment on EC2 with unused cost.
--   boot_usd     from launch to the first placement
--   packing_usd  free capacity beside running attempts
--   gap_usd      the whole instance between attempts
--   tail_usd     the whole instance after its last attempt, and the billing minimum
--   idle_usd     instances on which nothing ever ran
--   reserved_usd capacity reservations and Capacity Blocks while no instance ran in them; NULL if there are none
--   unused_usd   their sum;  cost_usd all charges of the environment;  unused_share unused ÷ cost, 0 to 1
SELECT
  e.name AS compute_environment,
  SUM(CASE WHEN a.name = 'unused.boot' THEN d.cost ELSE 0 END) AS boot_nanodollars,
  SUM(CASE WHEN a.name = 'unused.packing' THEN d.cost ELSE 0 END) AS packing_nanodollars,
  SUM(CASE WHEN a.name = 'unused.gap' THEN d.cost ELSE 0 END) AS gap_nanodollars,
  SUM(CASE WHEN a.name = 'unused.tail' THEN d.cost ELSE 0 END) AS tail_nanodollars,
  SUM(CASE WHEN a.name = 'unused.idle' THEN d.cost ELSE 0 END) AS idle_nanodollars,
  NULLIF(SUM(CASE WHEN a.name = 'unused.reserved' THEN d.cost ELSE 0 END), 0) AS reserved_nanodollars,
  SUM(CASE WHEN a.kind = 'unused' THEN d.cost ELSE 0 END) AS unused_nanodollars,
  SUM(d.cost) AS cost_nanodollars,
  SUM(CASE WHEN a.kind = 'unused' THEN d.cost ELSE 0 END) * 1e0 / SUM(d.cost) AS unused_share
FROM daily_cost d
JOIN calendar k ON k.day = d.day
JOIN ledger_account a ON a.id = d.account
LEFT JOIN named_environment e ON e.id = d.compute_environment
WHERE k.date >= :from AND k.date < :to
GROUP BY e.id, e.name
HAVING SUM(CASE WHEN a.kind = 'unused' THEN d.cost ELSE 0 END) > 0
ORDER BY unused_nanodollars DESC, e.name NULLS FIRST
