-- Hours of On-Demand Capacity Reservations in which no instance ran, by day (§2.13).
-- by resource
WITH
launched (instance_id, reservation) AS (
  SELECT
    instance_id,
    COALESCE(MAX(CASE WHEN source = 'ec2' THEN capacity_reservation END), MAX(capacity_reservation))
  FROM instance_description
  GROUP BY instance_id
),
-- Instances in reservations: Batch's, and others if EC2 describes them.
stay (reservation, started, stopped, is_batch) AS (
  SELECT l.reservation, i.started, i.stopped, 1
  FROM launched l
  JOIN instance i ON i.instance_id = l.instance_id
  WHERE l.reservation IS NOT NULL
  UNION ALL
  SELECT
    l.reservation, d.launched_at_ms,
    CASE WHEN d.state_transition_at_ms IS NULL OR d.state IN ('pending', 'running') THEN q.at_ms
      ELSE d.state_transition_at_ms END,
    0
  FROM launched l
  JOIN instance_description d ON d.instance_id = l.instance_id AND d.source = 'ec2'
  JOIN asked q ON q.account_region = d.account_region
  LEFT JOIN instance i ON i.instance_id = l.instance_id
  WHERE l.reservation IS NOT NULL AND i.instance_id IS NULL AND d.launched_at_ms IS NOT NULL
),
own (reservation, first_ms) AS (
  SELECT reservation, MIN(started) FROM stay GROUP BY reservation HAVING MAX(is_batch) = 1
),
told (
  reservation, region, instance_type, zone, tenancy, operating_system, instances, available, starts, ended, is_over,
  asked_ms, first_ms
) AS (
  SELECT
    c.reservation_id, g.region, c.instance_type, c.zone,
    CASE c.tenancy WHEN 'dedicated' THEN 'Dedicated' ELSE 'Shared' END,
    CASE COALESCE(c.platform, 'Linux/UNIX') WHEN 'Linux/UNIX' THEN 'Linux' WHEN 'Red Hat Enterprise Linux' THEN 'RHEL'
      WHEN 'SUSE Linux' THEN 'SUSE' WHEN 'Windows' THEN 'Windows' WHEN 'Ubuntu Pro' THEN 'Ubuntu Pro' END,
    c.instances, c.available, COALESCE(c.started_at_ms, c.created_at_ms), c.ended_at_ms,
    CASE WHEN COALESCE(c.state, 'active') = 'active' THEN 0 ELSE 1 END, q.at_ms, o.first_ms
  FROM capacity_reservation c
  JOIN own o ON o.reservation = c.reservation_id
  JOIN account_region g ON g.id = c.account_region
  JOIN asked q ON q.account_region = c.account_region
  WHERE COALESCE(c.kind, '') <> 'capacity-block' AND COALESCE(c.interruptible, 0) <> 1 AND c.instances IS NOT NULL
),
-- A document without a time is taken to hold at the time of collection.
answer (reservation, at_ms, instances, available) AS (
  SELECT s.reservation_id, s.at_ms, s.instances, s.available
  FROM reservation_state s
  JOIN told t ON t.reservation = s.reservation_id
  UNION ALL
  SELECT t.reservation, t.asked_ms, t.instances, t.available
  FROM told t
  LEFT JOIN reservation_state s ON s.reservation_id = t.reservation
  WHERE s.reservation_id IS NULL AND t.is_over = 0 AND t.available IS NOT NULL
),
spans (reservation, starts, ends) AS (
  SELECT
    t.reservation,
    CASE
      WHEN t.starts >= t.first_ms OR t.starts >= MIN(a.at_ms) THEN t.starts
      WHEN MIN(a.at_ms) < t.first_ms THEN MIN(a.at_ms) ELSE t.first_ms
    END,
    CASE
      WHEN COALESCE(t.ended, CASE WHEN t.is_over = 1 THEN MAX(a.at_ms) ELSE t.asked_ms END) > t.asked_ms THEN t.asked_ms
      ELSE COALESCE(t.ended, CASE WHEN t.is_over = 1 THEN MAX(a.at_ms) ELSE t.asked_ms END)
    END
  FROM told t
  JOIN answer a ON a.reservation = t.reservation
  WHERE t.starts IS NOT NULL
  GROUP BY t.reservation, t.starts, t.first_ms, t.ended, t.is_over, t.asked_ms
),
-- An answer covers the time since the one before it, the last one up to the end.
placed_answer (reservation, at_ms, instances, available, before_ms, is_last, starts, ends) AS (
  SELECT
    a.reservation, a.at_ms, a.instances, a.available,
    LAG(a.at_ms) OVER (PARTITION BY a.reservation ORDER BY a.at_ms NULLS FIRST),
    CASE WHEN LEAD(a.at_ms) OVER (PARTITION BY a.reservation ORDER BY a.at_ms NULLS FIRST) IS NULL THEN 1 ELSE 0 END,
    s.starts, s.ends
  FROM answer a
  JOIN spans s ON s.reservation = a.reservation
),
stretch (reservation, at_ms, instances, available, starts, ends) AS (
  SELECT
    reservation, at_ms, instances, available,
    CASE WHEN before_ms > starts THEN before_ms ELSE starts END,
    CASE WHEN is_last = 1 OR at_ms > ends THEN ends ELSE at_ms END
  FROM placed_answer
),
free (reservation, at_ms, starts, ends, free) AS (
  SELECT
    x.reservation, x.at_ms, x.starts, x.ends,
    x.instances
      - CASE WHEN x.instances - x.available > COUNT(s.started) THEN x.instances - x.available - COUNT(s.started) ELSE 0 END
  FROM stretch x
  LEFT JOIN stay s ON s.reservation = x.reservation AND s.started <= x.at_ms AND s.stopped >= x.at_ms
  WHERE x.ends > x.starts
  GROUP BY x.reservation, x.at_ms, x.starts, x.ends, x.instances, x.available
),
moment (reservation, at_ms, ends, free, since) AS (
  SELECT reservation, at_ms, ends, free, starts FROM free
  UNION
  SELECT f.reservation, f.at_ms, f.ends, f.free, s.started
  FROM free f
  JOIN stay s ON s.reservation = f.reservation AND s.started > f.starts AND s.started < f.ends
  UNION
  SELECT f.reservation, f.at_ms, f.ends, f.free, s.stopped
  FROM free f
  JOIN stay s ON s.reservation = f.reservation AND s.stopped > f.starts AND s.stopped < f.ends
  UNION
  SELECT f.reservation, f.at_ms, f.ends, f.free, f.starts - f.starts % 86400000 + 86400000 * x.n
  FROM free f
  JOIN number x ON x.n > 0 AND f.starts - f.starts % 86400000 + 86400000 * x.n < f.ends
),
piece (reservation, since, until, free) AS (
  SELECT
    reservation, since,
    COALESCE(LEAD(since) OVER (PARTITION BY reservation, at_ms ORDER BY since NULLS FIRST), ends), free
  FROM moment
),
empty (reservation, day, ms) AS (
  SELECT
    p.reservation, CAST(ROUND((p.since - p.since % 86400000) / 86400000) AS BIGINT),
    CASE WHEN p.free > COUNT(s.started) THEN (p.until - p.since) * (p.free - COUNT(s.started)) ELSE 0 END
  FROM piece p
  LEFT JOIN stay s ON s.reservation = p.reservation AND s.started <= p.since AND s.stopped >= p.until
  GROUP BY p.reservation, p.since, p.until, p.free
),
idle (reservation, day, ms) AS (
  SELECT reservation, day, CAST(SUM(ms) AS BIGINT) FROM empty GROUP BY reservation, day HAVING SUM(ms) > 0
),
rated (reservation, day, ms, rate) AS (
  SELECT i.reservation, i.day, i.ms, l.rate
  FROM idle i
  JOIN told t ON t.reservation = i.reservation
  JOIN spans s ON s.reservation = i.reservation
  LEFT JOIN list_rate l
    ON l.service = 'AmazonEC2' AND l.item = t.instance_type AND l.operating_system = t.operating_system
    AND l.tenancy = t.tenancy
    AND l.region = CASE WHEN SUBSTR(t.zone, 1, LENGTH(t.region) + 1) = t.region || '-'
      THEN SUBSTR(t.zone, 1, LENGTH(t.zone) - 1) ELSE t.region END
    AND l.from_ms <= CASE WHEN i.day * 86400000 > s.starts THEN i.day * 86400000 ELSE s.starts END
    AND (l.until_ms IS NULL
      OR l.until_ms > CASE WHEN i.day * 86400000 > s.starts THEN i.day * 86400000 ELSE s.starts END)
),
-- The rate is split so that no product exceeds 63 bits.
product (reservation, day, ms, whole, rest) AS (
  SELECT
    reservation, day, ms,
    CAST(ROUND((rate - rate % 3600000) / 3600000) AS BIGINT) * ms
      + CAST(ROUND(((rate % 3600000) * ms - ((rate % 3600000) * ms) % 3600000) / 3600000) AS BIGINT),
    ((rate % 3600000) * ms) % 3600000
  FROM rated
),
step (resource, day, ms, cost) AS (
  SELECT
    reservation, day, ms,
    whole + CASE WHEN rest > 1800000 OR (rest = 1800000 AND whole % 2 = 1) THEN 1 ELSE 0 END
  FROM product
)
SELECT resource, day, ms, cost
FROM step
