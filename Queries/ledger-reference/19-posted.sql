-- Each day's part of a charge times share over capacity, in digits of base 512; largest remainder first.
-- by resource
WITH
digits (
  resource, hour, day, measure, account, attempt, is_unused, since, ms, amount, weighted, whole, c0, c1, c2, c3,
  c4
) AS (
  SELECT
    p.resource, p.hour, p.day, d.measure, p.account, p.attempt, p.is_unused, p.since, p.ms, d.amount, p.weighted,
    d.capacity * (d.ends - d.starts),
    d.amount % 512,
    CAST(ROUND((d.amount - d.amount % 512) / 512) AS BIGINT) % 512,
    CAST(ROUND((d.amount - d.amount % 262144) / 262144) AS BIGINT) % 512,
    CAST(ROUND((d.amount - d.amount % 134217728) / 134217728) AS BIGINT) % 512,
    CAST(ROUND((d.amount - d.amount % 68719476736) / 68719476736) AS BIGINT)
  FROM part p
  JOIN day_amount d ON d.resource = p.resource AND d.hour = p.hour AND d.day = p.day
),
digit4 (
  resource, hour, day, measure, account, attempt, is_unused, since, ms, amount, weighted, whole, c0, c1, c2, q, x
) AS (
  SELECT
    resource, hour, day, measure, account, attempt, is_unused, since, ms, amount, weighted, whole, c0, c1, c2,
    CAST(ROUND((c4 * weighted - (c4 * weighted) % whole) / whole) AS BIGINT),
    ((c4 * weighted) % whole) * 512 + c3 * weighted
  FROM digits
),
digit3 (
  resource, hour, day, measure, account, attempt, is_unused, since, ms, amount, weighted, whole, c0, c1, q, x
) AS (
  SELECT
    resource, hour, day, measure, account, attempt, is_unused, since, ms, amount, weighted, whole, c0, c1,
    q * 512 + CAST(ROUND((x - x % whole) / whole) AS BIGINT),
    (x % whole) * 512 + c2 * weighted
  FROM digit4
),
digit2 (
  resource, hour, day, measure, account, attempt, is_unused, since, ms, amount, weighted, whole, c0, q, x
) AS (
  SELECT
    resource, hour, day, measure, account, attempt, is_unused, since, ms, amount, weighted, whole, c0,
    q * 512 + CAST(ROUND((x - x % whole) / whole) AS BIGINT),
    (x % whole) * 512 + c1 * weighted
  FROM digit3
),
digit1 (resource, hour, day, measure, account, attempt, is_unused, since, ms, amount, whole, q, x) AS (
  SELECT
    resource, hour, day, measure, account, attempt, is_unused, since, ms, amount, whole,
    q * 512 + CAST(ROUND((x - x % whole) / whole) AS BIGINT),
    (x % whole) * 512 + c0 * weighted
  FROM digit2
),
floored (resource, hour, day, measure, account, attempt, is_unused, since, ms, amount, floored, remainder) AS (
  SELECT
    resource, hour, day, measure, account, attempt, is_unused, since, ms, amount,
    q * 512 + CAST(ROUND((x - x % whole) / whole) AS BIGINT), x % whole
  FROM digit1
),
-- Largest remainder first; ties: the earlier start, the smaller attempt, unused last (edge 14).
ranked (resource, day, measure, account, attempt, ms, floored, missing, place) AS (
  SELECT
    resource, day, measure, account, attempt, ms, floored,
    amount - CAST(SUM(floored) OVER (PARTITION BY resource, hour, day, measure) AS BIGINT),
    ROW_NUMBER() OVER (
      PARTITION BY resource, hour, day, measure
      ORDER BY COALESCE(remainder, 0) DESC, is_unused, since NULLS FIRST, COALESCE(attempt, 0), account)
  FROM floored
),
step (resource, day, account, attempt, ms, cost, on_demand) AS (
  SELECT
    resource, day, account, attempt,
    CAST(SUM(CASE WHEN measure = 0 THEN ms ELSE 0 END) AS BIGINT),
    CAST(SUM(CASE WHEN measure = 0 THEN floored + CASE WHEN place <= missing THEN 1 ELSE 0 END END) AS BIGINT),
    CAST(SUM(CASE WHEN measure = 1 THEN floored + CASE WHEN place <= missing THEN 1 ELSE 0 END END) AS BIGINT)
  FROM ranked
  GROUP BY resource, day, account, attempt
  UNION ALL
  SELECT
    NULL, CAST(ROUND((started - started % 86400000) / 86400000) AS BIGINT), 'unplaced', attempt,
    CASE WHEN stopped > started THEN stopped - started ELSE 0 END, NULL, NULL
  FROM placed
  WHERE instance_id IS NULL
)
SELECT resource, day, account, attempt, ms, cost, on_demand
FROM step
