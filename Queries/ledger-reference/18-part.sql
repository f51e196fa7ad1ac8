-- The same, added up by charge and day.
-- by resource
WITH
step (resource, hour, day, account, attempt, is_unused, since, ms, weighted) AS (
  SELECT
    s.instance_id,
    CAST(ROUND((s.starts - i.started - (s.starts - i.started) % 3600000) / 3600000) AS BIGINT),
    CAST(ROUND((s.starts - s.starts % 86400000) / 86400000) AS BIGINT),
    s.account, s.attempt, s.is_unused, MIN(s.since),
    CAST(SUM(s.ends - s.starts) AS BIGINT), CAST(SUM(s.weighted) AS BIGINT)
  FROM share s
  JOIN instance i ON i.instance_id = s.instance_id
  WHERE s.weighted > 0 OR s.is_unused = 0 OR s.account = 'unused.packing'
  GROUP BY
    s.instance_id,
    CAST(ROUND((s.starts - i.started - (s.starts - i.started) % 3600000) / 3600000) AS BIGINT),
    CAST(ROUND((s.starts - s.starts % 86400000) / 86400000) AS BIGINT),
    s.account, s.attempt, s.is_unused
  UNION ALL
  -- A Fargate task belongs to its attempt alone: startup until it started, rounding up and the minimum included.
  SELECT
    d.resource, d.hour, d.day, 'startup', b.attempt, 0, b.pulled,
    CASE WHEN b.started < d.ends THEN b.started ELSE d.ends END - d.starts,
    CASE WHEN b.started < d.ends THEN b.started ELSE d.ends END - d.starts
  FROM day_amount d
  JOIN task_billed b ON b.resource = d.resource
  WHERE d.measure = 0 AND d.starts < b.started
  UNION ALL
  SELECT
    d.resource, d.hour, d.day, 'attempt', b.attempt, 0, b.started,
    CASE WHEN b.stopped > d.starts AND b.stopped > b.started
      THEN CASE WHEN b.stopped < d.ends THEN b.stopped ELSE d.ends END
        - CASE WHEN b.started > d.starts THEN b.started ELSE d.starts END
      ELSE 0 END,
    d.ends - CASE WHEN b.started > d.starts THEN b.started ELSE d.starts END
  FROM day_amount d
  JOIN task_billed b ON b.resource = d.resource
  WHERE d.measure = 0 AND d.ends > b.started
)
SELECT resource, hour, day, account, attempt, is_unused, since, ms, weighted
FROM step
