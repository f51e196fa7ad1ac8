-- One rule for what Spot saved: gross saving, lost work and re-runs are of the same resources, those with both prices.

-- The Spot resource that the attempt was lost with; NULL for attempts that came to nothing otherwise.
ALTER TABLE failed_attempt ADD COLUMN lost_on INTEGER;

-- Instances and Fargate tasks on Spot.
--   zone            of an instance
--   is_compared     1: all of its time has a price, and its type has an On-Demand price
CREATE VIEW spot_resource AS
  SELECT r.id AS id, r.kind AS kind, r.instance_type AS instance_type, CASE WHEN r.kind = 'instance' THEN r.zone END AS zone,
    r.free AS free, CASE WHEN r.unpriced_ms = 0 AND r.on_demand IS NOT NULL THEN 1 ELSE 0 END AS is_compared
  FROM resource r
  JOIN purchase_option o ON o.id = r.purchase_option
  WHERE o.name IN ('spot', 'fargate-spot');

-- Attempts that ran again where nobody knows, and the Spot resource on which their job was lost last.
CREATE VIEW unplaced_rerun AS
  SELECT l.attempt AS attempt, l.day AS day, MAX(f.lost_on) AS lost_on
  FROM (
    SELECT u.attempt AS attempt, u.day AS day, MAX(e.attempt) AS lost
    FROM unplaced u
    JOIN attempt t ON t.id = u.attempt
    JOIN failed_attempt e ON e.attempt >= t.job * 1024 AND e.attempt < u.attempt
    WHERE e.lost_on IS NOT NULL
    GROUP BY u.attempt, u.day
  ) l
  JOIN failed_attempt f ON f.attempt = l.lost
  GROUP BY l.attempt, l.day;

DROP VIEW spot_net;

-- What Spot saved, and what was lost: net = gross − lost − rerun, nanodollars. A row is a Spot resource and day, an attempt that
-- was lost with one, or a re-run, which belongs to the resource on which its job was lost last.
--   part         ran, lost, rerun;  attempt that was lost or ran again
--   cost         paid for Spot, NULL where unpriced
--   compared     the part of it whose resource has both prices;  on_demand the same billed time at On-Demand rates
--   gross        on_demand − compared
--   lost         attempts that were lost with their host, run again or given up, with what their volumes and addresses cost
--   rerun        what re-runs on On-Demand cost beyond Spot
--   is_compared  1: the resource has both prices. Otherwise all but cost is NULL
--   is_bound     1: a re-run whose cost beyond Spot is unknown: rerun and net are NULL
CREATE VIEW spot_net AS
  SELECT s.day AS day, s.resource AS resource, r.kind AS kind, r.instance_type AS instance_type, r.zone AS zone,
    'ran' AS part, NULL AS attempt, s.billed_ms AS billed_ms, s.unpriced_ms AS unpriced_ms, s.cost AS cost,
    CASE WHEN r.is_compared = 1 THEN s.cost END AS compared,
    CASE WHEN r.is_compared = 1 THEN s.on_demand END AS on_demand,
    CASE WHEN r.is_compared = 1 THEN s.on_demand - s.cost END AS gross,
    CASE WHEN r.is_compared = 1 THEN 0 END AS lost,
    CASE WHEN r.is_compared = 1 THEN 0 END AS rerun,
    CASE WHEN r.is_compared = 1 THEN s.on_demand - s.cost END AS net,
    r.is_compared AS is_compared, 0 AS is_bound
  FROM resource_day s
  JOIN spot_resource r ON r.id = s.resource
  UNION ALL
  SELECT f.day, f.lost_on, r.kind, r.instance_type, r.zone, 'lost', f.attempt, 0, 0, NULL,
    CASE WHEN r.is_compared = 1 THEN 0 END, CASE WHEN r.is_compared = 1 THEN 0 END, CASE WHEN r.is_compared = 1 THEN 0 END,
    CASE WHEN r.is_compared = 1 THEN f.cost END, CASE WHEN r.is_compared = 1 THEN 0 END,
    CASE WHEN r.is_compared = 1 THEN -f.cost END, r.is_compared, 0
  FROM failed_attempt f
  JOIN spot_resource r ON r.id = f.lost_on
  UNION ALL
  SELECT n.day, n.lost_on, r.kind, r.instance_type, r.zone, 'rerun', n.attempt, 0, 0, NULL,
    CASE WHEN r.is_compared = 1 THEN 0 END, CASE WHEN r.is_compared = 1 THEN 0 END, CASE WHEN r.is_compared = 1 THEN 0 END,
    CASE WHEN r.is_compared = 1 THEN 0 END, CASE WHEN r.is_compared = 1 THEN n.cost - n.spot_cost END,
    CASE WHEN r.is_compared = 1 THEN n.spot_cost - n.cost END, r.is_compared,
    CASE WHEN r.is_compared = 1 AND n.spot_cost IS NULL THEN 1 ELSE 0 END
  FROM on_demand_run n
  JOIN spot_resource r ON r.id = n.lost_on
  WHERE n.rerun = 1
  UNION ALL
  SELECT u.day, u.lost_on, r.kind, r.instance_type, r.zone, 'rerun', u.attempt, 0, 0, NULL,
    CASE WHEN r.is_compared = 1 THEN 0 END, CASE WHEN r.is_compared = 1 THEN 0 END, CASE WHEN r.is_compared = 1 THEN 0 END,
    CASE WHEN r.is_compared = 1 THEN 0 END, NULL, NULL, r.is_compared, r.is_compared
  FROM unplaced_rerun u
  JOIN spot_resource r ON r.id = u.lost_on;

-- Lost work is that of `failed_attempt`, which has what volumes and addresses cost.
ALTER TABLE resource_day DROP COLUMN lost;

-- The next build computes it.
DELETE FROM build WHERE product = 'insights';
