-- What chosen jobs bear of each resource and day. Time is their share of the resource's, as cost is; where there is no
-- cost as what it would have cost On-Demand is, else the time of their postings.
WITH failed AS (
  SELECT attempt, MAX(outcome) AS outcome FROM main.failed_attempt GROUP BY attempt
),
borne AS (
  SELECT p.resource AS resource, p.day AS day, p.purchase_option AS purchase_option, SUM(p.ms) AS ms,
    SUM(p.unpriced_ms) AS unpriced_ms, SUM(p.cost) AS cost, SUM(p.on_demand) AS on_demand,
    SUM(CASE WHEN o.name IN ('spot', 'fargate-spot') AND x.name IN ('interrupted', 'host lost') THEN p.cost ELSE 0 END) AS lost
  FROM posting p
  JOIN main.resource r ON r.id = p.resource
  JOIN main.purchase_option o ON o.id = r.purchase_option
  LEFT JOIN failed f ON f.attempt = p.attempt
  LEFT JOIN main.outcome x ON x.id = f.outcome
  GROUP BY p.resource, p.day, p.purchase_option
),
shared AS (
  SELECT b.*, d.billed_ms AS whole_ms, d.unpriced_ms AS whole_unpriced_ms, d.open_ms AS whole_open_ms,
    CASE
      WHEN d.cost > 0 THEN COALESCE(b.cost, 0) * 1.0 / d.cost
      WHEN d.on_demand > 0 THEN COALESCE(b.on_demand, 0) * 1.0 / d.on_demand
      WHEN d.billed_ms > 0 THEN MIN(1.0, b.ms * 1.0 / d.billed_ms)
      ELSE 0.0
    END AS share
  FROM borne b
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
  lost,
  0 AS digest
FROM shared
