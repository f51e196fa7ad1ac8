-- Cost by instance.
-- A row is an EC2 instance that ran in the period; money is for the period, times and billed seconds are for its whole life.
--   started_at, stopped_at   running span; for an instance that is still running, up to the time of collection
--   cost_usd                 = attempt + startup + boot + packing + gap + tail + idle + reserved; NULL: nothing priced. Parts
--                            are 0 if there was none, NULL if they have no price
--   reserved_usd             for the last instance in a Capacity Block: the block's hours in which no instance ran
--   on_demand_usd            the same at On-Demand rates; NULL unless all of its time has both prices, as in totals
SELECT
  r.name AS instance_id,
  r.instance_type AS instance_type,
  r.zone AS zone,
  o.name AS purchase_option,
  e.name AS compute_environment,
  r.started_at_ms AS started_at_ms,
  r.stopped_at_ms AS stopped_at_ms,
  CAST((r.billed_ms - r.billed_ms % 1000) / 1000 AS BIGINT) AS billed_seconds,
  CAST((r.unpriced_ms - r.unpriced_ms % 1000) / 1000 AS BIGINT) AS unpriced_seconds,
  SUM(p.cost) AS cost_nanodollars,
  SUM(CASE WHEN r.unpriced_ms = 0 THEN p.on_demand END) AS on_demand_nanodollars,
  COALESCE(NULLIF(SUM(CASE WHEN a.name = 'attempt' THEN p.cost END), 0),
    CASE WHEN COUNT(CASE WHEN a.name = 'attempt' AND p.cost IS NULL THEN 1 END) = 0
      THEN 0 END) AS attempt_nanodollars,
  COALESCE(NULLIF(SUM(CASE WHEN a.name = 'startup' THEN p.cost END), 0),
    CASE WHEN COUNT(CASE WHEN a.name = 'startup' AND p.cost IS NULL THEN 1 END) = 0
      THEN 0 END) AS startup_nanodollars,
  COALESCE(NULLIF(SUM(CASE WHEN a.name = 'unused.boot' THEN p.cost END), 0),
    CASE WHEN COUNT(CASE WHEN a.name = 'unused.boot' AND p.cost IS NULL THEN 1 END) = 0
      THEN 0 END) AS boot_nanodollars,
  COALESCE(NULLIF(SUM(CASE WHEN a.name = 'unused.packing' THEN p.cost END), 0),
    CASE WHEN COUNT(CASE WHEN a.name = 'unused.packing' AND p.cost IS NULL THEN 1 END) = 0
      THEN 0 END) AS packing_nanodollars,
  COALESCE(NULLIF(SUM(CASE WHEN a.name = 'unused.gap' THEN p.cost END), 0),
    CASE WHEN COUNT(CASE WHEN a.name = 'unused.gap' AND p.cost IS NULL THEN 1 END) = 0 THEN 0 END) AS gap_nanodollars,
  COALESCE(NULLIF(SUM(CASE WHEN a.name = 'unused.tail' THEN p.cost END), 0),
    CASE WHEN COUNT(CASE WHEN a.name = 'unused.tail' AND p.cost IS NULL THEN 1 END) = 0
      THEN 0 END) AS tail_nanodollars,
  COALESCE(NULLIF(SUM(CASE WHEN a.name = 'unused.idle' THEN p.cost END), 0),
    CASE WHEN COUNT(CASE WHEN a.name = 'unused.idle' AND p.cost IS NULL THEN 1 END) = 0
      THEN 0 END) AS idle_nanodollars,
  COALESCE(NULLIF(SUM(CASE WHEN a.name = 'unused.reserved' THEN p.cost END), 0),
    CASE WHEN COUNT(CASE WHEN a.name = 'unused.reserved' AND p.cost IS NULL THEN 1 END) = 0
      THEN 0 END) AS reserved_nanodollars
FROM resource_posting p
JOIN calendar k ON k.day = p.day
JOIN resource r ON r.id = p.resource
JOIN ledger_account a ON a.id = p.account
JOIN purchase_option o ON o.id = r.purchase_option
LEFT JOIN named_environment e ON e.id = r.compute_environment
WHERE k.date >= :from AND k.date < :to AND r.kind = 'instance'
GROUP BY r.id, r.name, r.instance_type, r.zone, o.name, e.name, r.started_at_ms, r.stopped_at_ms, r.billed_ms,
  r.unpriced_ms
ORDER BY cost_nanodollars DESC, r.name
