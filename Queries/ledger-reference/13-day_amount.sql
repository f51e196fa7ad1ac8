-- Charges cut at midnight: by time, largest remainder first, ties to the earlier part (edge 13).
-- by resource
WITH
few (n) AS (
  SELECT n FROM number WHERE n < 100
),
charge_day (resource, hour, length_ms, capacity, measure, amount, day, starts, ends) AS (
  SELECT
    c.resource, c.hour, c.length_ms, c.capacity, c.measure, c.amount,
    CAST(ROUND((c.starts - c.starts % 86400000) / 86400000) AS BIGINT) + x.n,
    CASE WHEN x.n = 0 THEN c.starts ELSE c.starts - c.starts % 86400000 + 86400000 * x.n END,
    CASE WHEN c.starts - c.starts % 86400000 + 86400000 * (x.n + 1) < c.starts + c.length_ms
      THEN c.starts - c.starts % 86400000 + 86400000 * (x.n + 1) ELSE c.starts + c.length_ms END
  FROM charge c
  JOIN few x ON c.starts - c.starts % 86400000 + 86400000 * x.n < c.starts + c.length_ms
),
day_product (resource, hour, length_ms, capacity, measure, amount, day, starts, ends, whole_ns, product_ns) AS (
  SELECT
    resource, hour, length_ms, capacity, measure, amount, day, starts, ends,
    CAST(ROUND((amount - amount % length_ms) / length_ms) AS BIGINT) * (ends - starts),
    (amount % length_ms) * (ends - starts)
  FROM charge_day
),
day_floor (resource, hour, length_ms, capacity, measure, amount, day, starts, ends, floored, remainder) AS (
  SELECT
    resource, hour, length_ms, capacity, measure, amount, day, starts, ends,
    whole_ns + CAST(ROUND((product_ns - product_ns % length_ms) / length_ms) AS BIGINT),
    product_ns % length_ms
  FROM day_product
),
day_ranked (resource, hour, capacity, measure, day, starts, ends, floored, missing, place) AS (
  SELECT
    resource, hour, capacity, measure, day, starts, ends, floored,
    amount - CAST(SUM(floored) OVER (PARTITION BY resource, hour, measure) AS BIGINT),
    ROW_NUMBER() OVER (PARTITION BY resource, hour, measure ORDER BY COALESCE(remainder, 0) DESC, day NULLS FIRST)
  FROM day_floor
),
step (resource, hour, capacity, measure, day, starts, ends, amount) AS (
  SELECT
    resource, hour, capacity, measure, day, starts, ends,
    floored + CASE WHEN place <= missing THEN 1 ELSE 0 END
  FROM day_ranked
)
SELECT resource, hour, capacity, measure, day, starts, ends, amount
FROM step
