-- Cost by instance.
-- A row is an EC2 instance that ran in the period; money is for the period, times and billed seconds are for its whole life.
--   started_at, stopped_at   running span; for an instance that is still running, up to the time of collection
--   cost_usd                 = attempt + startup + boot + packing + gap + tail + idle + reserved; NULL: nothing priced. Parts
--                            are 0 if there was none, NULL if they have no price; packing also if the capacity is unknown
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
  NULLIF(SUM(p.attempt), CASE WHEN COUNT(p.attempt) < COUNT(*) THEN 0 END) AS attempt_nanodollars,
  NULLIF(SUM(p.startup), CASE WHEN COUNT(p.startup) < COUNT(*) THEN 0 END) AS startup_nanodollars,
  NULLIF(SUM(p.boot), CASE WHEN COUNT(p.boot) < COUNT(*) THEN 0 END) AS boot_nanodollars,
  NULLIF(SUM(p.packing), CASE WHEN COUNT(p.packing) < COUNT(*) OR r.milli_vcpus IS NULL THEN 0 END) AS packing_nanodollars,
  NULLIF(SUM(p.gap), CASE WHEN COUNT(p.gap) < COUNT(*) THEN 0 END) AS gap_nanodollars,
  NULLIF(SUM(p.tail), CASE WHEN COUNT(p.tail) < COUNT(*) THEN 0 END) AS tail_nanodollars,
  NULLIF(SUM(p.idle), CASE WHEN COUNT(p.idle) < COUNT(*) THEN 0 END) AS idle_nanodollars,
  NULLIF(SUM(p.reserved), CASE WHEN COUNT(p.reserved) < COUNT(*) THEN 0 END) AS reserved_nanodollars
FROM posting_part p
JOIN calendar k ON k.day = p.day
JOIN resource r ON r.id = p.resource
JOIN purchase_option o ON o.id = r.purchase_option
LEFT JOIN named_environment e ON e.id = r.compute_environment
WHERE k.date >= :from AND k.date < :to AND r.kind = 'instance'
GROUP BY r.id, r.name, r.instance_type, r.zone, o.name, e.name, r.started_at_ms, r.stopped_at_ms, r.billed_ms,
  r.unpriced_ms, r.milli_vcpus
ORDER BY cost_nanodollars DESC, r.name
