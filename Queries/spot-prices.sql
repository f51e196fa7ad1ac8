-- Spot prices of the six most expensive pools, and when we paid them.
-- A row is a moment at which a pool's price changed, or at which we began or stopped running there; it holds until the pool's
-- next row. A pool's first row is the period's start, its last the period's end (or the collection).
--   pool                      as in spot-pools
--   at                        ISO 8601, UTC
--   price_usd_per_hour        in force from then on (Linux); NULL before the first price known
--   is_running                1: at least one of our instances runs there
--   reclaims                  of our instances that EC2 took back at that moment, with proof
WITH period AS (
  SELECT MIN(day) * 86400000 AS first_ms,
    CASE
      WHEN (MAX(day) + 1) * 86400000 > (SELECT CAST(value AS BIGINT) FROM ledger_setting WHERE name = 'collected_at_ms')
      THEN (SELECT CAST(value AS BIGINT) FROM ledger_setting WHERE name = 'collected_at_ms')
      ELSE (MAX(day) + 1) * 86400000
    END AS end_ms
  FROM calendar WHERE date >= :from AND date < :to
),
pools AS (
  SELECT r.instance_type AS instance_type, r.zone AS zone, SUM(s.cost) AS cost
  FROM resource_day s
  JOIN calendar k ON k.day = s.day
  JOIN resource r ON r.id = s.resource
  JOIN purchase_option o ON o.id = r.purchase_option
  WHERE k.date >= :from AND k.date < :to
    AND o.name = 'spot' AND r.instance_type IS NOT NULL AND r.zone IS NOT NULL AND s.cost IS NOT NULL
  GROUP BY r.instance_type, r.zone
  ORDER BY cost DESC, r.instance_type, r.zone
  LIMIT 6
),
events AS (
  SELECT g.instance_type AS instance_type, g.zone AS zone,
    CASE WHEN v.at_ms < p.first_ms THEN p.first_ms ELSE v.at_ms END AS at_ms, v.at_ms AS price_ms, 0 AS change,
    0 AS reclaims
  FROM pools g CROSS JOIN period p
  JOIN spot_price v ON v.instance_type = g.instance_type AND v.zone = g.zone AND v.product = 'Linux/UNIX'
  WHERE v.at_ms < p.end_ms
  UNION ALL
  SELECT g.instance_type, g.zone, CASE WHEN r.started_at_ms < p.first_ms THEN p.first_ms ELSE r.started_at_ms END, NULL, 1,
    0
  FROM pools g CROSS JOIN period p
  JOIN resource r ON r.instance_type = g.instance_type AND r.zone = g.zone
  JOIN purchase_option o ON o.id = r.purchase_option AND o.name = 'spot'
  WHERE r.started_at_ms < p.end_ms AND r.stopped_at_ms > p.first_ms
  UNION ALL
  SELECT g.instance_type, g.zone, CASE WHEN r.stopped_at_ms > p.end_ms THEN p.end_ms ELSE r.stopped_at_ms END, NULL, -1,
    CASE WHEN r.interrupted = 1 AND r.stopped_at_ms < p.end_ms THEN 1 ELSE 0 END
  FROM pools g CROSS JOIN period p
  JOIN resource r ON r.instance_type = g.instance_type AND r.zone = g.zone
  JOIN purchase_option o ON o.id = r.purchase_option AND o.name = 'spot'
  WHERE r.started_at_ms < p.end_ms AND r.stopped_at_ms > p.first_ms
  UNION ALL
  SELECT g.instance_type, g.zone, p.first_ms, NULL, 0, 0 FROM pools g CROSS JOIN period p
  UNION ALL
  SELECT g.instance_type, g.zone, p.end_ms, NULL, 0, 0 FROM pools g CROSS JOIN period p
),
moments AS (
  SELECT instance_type, zone, at_ms, MAX(price_ms) AS price_ms, SUM(change) AS change,
    SUM(reclaims) AS reclaims
  FROM events GROUP BY instance_type, zone, at_ms
),
states AS (
  SELECT instance_type, zone, at_ms, reclaims,
    MAX(price_ms) OVER (PARTITION BY instance_type, zone ORDER BY at_ms NULLS FIRST ROWS UNBOUNDED PRECEDING) AS price_ms,
    SUM(change) OVER (PARTITION BY instance_type, zone ORDER BY at_ms NULLS FIRST ROWS UNBOUNDED PRECEDING) AS running
  FROM moments
)
SELECT
  s.instance_type || ' ' || s.zone AS pool,
  s.instance_type AS instance_type,
  s.zone AS zone,
  s.at_ms AS at_ms,
  MAX(v.rate) / 1000000000e0 AS price_usd_per_hour,
  MAX(CASE WHEN s.running > 0 THEN 1 ELSE 0 END) AS is_running,
  MAX(s.reclaims) AS reclaims
FROM states s
JOIN pools g ON g.instance_type = s.instance_type AND g.zone = s.zone
LEFT JOIN spot_price v
  ON v.instance_type = s.instance_type AND v.zone = s.zone AND v.product = 'Linux/UNIX' AND v.at_ms = s.price_ms
GROUP BY g.cost, s.instance_type, s.zone, s.at_ms
ORDER BY g.cost DESC, s.instance_type, s.zone, s.at_ms NULLS FIRST
