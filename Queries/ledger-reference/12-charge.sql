-- Charges of instances and tasks, rounded half to even.
-- by resource
WITH
task_rate (resource, seconds, measure, hourly) AS (
  SELECT
    b.resource, b.seconds, m.measure,
    128 * b.milli_vcpus * v.rate + 125 * b.memory_mib * g.rate
      + CASE WHEN b.disk_gib = 0 THEN 0 ELSE 128000 * b.disk_gib * s.rate END
  FROM task_billed b
  CROSS JOIN (SELECT 0 AS measure UNION ALL SELECT 1) m
  LEFT JOIN list_rate v
    ON v.service = 'AmazonECS' AND v.region = b.region AND v.from_ms <= b.pulled
    AND (v.until_ms IS NULL OR v.until_ms > b.pulled)
    AND v.item = CASE WHEN b.is_spot = 1 AND m.measure = 0 THEN 'SpotUsage:' ELSE '' END
      || CASE WHEN b.is_arm = 1 THEN 'Fargate-ARM-vCPU-Hours:perCPU' ELSE 'Fargate-vCPU-Hours:perCPU' END
  LEFT JOIN list_rate g
    ON g.service = 'AmazonECS' AND g.region = b.region AND g.from_ms <= b.pulled
    AND (g.until_ms IS NULL OR g.until_ms > b.pulled)
    AND g.item = CASE WHEN b.is_spot = 1 AND m.measure = 0 THEN 'SpotUsage:' ELSE '' END
      || CASE WHEN b.is_arm = 1 THEN 'Fargate-ARM-GB-Hours' ELSE 'Fargate-GB-Hours' END
  LEFT JOIN list_rate s
    ON s.service = 'AmazonECS' AND s.region = b.region AND s.from_ms <= b.pulled
    AND (s.until_ms IS NULL OR s.until_ms > b.pulled) AND s.item = 'Fargate-EphemeralStorage-GB-Hours'
),
task_amount (resource, measure, product_ns, whole) AS (
  -- 128,000 × 3,600 of these are a nanodollar; the hourly rate is split so that no product exceeds 63 bits.
  SELECT
    resource, measure, (hourly % 460800000) * seconds,
    CAST(ROUND((hourly - hourly % 460800000) / 460800000) AS BIGINT) * seconds
      + CAST(ROUND(((hourly % 460800000) * seconds - ((hourly % 460800000) * seconds) % 460800000) / 460800000) AS BIGINT)
  FROM task_rate
),
step (resource, hour, starts, length_ms, capacity, measure, amount) AS (
  SELECT
    a.instance_id, a.hour, a.starts, a.length_ms, i.capacity, a.measure,
    a.whole
      + CASE WHEN a.product_ns % 3600 > 1800 OR (a.product_ns % 3600 = 1800 AND a.whole % 2 = 1) THEN 1 ELSE 0 END
  FROM instance_amount a
  JOIN instance i ON i.instance_id = a.instance_id
  UNION ALL
  SELECT
    b.resource, 0, b.pulled, 1000 * b.seconds, 1, a.measure,
    a.whole
      + CASE WHEN a.product_ns % 460800000 > 230400000
        OR (a.product_ns % 460800000 = 230400000 AND a.whole % 2 = 1) THEN 1 ELSE 0 END
  FROM task_amount a
  JOIN task_billed b ON b.resource = a.resource
)
SELECT resource, hour, starts, length_ms, capacity, measure, amount
FROM step
