-- What surrounds jobs: logs, NAT gateways, data transfer, buckets and file systems. Kept beside the ledger and the
-- reconciliation, and added to neither.

-- What a line around jobs is about.
CREATE TABLE around_kind (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE
) STRICT;
INSERT INTO around_kind VALUES
  (0, 'logs'), (1, 'nat'), (2, 'cross-zone'), (3, 'data-transfer'), (4, 's3'), (5, 'efs'), (6, 'fsx');

-- Usage in a bill that surrounds jobs, in accounts in which Batch runs: one row a resource, item and day.
CREATE TABLE bill_around (
  bill INTEGER NOT NULL REFERENCES bill,
  kind INTEGER NOT NULL REFERENCES around_kind,
  name TEXT NOT NULL,                    -- of the resource: log group, nat-…, instance, bucket, fs-…; '' where none is told, and for
                                         -- transfer of what is neither an instance of Batch's nor a NAT gateway
  account TEXT NOT NULL,                 -- that used it
  region TEXT NOT NULL,                  -- '' where the export does not say
  day INTEGER NOT NULL,
  item TEXT NOT NULL,                    -- the usage type without region: NatGateway-Bytes
  cost INTEGER NOT NULL,                 -- effective; with cost_rest as in bill_line
  cost_rest INTEGER NOT NULL,
  kilobytes INTEGER NOT NULL,            -- moved: 10^-6 of the bill's GB; 0 where the item is no bytes
  PRIMARY KEY (bill, kind, name, account, region, day, item)
) STRICT, WITHOUT ROWID;

-- What the jobs of a job definition name beside their instance. A revision fixes it: SubmitJob cannot override it.
CREATE TABLE job_definition_resource (
  job_definition INTEGER NOT NULL REFERENCES job_definition,
  kind INTEGER NOT NULL REFERENCES around_kind, -- logs, efs
  name TEXT NOT NULL,                    -- log group; file system, fs-…
  region TEXT NOT NULL,                  -- of the log group; '' for that of the job definition
  PRIMARY KEY (job_definition, kind, name, region)
) STRICT, WITHOUT ROWID;

-- Characters of a log stream by day, from Logs Insights: DescribeLogStreams has told no size since 2019.
CREATE TABLE log_stream_day (
  task_id TEXT NOT NULL,                 -- the last part of the stream's name: attempt.task_id
  log_group TEXT NOT NULL,               -- '' where the answer does not say
  day INTEGER NOT NULL,
  characters INTEGER NOT NULL,           -- of all messages
  PRIMARY KEY (task_id, log_group, day)
) STRICT, WITHOUT ROWID;

-- Attempts by the days on which they ran.
--   ms                   run time on that day, of one that runs now until the time of collection
CREATE VIEW attempt_day AS
  SELECT t.id AS attempt, t.task_id AS task_id, t.job_queue AS job_queue, t.job_definition AS job_definition, k.day AS day,
    CASE WHEN t.stopped < (k.day + 1) * 86400000 THEN t.stopped ELSE (k.day + 1) * 86400000 END
      - CASE WHEN t.started > k.day * 86400000 THEN t.started ELSE k.day * 86400000 END AS ms
  FROM (
    SELECT id, task_id, job_queue, job_definition, started_at_ms AS started,
      COALESCE(stopped_at_ms, (SELECT MAX(as_of_ms) FROM collection)) AS stopped
    FROM attempt WHERE started_at_ms IS NOT NULL
  ) t
  JOIN calendar k ON k.day >= CAST((t.started - t.started % 86400000) / 86400000 AS BIGINT) AND k.day * 86400000 < t.stopped
  WHERE t.stopped > t.started;

-- What the jobs of a job definition name.
--   kind, name           as in bill_around;  account, region NULL where the name alone tells it
CREATE VIEW around_named AS
  SELECT DISTINCT u.job_definition AS job_definition, u.kind AS kind, u.name AS name,
    CASE WHEN a.name = 'logs' THEN g.account END AS account,
    CASE WHEN a.name = 'logs' THEN COALESCE(NULLIF(u.region, ''), g.region) END AS region
  FROM job_definition_resource u
  JOIN around_kind a ON a.id = u.kind
  JOIN job_definition f ON f.id = u.job_definition
  JOIN account_region g ON g.id = f.account_region;

-- Attempts on instances of which a bill has data transfer, by day.
--   kind, name           as in bill_around;  ms run time there
CREATE VIEW around_transfer AS
  SELECT s.kind AS kind, s.name AS name, p.day AS day, p.attempt AS attempt, t.job_queue AS job_queue, p.ms AS ms
  FROM (
    SELECT DISTINCT b.kind AS kind, b.name AS name, b.day AS day
    FROM bill_around b JOIN around_kind a ON a.id = b.kind
    WHERE a.name IN ('cross-zone', 'data-transfer') AND b.name <> ''
  ) s
  JOIN resource r ON r.kind = 'instance' AND r.name = s.name
  JOIN resource_posting p
    ON p.resource = r.id AND p.id >= r.id * 1048576 AND p.id < (r.id + 1) * 1048576 AND p.day = s.day
  JOIN ledger_account l ON l.id = p.account
  JOIN attempt t ON t.id = p.attempt
  WHERE l.kind = 'attempt';

