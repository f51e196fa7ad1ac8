-- What chosen jobs bear of each resource and day. Their time is the resource's, divided like its cost; without a cost, like its
-- On-Demand equivalent; without that, the time of their postings.
WITH shared AS (
  SELECT b.*, d.billed_ms AS whole_ms, d.unpriced_ms AS whole_unpriced_ms, d.open_ms AS whole_open_ms,
    CASE
      WHEN d.cost > 0 THEN COALESCE(b.cost, 0) * 1.0 / d.cost
      WHEN d.on_demand > 0 THEN COALESCE(b.on_demand, 0) * 1.0 / d.on_demand
      WHEN d.billed_ms > 0 THEN MIN(1.0, b.ms * 1.0 / d.billed_ms)
      ELSE 0.0
    END AS share
  FROM lens_borne b
  JOIN main.resource_day d
    ON d.resource = b.resource AND d.day = b.day AND d.purchase_option = b.purchase_option
)
SELECT
  resource, day, purchase_option,
  CAST(ROUND(whole_ms * share) AS INTEGER) AS billed_ms,
  CAST(ROUND(whole_unpriced_ms * share) AS INTEGER) AS unpriced_ms,
  CAST(ROUND(whole_open_ms * share) AS INTEGER) AS open_ms,
  cost, on_demand,
  0 AS unused,
  0 AS digest
FROM shared
