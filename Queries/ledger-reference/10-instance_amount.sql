-- Instance-hours at the price in force at their start (§2.3, §2.4, §2.8, §2.9); measure 0 is the cost, 1 the On-Demand
-- equivalent.
-- by instance_id
WITH
-- The account's own prices, and those collected without an account.
spot_seen (account_region, zone, instance_type, product, at_ms, rate) AS (
  SELECT g.id, p.zone, p.instance_type, p.product, p.at_ms, MAX(p.rate)
  FROM spot_price p
  JOIN account_region o ON o.id = p.account_region
  JOIN account_region g ON g.region = o.region AND (g.id = o.id OR o.account = '')
  GROUP BY g.id, p.zone, p.instance_type, p.product, p.at_ms
),
spot_rate (account_region, zone, instance_type, product, from_ms, until_ms, rate) AS (
  SELECT
    account_region, zone, instance_type, product, at_ms,
    LEAD(at_ms) OVER (PARTITION BY account_region, zone, instance_type, product ORDER BY at_ms), rate
  FROM spot_seen
),
-- The time of a reclaimed SUSE instance after its last full hour is not billed (G3): a charge of no seconds.
hour_of (instance_id, hour, starts, seconds, length_ms) AS (
  SELECT
    i.instance_id, x.n, i.started + 3600000 * x.n,
    CASE WHEN i.seconds - 3600 * x.n < 3600 THEN i.seconds - 3600 * x.n ELSE 3600 END,
    1000 * CASE WHEN i.seconds - 3600 * x.n < 3600 THEN i.seconds - 3600 * x.n ELSE 3600 END
  FROM instance i
  JOIN number x ON 3600 * x.n < i.seconds
  UNION ALL
  SELECT
    instance_id, CAST((seconds - seconds % 3600) / 3600 AS BIGINT), started + 1000 * seconds, 0, stopped - started - 1000 * seconds
  FROM instance
  WHERE started + 1000 * seconds < stopped
),
rated (instance_id, hour, starts, seconds, length_ms, cost_rate, list_rate) AS (
  SELECT
    h.instance_id, h.hour, h.starts, h.seconds, h.length_ms,
    -- Its purchase option is unknown, or no rate fits it: no price at all (edge 19).
    CASE WHEN i.is_free = 1 THEN 0 WHEN i.is_spot = 1 THEN s.rate WHEN i.is_spot = 0 THEN l.rate END,
    CASE WHEN i.is_spot < 2 THEN l.rate END
  FROM hour_of h
  JOIN instance i ON i.instance_id = h.instance_id
  LEFT JOIN spot_rate s
    ON i.is_spot = 1 AND s.account_region = i.account_region AND s.zone = i.zone AND s.instance_type = i.instance_type
    AND s.product = i.product AND s.from_ms <= h.starts AND (s.until_ms IS NULL OR s.until_ms > h.starts)
  LEFT JOIN list_rate l
    ON l.service = 'AmazonEC2' AND l.item = i.instance_type
    AND l.operating_system = i.operating_system AND l.tenancy = i.tenancy
    -- A Local or Wavelength Zone has its own prices.
    AND l.region = CASE WHEN SUBSTR(i.zone, 1, LENGTH(i.region) + 1) = i.region || '-' THEN SUBSTR(i.zone, 1, LENGTH(i.zone) - 1) ELSE i.region END
    AND l.from_ms <= h.starts AND (l.until_ms IS NULL OR l.until_ms > h.starts)
),
step (instance_id, hour, starts, length_ms, measure, product_ns, whole) AS (
  SELECT
    r.instance_id, r.hour, r.starts, r.length_ms, m.measure,
    CASE m.measure WHEN 0 THEN r.cost_rate ELSE r.list_rate END * r.seconds,
    CAST(ROUND((CASE m.measure WHEN 0 THEN r.cost_rate ELSE r.list_rate END * r.seconds
      - (CASE m.measure WHEN 0 THEN r.cost_rate ELSE r.list_rate END * r.seconds) % 3600) / 3600) AS BIGINT)
  FROM rated r
  CROSS JOIN (SELECT 0 AS measure UNION ALL SELECT 1) m
)
SELECT instance_id, hour, starts, length_ms, measure, product_ns, whole
FROM step
