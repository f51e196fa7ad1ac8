-- Spot prices of the six pools that cost most, and when instances of ours ran there.
-- A row is a change of a pool's price (kind price), or an instance of ours (kind run).
--   pool               `r5.24xlarge 1a, $422` with what we paid there, dearest first;  place 1 to 6
--   started_at         of the price, or of the instance, within the period;  stopped_at when the next follows or it ended
--   price_usd_per_hour of a price;  reclaimed 1 where EC2 took the instance back
WITH period AS (
  SELECT MIN(day) * 86400000 AS first_ms, (MAX(day) + 1) * 86400000 AS end_ms, MIN(day) AS first_day, MAX(day) + 1 AS end_day
  FROM calendar WHERE date >= :from AND date < :to
),
cost AS (
  SELECT r.instance_type AS instance_type, r.zone AS zone, SUM(x.cost) AS cost
  FROM resource_day x
  JOIN period p ON x.day >= p.first_day AND x.day < p.end_day
  JOIN resource r ON r.id = x.resource
  JOIN purchase_option o ON o.id = x.purchase_option
  WHERE o.name = 'spot' AND r.zone IS NOT NULL AND r.instance_type IS NOT NULL
  GROUP BY r.instance_type, r.zone
),
placed AS (
  SELECT instance_type, zone, cost, ROW_NUMBER() OVER (ORDER BY cost DESC, instance_type, zone) AS place
  FROM cost
  WHERE EXISTS (SELECT 1 FROM spot_price s WHERE s.instance_type = cost.instance_type AND s.zone = cost.zone)
),
pool AS (
  SELECT instance_type, zone, place, instance_type || ' ' || SUBSTR(zone, LENGTH(zone) - 1) || ', $'
    || CAST(CAST(ROUND(cost / 1000000000.0) AS BIGINT) AS VARCHAR(20)) AS name
  FROM placed WHERE place <= 6
),
change_of AS (
  SELECT q.name AS name, q.place AS place, s.at_ms AS at_ms, s.rate AS rate,
    LEAD(s.at_ms) OVER (PARTITION BY q.place ORDER BY s.at_ms) AS next_ms
  FROM pool q
  JOIN spot_price s ON s.instance_type = q.instance_type AND s.zone = q.zone
  WHERE s.product = 'Linux/UNIX'
),
shown AS (
  SELECT c.name AS name, c.place AS place, 'price' AS kind,
    CASE WHEN c.at_ms < p.first_ms THEN p.first_ms ELSE c.at_ms END AS started_ms,
    CASE WHEN c.next_ms IS NULL OR c.next_ms > p.end_ms THEN p.end_ms ELSE c.next_ms END AS stopped_ms,
    c.rate / 1000000000.0 AS price, 0 AS reclaimed
  FROM change_of c CROSS JOIN period p
  WHERE c.at_ms < p.end_ms AND (c.next_ms IS NULL OR c.next_ms > p.first_ms)
  UNION ALL
  SELECT q.name, q.place, 'run',
    CASE WHEN r.started_at_ms < p.first_ms THEN p.first_ms ELSE r.started_at_ms END,
    CASE WHEN r.stopped_at_ms > p.end_ms THEN p.end_ms ELSE r.stopped_at_ms END,
    NULL, r.interrupted
  FROM pool q
  JOIN resource r ON r.instance_type = q.instance_type AND r.zone = q.zone
  JOIN purchase_option o ON o.id = r.purchase_option
  CROSS JOIN period p
  WHERE o.name = 'spot' AND r.started_at_ms < p.end_ms AND r.stopped_at_ms > p.first_ms
)
SELECT
  s.name AS pool,
  s.place AS place,
  s.kind AS kind,
  s.started_ms AS started_at_ms,
  s.stopped_ms AS stopped_at_ms,
  s.price AS price_usd_per_hour,
  s.reclaimed AS reclaimed
FROM shown s
ORDER BY s.place, s.kind, s.started_ms, s.stopped_ms
