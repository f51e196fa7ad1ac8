-- List prices and the time in which each is in force.
WITH
step (region, service, item, operating_system, tenancy, from_ms, until_ms, rate) AS (
  -- The first one also applies to the time before it.
  SELECT
    region, service, item, operating_system, tenancy,
    CASE
      WHEN ROW_NUMBER()
        OVER (PARTITION BY region, service, item, operating_system, tenancy ORDER BY effective_at_ms) = 1
      THEN 0 ELSE effective_at_ms
    END,
    LEAD(effective_at_ms)
      OVER (PARTITION BY region, service, item, operating_system, tenancy ORDER BY effective_at_ms),
    rate
  FROM list_price
)
SELECT region, service, item, operating_system, tenancy, from_ms, until_ms, rate
FROM step
