-- What the jobs chosen by `--where` would have cost at the same hours, all On-Demand or all on Spot.
-- A row is a scenario: as it ran, on-demand, spot. What cannot be compared counts at its actual cost, unknown_usd.
--   cost_usd           attempts and startup. On-Demand: without attempts that were lost with their Spot host, because they
--                      would not have been lost. Spot: what ran On-Demand, at the price of its zone and type while it ran,
--                      and with no more interruptions than there were
--                      NULL if all of it is unknown
--   change_usd         compared with what it cost as it ran; NULL if all that could change is unknown
--   unknown_usd        the part of cost_usd without an On-Demand price or a Spot pool, and for Fargate, plans and Capacity Blocks
WITH ran AS (
  SELECT p.attempt AS attempt, p.resource AS resource, r.kind AS kind, r.account_region AS place, r.zone AS zone,
    r.instance_type AS instance_type, o.name AS option,
    CASE WHEN r.unpriced_ms = 0 AND r.on_demand > 0 AND r.billed_ms > 0 THEN r.on_demand * 3600000e0 / r.billed_ms END
      AS list_rate,
    SUM(p.cost) AS cost,
    CASE WHEN r.unpriced_ms = 0 THEN SUM(p.on_demand) END AS on_demand
  FROM resource_posting p
  JOIN resource r ON r.id = p.resource
  JOIN purchase_option o ON o.id = r.purchase_option
  WHERE p.attempt IS NOT NULL
  GROUP BY p.attempt, p.resource, r.kind, r.account_region, r.zone, r.instance_type, o.name, r.unpriced_ms, r.on_demand,
    r.billed_ms
),
lost AS (
  SELECT DISTINCT f.attempt AS attempt
  FROM failed_attempt f JOIN outcome x ON x.id = f.outcome
  WHERE f.on_spot = 1 AND x.name IN ('interrupted', 'host lost')
),
span AS (
  SELECT r.attempt AS attempt, r.resource AS resource, r.place AS place, r.zone AS zone, r.instance_type AS instance_type,
    t.started_at_ms AS started, COALESCE(t.stopped_at_ms, CAST(z.value AS BIGINT)) AS stopped
  FROM ran r
  JOIN attempt t ON t.id = r.attempt
  LEFT JOIN ledger_setting z ON z.name = 'collected_at_ms'
  WHERE r.kind = 'instance' AND r.option = 'on-demand' AND t.started_at_ms IS NOT NULL
),
price AS (
  SELECT s.account_region AS place, s.zone AS zone, s.instance_type AS instance_type, s.at_ms AS since, s.rate AS rate,
    LEAD(s.at_ms, 1, 9223372036854775807) OVER (PARTITION BY s.account_region, s.zone, s.instance_type ORDER BY s.at_ms)
      AS until
  FROM spot_price s
  WHERE s.product = 'Linux/UNIX' AND s.instance_type IN (SELECT instance_type FROM span)
),
spot_rate AS (
  SELECT x.attempt AS attempt, x.resource AS resource,
    SUM(CAST(ROUND(p.rate * 1e0 * ((CASE WHEN p.until < x.stopped THEN p.until ELSE x.stopped END)
      - (CASE WHEN p.since > x.started THEN p.since ELSE x.started END)) / 1000000) AS BIGINT)) * 1000000e0
      / NULLIF(SUM((CASE WHEN p.until < x.stopped THEN p.until ELSE x.stopped END)
        - (CASE WHEN p.since > x.started THEN p.since ELSE x.started END)), 0) AS rate
  FROM span x
  JOIN price p ON p.place = x.place AND p.zone = x.zone AND p.instance_type = x.instance_type
    AND p.since < x.stopped AND p.until > x.started
  GROUP BY x.attempt, x.resource
),
scenario AS (
  SELECT 1 AS place, 'as it ran' AS scenario, SUM(r.cost) AS cost, 0 AS unknown FROM ran r
  UNION ALL
  SELECT 2, 'on-demand', SUM(CASE WHEN l.attempt IS NOT NULL THEN 0 WHEN r.on_demand IS NULL THEN r.cost ELSE r.on_demand END),
    SUM(CASE WHEN l.attempt IS NULL AND r.on_demand IS NULL THEN r.cost ELSE 0 END)
  FROM ran r LEFT JOIN lost l ON l.attempt = r.attempt
  UNION ALL
  SELECT 3, 'spot',
    SUM(CASE WHEN s.rate IS NOT NULL AND r.list_rate > 0 THEN CAST(ROUND(r.on_demand * s.rate / r.list_rate) AS BIGINT) ELSE r.cost END),
    SUM(CASE
      WHEN r.option IN ('spot', 'fargate-spot') OR r.kind IN ('volume', 'address') THEN 0
      WHEN s.rate IS NOT NULL AND r.list_rate > 0 THEN 0
      ELSE r.cost
    END)
  FROM ran r LEFT JOIN spot_rate s ON s.attempt = r.attempt AND s.resource = r.resource
)
SELECT
  s.scenario AS scenario,
  CASE WHEN s.unknown < s.cost OR s.unknown = 0 THEN s.cost END AS cost_nanodollars,
  CASE WHEN s.unknown < s.cost OR s.unknown = 0
    THEN NULLIF(s.cost - MAX(CASE WHEN s.place = 1 THEN s.cost END) OVER (), CASE WHEN s.unknown > 0 THEN 0 END) END
    AS change_nanodollars,
  COALESCE(s.unknown, 0) AS unknown_nanodollars
FROM scenario s
WHERE s.cost IS NOT NULL
ORDER BY s.place