-- How long the jobs of a queue ran by day and what they name, or the instance they ran on.
--   characters           what they wrote into the log group on that day; NULL where no source tells
CREATE VIEW around_time AS
  SELECT n.kind AS kind, n.name AS name, n.account AS account, n.region AS region, d.day AS day, d.job_queue AS job_queue,
    SUM(d.ms) AS ms, SUM(c.characters) AS characters
  FROM (
    SELECT job_definition, job_queue, day, SUM(ms) AS ms FROM attempt_day GROUP BY job_definition, job_queue, day
  ) d
  JOIN around_named n ON n.job_definition = d.job_definition
  LEFT JOIN (
    SELECT t.job_definition AS job_definition, t.job_queue AS job_queue, s.log_group AS log_group, s.day AS day,
      SUM(s.characters) AS characters
    FROM log_stream_day s JOIN attempt t ON t.task_id = s.task_id
    GROUP BY t.job_definition, t.job_queue, s.log_group, s.day
  ) c
    ON c.job_definition = d.job_definition AND c.job_queue = d.job_queue AND c.day = d.day AND c.log_group = n.name
      AND n.account IS NOT NULL
  GROUP BY n.kind, n.name, n.account, n.region, d.day, d.job_queue
  UNION ALL
  SELECT kind, name, NULL, NULL, day, job_queue, SUM(ms), NULL FROM around_transfer GROUP BY kind, name, day, job_queue;

-- What surrounds jobs by day, resource and job queue: the rows of a resource's day add up to its cost in the bill.
--   job_queue            whose jobs name the resource, or ran on the instance; NULL: nobody's, of all that we know
--   cost                 nanodollars
--   shared               1: a part, as several queues name the resource; 0: the whole of it
--   by_size              1: log streams tell the parts, 0: run time does
--   kilobytes            moved, divided as the cost is
CREATE VIEW around_day AS
  SELECT v.day AS day, v.kind AS kind, v.name AS name, v.account AS account, v.region AS region,
    v.job_queue AS job_queue,
    CASE WHEN v.whole IS NULL THEN v.cost
      ELSE CAST(ROUND(v.cost * 1e0 * v.upto / v.whole) AS BIGINT)
        - CAST(ROUND(v.cost * 1e0 * (v.upto - v.weight) / v.whole) AS BIGINT) END AS cost,
    CASE WHEN v.weight < v.whole THEN 1 ELSE 0 END AS shared,
    v.by_size AS by_size,
    CASE WHEN v.whole IS NULL THEN v.kilobytes
      ELSE CAST(ROUND(v.kilobytes * 1e0 * v.upto / v.whole) AS BIGINT)
        - CAST(ROUND(v.kilobytes * 1e0 * (v.upto - v.weight) / v.whole) AS BIGINT) END AS kilobytes
  FROM (
    SELECT u.day AS day, u.kind AS kind, u.name AS name, u.account AS account, u.region AS region, u.cost AS cost,
      u.kilobytes AS kilobytes, u.job_queue AS job_queue, u.by_size AS by_size, u.weight AS weight,
      SUM(u.weight) OVER (
        PARTITION BY u.day, u.kind, u.name, u.account, u.region ORDER BY u.job_queue NULLS FIRST
        ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS upto,
      SUM(u.weight) OVER (PARTITION BY u.day, u.kind, u.name, u.account, u.region) AS whole
    FROM (
      SELECT b.day AS day, b.kind AS kind, b.name AS name, b.account AS account, b.region AS region,
        b.cost AS cost, b.kilobytes AS kilobytes, w.job_queue AS job_queue,
        CASE WHEN SUM(w.characters) OVER (PARTITION BY b.day, b.kind, b.name, b.account, b.region) > 0
          THEN w.characters ELSE w.ms END AS weight,
        CASE WHEN SUM(w.characters) OVER (PARTITION BY b.day, b.kind, b.name, b.account, b.region) > 0
          THEN 1 ELSE 0 END AS by_size
      FROM (
        SELECT day, kind, name, account, region,
          SUM(cost) + CAST(ROUND(SUM(cost_rest) / 1000000000e0) AS BIGINT) AS cost, SUM(kilobytes) AS kilobytes
        FROM bill_around
        GROUP BY day, kind, name, account, region
      ) b
      LEFT JOIN around_time w
        ON w.kind = b.kind AND w.name = b.name AND w.day = b.day
          AND (w.account IS NULL OR w.account = b.account) AND (w.region IS NULL OR b.region = '' OR w.region = b.region)
    ) u
  ) v
  WHERE v.weight > 0 OR v.whole IS NULL;
