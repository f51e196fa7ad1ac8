-- The ledger a second time: computed by one statement from the facts, and by no code of batchcost.
-- A row is a day, an account and an attempt; of unused cost, a day, an account and an instance.
--
--   resource         the instance, or the Fargate task
--   day              days since 1970-01-01 in UTC
--   account          as in ledger_account; `unplaced` for attempts whose instance nobody knows
--   job_id, attempt  NULL for unused cost
--   ms               the time that the row covers
--   cost, on_demand  nanodollars; NULL where none of it is priced
--
-- It is written from the method page, to be compared with what `batchcost ledger build` wrote, and to run where the
-- facts have outgrown one machine. SQLite 3.40, DuckDB, Spark SQL and Trino read the same text. Therefore:
--
-- * CAST(ROUND((a - a % b) / b) AS BIGINT) is the whole part of a / b. `/` divides whole numbers in SQLite and Trino
--   and yields a binary fraction in DuckDB and Spark; both are exact here, as quotients stay below 2^52.
-- * The hours of an instance come from `number`, 0 to 9999, which bounds its life at 416 days, the days of a Fargate
--   task from `few`. Instead of the cross joins one may write range(10000) in DuckDB and Spark, in Trino
--   UNNEST(sequence(0, 9999)), in SQLite a recursive common table expression.
-- * There are no numbers of 128 bits. A charge is multiplied by a share in five digits of base 512, which is exact for
--   charges up to 2^45 nanodollars (35,184 dollars an hour) of instances up to 192 vCPUs and 16 TiB.
--
-- Where more is reserved of a resource than there is, shares are rounded down to a weighted millisecond, a part in
-- 10^12: such a row may be a nanodollar a charge from the exact one. Settings are the defaults: split-cost weights, the
-- price at the start of each instance-hour, unused cost separate. Not in here: bills, volumes, addresses, Fargate for
-- Windows, the fee of ECS Managed Instances, and instances whose type was never described, as nobody
-- knows what they could hold.
WITH
digit (d) AS (
  SELECT CAST(0 AS BIGINT) UNION ALL SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL SELECT 4
  UNION ALL SELECT 5 UNION ALL SELECT 6 UNION ALL SELECT 7 UNION ALL SELECT 8 UNION ALL SELECT 9
),
number (n) AS (
  SELECT 1000 * a.d + 100 * b.d + 10 * c.d + e.d
  FROM digit a CROSS JOIN digit b CROSS JOIN digit c CROSS JOIN digit e
),
few (n) AS (
  SELECT 10 * a.d + b.d FROM digit a CROSS JOIN digit b
),

-- What still runs is charged up to here.
asked (account_region, at_ms) AS (
  SELECT g.id, COALESCE(MAX(c.as_of_ms), l.at_ms)
  FROM account_region g
  LEFT JOIN collection c ON c.account_region = g.id
  CROSS JOIN (SELECT MAX(as_of_ms) AS at_ms FROM collection) l
  GROUP BY g.id, l.at_ms
),

-- Who ran where (edges 1, 2, 17, 20) -------------------------------------------------------------------------------

-- Of a task that ECS describes in two clusters, the later word.
known_task (
  task_id, cluster, container_instance, pull_started_at_ms, stopped_at_ms, milli_vcpus, memory_mib, ephemeral_gib,
  capacity_provider, architecture
) AS (
  SELECT
    task_id, cluster, container_instance, pull_started_at_ms, stopped_at_ms, milli_vcpus, memory_mib, ephemeral_gib,
    capacity_provider, architecture
  FROM (
    SELECT t.*, ROW_NUMBER() OVER (PARTITION BY task_id ORDER BY progress DESC, digest DESC) AS place FROM task t
  ) x
  WHERE place = 1
),
used (task_id, milli_vcpus, memory_mib, instance_id) AS (
  SELECT task_id, MAX(milli_vcpus_average), MAX(memory_maximum_mib), MIN(instance_id) FROM task_usage GROUP BY task_id
),
ran (attempt, account_region, pulled, started, stopped, milli_vcpus, memory_mib, gpus, is_node, registration, claimed,
  collected)
AS (
  SELECT
    a.id,
    j.account_region,
    CASE WHEN t.pull_started_at_ms < a.started_at_ms THEN t.pull_started_at_ms ELSE a.started_at_ms END,
    a.started_at_ms,
    CASE WHEN a.stopped_at_ms > q.at_ms THEN q.at_ms ELSE COALESCE(a.stopped_at_ms, q.at_ms) END,
    CASE WHEN u.milli_vcpus > a.milli_vcpus THEN u.milli_vcpus ELSE a.milli_vcpus END,
    CASE WHEN u.memory_mib > a.memory_mib THEN u.memory_mib ELSE a.memory_mib END,
    a.gpus,
    CASE WHEN a.kind = 4 THEN 1 ELSE 0 END,
    COALESCE(a.container_instance, t.container_instance),
    COALESCE(c.instance_id, a.instance_id, tc.instance_id, u.instance_id),
    q.at_ms
  FROM attempt a
  JOIN job j ON j.id = a.job
  LEFT JOIN asked q ON q.account_region = j.account_region
  LEFT JOIN known_task t ON t.task_id = a.task_id
  LEFT JOIN container_instance c ON c.id = a.container_instance
  LEFT JOIN container_instance tc ON tc.id = t.container_instance
  LEFT JOIN used u ON u.task_id = a.task_id
  WHERE a.platform = 0 AND a.kind NOT IN (1, 3)
),
named (registration, instance_id) AS (
  SELECT registration, MIN(claimed) FROM ran WHERE registration IS NOT NULL AND claimed IS NOT NULL
  GROUP BY registration
),
placed (
  attempt, instance_id, pulled, started, stopped, milli_vcpus, memory_mib, gpus, is_node
) AS (
  SELECT
    r.attempt, COALESCE(r.claimed, n.instance_id), r.pulled, r.started, r.stopped, r.milli_vcpus, r.memory_mib, r.gpus,
    r.is_node
  FROM ran r
  LEFT JOIN named n ON n.registration = r.registration
  WHERE r.started IS NOT NULL AND (r.collected IS NULL OR r.started <= r.collected)
),

-- Which instances there are, and what is known of them (§2.1, edges 3, 18, 19, 21) ----------------------------------

registered (instance_id, account_region, instance_type, zone, operating_system, registered_at_ms, environment, option)
AS (
  SELECT
    COALESCE(c.instance_id, n.instance_id), k.account_region, c.instance_type, c.zone, c.operating_system,
    c.registered_at_ms, e.id, e.resource_type
  FROM container_instance c
  JOIN cluster k ON k.id = c.cluster
  JOIN account_region r ON r.id = k.account_region
  LEFT JOIN named n ON n.registration = c.id
  LEFT JOIN compute_environment e ON e.cluster_arn LIKE '%:' || r.region || ':' || r.account || ':cluster/' || k.name
),
registration (instance_id, account_region, instance_type, zone, operating_system, registered_at_ms, environment, option)
AS (
  SELECT
    instance_id, MIN(account_region), MIN(instance_type), MIN(zone), MIN(operating_system), MIN(registered_at_ms),
    MIN(environment), MAX(option)
  FROM registered
  WHERE instance_id IS NOT NULL
  GROUP BY instance_id
),
residents (instance_id, first_ms, last_ms) AS (
  SELECT instance_id, MIN(pulled), MAX(stopped) FROM placed WHERE instance_id IS NOT NULL GROUP BY instance_id
),
moments (instance_id, running, stopping, gone, requested, ended, reclaimed, requests, taken) AS (
  SELECT
    instance_id,
    MIN(CASE WHEN source = 'event' AND kind = 'running' THEN at_ms END),
    MIN(CASE WHEN source = 'event' AND kind IN ('shutting-down', 'stopping') THEN at_ms END),
    MIN(CASE WHEN source = 'event' AND kind IN ('terminated', 'stopped') THEN at_ms END),
    MIN(CASE WHEN kind = 'run-instances' THEN at_ms END),
    MIN(CASE WHEN kind IN ('terminate-instances', 'bid-evicted') THEN at_ms END),
    MAX(CASE WHEN kind IN ('interruption-warning', 'bid-evicted', 'spot-request-reclaimed') THEN 1 ELSE 0 END),
    MAX(CASE WHEN kind = 'spot-request' THEN 1 ELSE 0 END),
    MIN(CASE WHEN kind = 'spot-request-reclaimed' THEN at_ms END)
  FROM instance_event
  GROUP BY instance_id
),
batch_instance (instance_id) AS (
  SELECT instance_id FROM instance_description
  WHERE tags LIKE '%"AWSBatchServiceTag"%' OR auto_scaling_group LIKE 'AWSBatch-%-asg-%'
  UNION
  SELECT instance_id FROM registration WHERE environment IS NOT NULL
  UNION
  SELECT instance_id FROM residents
  UNION
  SELECT claimed FROM ran WHERE claimed IS NOT NULL
),
told (
  instance_id, account_region, instance_type, zone, tenancy, product, is_spot, reclaimed, started, stopped, collected
) AS (
  SELECT
    b.instance_id,
    COALESCE(d.account_region, c.account_region, r.account_region),
    COALESCE(d.instance_type, c.instance_type, r.instance_type),
    COALESCE(d.zone, c.zone, r.zone),
    COALESCE(d.tenancy, c.tenancy, 'default'),
    COALESCE(
      d.platform_details, c.platform_details,
      CASE COALESCE(d.usage_operation, c.usage_operation)
        WHEN 'RunInstances:0002' THEN 'Windows' WHEN 'RunInstances:0010' THEN 'Red Hat Enterprise Linux'
        WHEN 'RunInstances:000g' THEN 'SUSE Linux' WHEN 'RunInstances' THEN 'Linux/UNIX' END,
      CASE WHEN r.operating_system = 'windows' THEN 'Windows' ELSE 'Linux/UNIX' END),
    CASE
      WHEN d.instance_id IS NOT NULL OR c.instance_id IS NOT NULL
        THEN CASE COALESCE(d.lifecycle, c.lifecycle, 'on-demand') WHEN 'spot' THEN 1 WHEN 'on-demand' THEN 0 ELSE 2 END
      WHEN m.requests = 1 THEN 1
      WHEN r.option = 'SPOT' THEN 1
      WHEN r.option = 'EC2' THEN 0
      ELSE 2
    END,
    CASE WHEN m.reclaimed = 1 OR d.state_reason = 'Server.SpotInstanceTermination' THEN 1 ELSE 0 END,
    COALESCE(m.running, d.launched_at_ms, m.requested, c.launched_at_ms, r.registered_at_ms, w.first_ms),
    COALESCE(
      m.stopping, m.gone,
      CASE WHEN d.state IN ('stopping', 'stopped', 'shutting-down', 'terminated') THEN d.state_transition_at_ms END,
      m.ended, m.taken,
      CASE WHEN d.state IN ('pending', 'running') THEN q.at_ms END,
      w.last_ms, q.at_ms),
    q.at_ms
  FROM batch_instance b
  LEFT JOIN instance_description d ON d.instance_id = b.instance_id AND d.source = 'ec2'
  LEFT JOIN instance_description c ON c.instance_id = b.instance_id AND c.source = 'cloudtrail'
  LEFT JOIN registration r ON r.instance_id = b.instance_id
  LEFT JOIN moments m ON m.instance_id = b.instance_id
  LEFT JOIN residents w ON w.instance_id = b.instance_id
  LEFT JOIN asked q ON q.account_region = COALESCE(d.account_region, c.account_region, r.account_region)
),
-- Nothing is charged beyond the time of collection (edge 31).
known (
  instance_id, account_region, instance_type, zone, tenancy, product, is_spot, reclaimed, started, stopped, collected
) AS (
  SELECT
    instance_id, account_region, instance_type, zone, tenancy, product, is_spot, reclaimed, started,
    CASE WHEN stopped > collected THEN collected ELSE stopped END, collected
  FROM told
  WHERE collected IS NULL OR started <= collected
),

-- Billed seconds (§2.2, §2.5) and capacity -------------------------------------------------------------------------

spanned (
  instance_id, region, account_region, instance_type, zone, tenancy, product, is_spot, is_free, is_reclaimed, started,
  stopped, ran_seconds, milli_vcpus, memory_mib, gpus
) AS (
  SELECT
    k.instance_id, g.region, k.account_region, k.instance_type, k.zone,
    CASE k.tenancy WHEN 'dedicated' THEN 'Dedicated' WHEN 'host' THEN 'Host' ELSE 'Shared' END,
    CASE WHEN k.product = 'Linux/UNIX (Amazon VPC)' THEN 'Linux/UNIX' ELSE k.product END,
    k.is_spot,
    CASE WHEN k.is_spot = 1 AND k.reclaimed = 1 AND k.stopped - k.started < 3600000 THEN 1 ELSE 0 END,
    CASE WHEN k.is_spot = 1 AND k.reclaimed = 1 THEN 1 ELSE 0 END,
    k.started,
    CASE WHEN k.stopped < k.started THEN k.started ELSE k.stopped END,
    CASE
      WHEN k.stopped <= k.started THEN 0
      ELSE CAST(ROUND((k.stopped - k.started + 999 - (k.stopped - k.started + 999) % 1000) / 1000) AS BIGINT)
    END,
    y.milli_vcpus, y.memory_mib, y.gpus
  FROM known k
  JOIN account_region g ON g.id = k.account_region
  JOIN instance_type y ON y.name = k.instance_type
  WHERE k.started IS NOT NULL
),
instance (
  instance_id, region, account_region, instance_type, zone, tenancy, product, operating_system, is_spot, is_free, started,
  stopped, milli_vcpus, memory_mib, gpus, capacity, seconds
) AS (
  SELECT
    instance_id, region, account_region, instance_type, zone, tenancy, product,
    CASE product WHEN 'SUSE Linux' THEN 'SUSE' WHEN 'Red Hat Enterprise Linux' THEN 'RHEL' WHEN 'Windows' THEN 'Windows'
      ELSE 'Linux' END,
    is_spot, is_free, started, stopped, milli_vcpus, memory_mib, gpus,
    1152 * milli_vcpus + 125 * memory_mib + 11520000 * gpus,
    CASE
      WHEN is_free = 1 THEN ran_seconds
      WHEN product = 'SUSE Linux' AND is_reclaimed = 1 THEN ran_seconds - ran_seconds % 3600
      WHEN product = 'SUSE Linux' AND ran_seconds <= 3600 THEN 3600
      WHEN product = 'SUSE Linux' THEN ran_seconds + 3599 - (ran_seconds + 3599) % 3600
      WHEN ran_seconds < 60 THEN 60
      ELSE ran_seconds
    END
  FROM spanned
),

-- Charges: an instance-hour at the price in force at its start (§2.3, §2.4, §2.8, §2.9) -----------------------------

-- The account's own prices, and those that were collected without saying whose zones they name.
spot_seen (account_region, zone, instance_type, product, at_ms, rate) AS (
  SELECT g.id, p.zone, p.instance_type, p.product, p.at_ms, MAX(p.rate)
  FROM spot_price p
  JOIN account_region o ON o.id = p.account_region
  JOIN account_region g ON g.region = o.region AND (g.id = o.id OR o.account = '')
  GROUP BY g.id, p.zone, p.instance_type, p.product, p.at_ms
),
spot_rate (account_region, zone, instance_type, product, from_ms, until_ms, rate) AS (
  SELECT
    account_region, zone, instance_type, product, at_ms,
    LEAD(at_ms) OVER (PARTITION BY account_region, zone, instance_type, product ORDER BY at_ms), rate
  FROM spot_seen
),
list_rate (region, service, item, operating_system, tenancy, from_ms, until_ms, rate) AS (
  -- The first one holds for the time before it too.
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
),
-- What a reclaimed SUSE instance ran after its last full hour is not billed (G3): a charge of no seconds, for the time.
hour_of (instance_id, hour, starts, seconds, length_ms) AS (
  SELECT
    i.instance_id, x.n, i.started + 3600000 * x.n,
    CASE WHEN i.seconds - 3600 * x.n < 3600 THEN i.seconds - 3600 * x.n ELSE 3600 END,
    1000 * CASE WHEN i.seconds - 3600 * x.n < 3600 THEN i.seconds - 3600 * x.n ELSE 3600 END
  FROM instance i
  JOIN number x ON 3600 * x.n < i.seconds
  UNION ALL
  SELECT
    instance_id, CAST(ROUND(seconds / 3600) AS BIGINT), started + 1000 * seconds, 0, stopped - started - 1000 * seconds
  FROM instance
  WHERE started + 1000 * seconds < stopped
),
rated (instance_id, hour, starts, seconds, length_ms, cost_rate, list_rate) AS (
  SELECT
    h.instance_id, h.hour, h.starts, h.seconds, h.length_ms,
    -- How it was bought is not known, or no rate tells it: no price at all (edge 19).
    CASE WHEN i.is_free = 1 THEN 0 WHEN i.is_spot = 1 THEN s.rate WHEN i.is_spot = 0 THEN l.rate END,
    CASE WHEN i.is_spot < 2 THEN l.rate END
  FROM hour_of h
  JOIN instance i ON i.instance_id = h.instance_id
  LEFT JOIN spot_rate s
    ON i.is_spot = 1 AND i.region NOT LIKE 'cn-%' AND s.account_region = i.account_region AND s.zone = i.zone AND s.instance_type = i.instance_type
    AND s.product = i.product AND s.from_ms <= h.starts AND (s.until_ms IS NULL OR s.until_ms > h.starts)
  LEFT JOIN list_rate l
    ON l.service = 'AmazonEC2' AND i.region NOT LIKE 'cn-%' AND l.item = i.instance_type
    AND l.operating_system = i.operating_system AND l.tenancy = i.tenancy
    -- A Local or Wavelength Zone has prices of its own.
    AND l.region = CASE WHEN i.zone LIKE i.region || '-%' THEN SUBSTR(i.zone, 1, LENGTH(i.zone) - 1) ELSE i.region END
    AND l.from_ms <= h.starts AND (l.until_ms IS NULL OR l.until_ms > h.starts)
),
instance_amount (instance_id, hour, starts, length_ms, measure, product_ns, whole) AS (
  SELECT
    r.instance_id, r.hour, r.starts, r.length_ms, m.measure,
    CASE m.measure WHEN 0 THEN r.cost_rate ELSE r.list_rate END * r.seconds,
    CAST(ROUND((CASE m.measure WHEN 0 THEN r.cost_rate ELSE r.list_rate END * r.seconds
      - (CASE m.measure WHEN 0 THEN r.cost_rate ELSE r.list_rate END * r.seconds) % 3600) / 3600) AS BIGINT)
  FROM rated r
  CROSS JOIN (SELECT 0 AS measure UNION ALL SELECT 1) m
),

-- A Fargate task is one charge, rounded once (§2.6, edges 11, 22) ---------------------------------------------------

-- Of a task that ECS has forgotten, the compute environment is what its queue can send it to.
queue_fargate (job_queue, takes_spot, takes_on_demand) AS (
  SELECT
    q.id, MAX(CASE WHEN e.resource_type = 'FARGATE_SPOT' THEN 1 ELSE 0 END),
    MAX(CASE WHEN e.resource_type = 'FARGATE' THEN 1 ELSE 0 END)
  FROM job_queue q
  JOIN compute_environment e ON q.environments LIKE '%"' || e.arn || '"%'
  GROUP BY q.id
),
-- A task that several attempts name is borne by the first job of them.
task_bearer (attempt, place) AS (
  SELECT a.id, ROW_NUMBER() OVER (PARTITION BY a.task_id ORDER BY j.job_id, a.ordinal)
  FROM attempt a
  JOIN job j ON j.id = a.job
  LEFT JOIN asked q ON q.account_region = j.account_region
  LEFT JOIN known_task t ON t.task_id = a.task_id
  WHERE a.platform = 1 AND a.task_id IS NOT NULL
    AND (a.started_at_ms IS NOT NULL OR t.pull_started_at_ms < a.stopped_at_ms)
    AND (q.at_ms IS NULL OR COALESCE(a.started_at_ms, a.stopped_at_ms) <= q.at_ms)
),
task_run (
  resource, attempt, region, pulled, started, stopped, milli_vcpus, memory_mib, disk_gib, is_spot, is_arm
) AS (
  SELECT
    a.task_id, a.id, g.region,
    -- A container that never started is charged from pull to stop.
    CASE
      WHEN a.started_at_ms IS NULL OR t.pull_started_at_ms < a.started_at_ms THEN t.pull_started_at_ms
      ELSE a.started_at_ms
    END,
    COALESCE(a.started_at_ms, a.stopped_at_ms),
    CASE WHEN COALESCE(t.stopped_at_ms, a.stopped_at_ms) > q.at_ms THEN q.at_ms
      ELSE COALESCE(t.stopped_at_ms, a.stopped_at_ms, q.at_ms) END,
    COALESCE(t.milli_vcpus, a.milli_vcpus),
    COALESCE(t.memory_mib, a.memory_mib),
    CASE WHEN COALESCE(t.ephemeral_gib, j.ephemeral_gib, 0) > 20 THEN COALESCE(t.ephemeral_gib, j.ephemeral_gib) - 20
      ELSE 0 END,
    CASE
      WHEN t.capacity_provider IS NOT NULL THEN CASE WHEN t.capacity_provider = 'FARGATE_SPOT' THEN 1 ELSE 0 END
      WHEN e.resource_type IS NOT NULL THEN CASE WHEN e.resource_type = 'FARGATE_SPOT' THEN 1 ELSE 0 END
      WHEN f.takes_spot = 1 AND f.takes_on_demand = 0 THEN 1
      ELSE 0
    END,
    CASE WHEN COALESCE(t.architecture, j.architecture, '') IN ('ARM64', 'arm64') THEN 1 ELSE 0 END
  FROM attempt a
  JOIN job j ON j.id = a.job
  JOIN account_region g ON g.id = j.account_region
  LEFT JOIN asked q ON q.account_region = j.account_region
  LEFT JOIN known_task t ON t.task_id = a.task_id
  LEFT JOIN cluster k ON k.id = t.cluster
  LEFT JOIN queue_fargate f ON f.job_queue = a.job_queue
  LEFT JOIN compute_environment e ON e.cluster_arn LIKE '%:' || g.region || ':' || g.account || ':cluster/' || k.name
  WHERE a.platform = 1 AND a.kind NOT IN (1, 3)
    AND (a.started_at_ms IS NOT NULL OR t.pull_started_at_ms < a.stopped_at_ms)
    AND (q.at_ms IS NULL OR COALESCE(a.started_at_ms, a.stopped_at_ms) <= q.at_ms) AND a.id NOT IN (SELECT attempt FROM task_bearer WHERE place > 1)
),
task_billed (
  resource, attempt, pulled, started, stopped, milli_vcpus, memory_mib, disk_gib, is_spot, is_arm, region, seconds
) AS (
  SELECT
    resource, attempt, pulled, started, stopped, milli_vcpus, memory_mib, disk_gib, is_spot, is_arm, region,
    CASE
      WHEN stopped - pulled <= 60000 THEN 60
      ELSE CAST(ROUND((stopped - pulled + 999 - (stopped - pulled + 999) % 1000) / 1000) AS BIGINT)
    END
  FROM task_run
),
task_rate (resource, seconds, measure, hourly) AS (
  SELECT
    b.resource, b.seconds, m.measure,
    128 * b.milli_vcpus * v.rate + 125 * b.memory_mib * g.rate
      + CASE WHEN b.disk_gib = 0 THEN 0 ELSE 128000 * b.disk_gib * s.rate END
  FROM task_billed b
  CROSS JOIN (SELECT 0 AS measure UNION ALL SELECT 1) m
  LEFT JOIN list_rate v
    ON b.region NOT LIKE 'cn-%' AND v.service = 'AmazonECS' AND v.region = b.region AND v.from_ms <= b.pulled
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
  -- 128,000 × 3,600 of these make a nanodollar; the hourly rate is split so that no product leaves 63 bits.
  SELECT
    resource, measure, (hourly % 460800000) * seconds,
    CAST(ROUND((hourly - hourly % 460800000) / 460800000) AS BIGINT) * seconds
      + CAST(ROUND(((hourly % 460800000) * seconds - ((hourly % 460800000) * seconds) % 460800000) / 460800000) AS BIGINT)
  FROM task_rate
),

-- Charges, rounded half to even ------------------------------------------------------------------------------------

charge (resource, hour, starts, length_ms, capacity, measure, amount) AS (
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
),

-- The cut at midnight: by time, largest remainder first, ties to the earlier part (edge 13) ------------------------

charge_day (resource, hour, length_ms, capacity, measure, amount, day, starts, ends) AS (
  SELECT
    c.resource, c.hour, c.length_ms, c.capacity, c.measure, c.amount,
    CAST(ROUND((c.starts - c.starts % 86400000) / 86400000) AS BIGINT) + x.n,
    CASE WHEN x.n = 0 THEN c.starts ELSE c.starts - c.starts % 86400000 + 86400000 * x.n END,
    CASE WHEN c.starts - c.starts % 86400000 + 86400000 * (x.n + 1) < c.starts + c.length_ms
      THEN c.starts - c.starts % 86400000 + 86400000 * (x.n + 1) ELSE c.starts + c.length_ms END
  FROM charge c
  JOIN few x ON c.starts - c.starts % 86400000 + 86400000 * x.n < c.starts + c.length_ms
),
day_product (resource, hour, length_ms, capacity, measure, amount, day, starts, ends, whole_ns, product_ns) AS (
  SELECT
    resource, hour, length_ms, capacity, measure, amount, day, starts, ends,
    CAST(ROUND((amount - amount % length_ms) / length_ms) AS BIGINT) * (ends - starts),
    (amount % length_ms) * (ends - starts)
  FROM charge_day
),
day_floor (resource, hour, length_ms, capacity, measure, amount, day, starts, ends, floored, remainder) AS (
  SELECT
    resource, hour, length_ms, capacity, measure, amount, day, starts, ends,
    whole_ns + CAST(ROUND((product_ns - product_ns % length_ms) / length_ms) AS BIGINT),
    product_ns % length_ms
  FROM day_product
),
day_ranked (resource, hour, capacity, measure, day, starts, ends, floored, missing, place) AS (
  SELECT
    resource, hour, capacity, measure, day, starts, ends, floored,
    amount - CAST(SUM(floored) OVER (PARTITION BY resource, hour, measure) AS BIGINT),
    ROW_NUMBER() OVER (PARTITION BY resource, hour, measure ORDER BY COALESCE(remainder, 0) DESC, day)
  FROM day_floor
),
day_amount (resource, hour, capacity, measure, day, starts, ends, amount) AS (
  SELECT
    resource, hour, capacity, measure, day, starts, ends,
    floored + CASE WHEN place <= missing THEN 1 ELSE 0 END
  FROM day_ranked
),

-- Who bears it: spans in which nothing changes, on each instance (§3) -----------------------------------------------

resident (
  instance_id, attempt, pulled, started, begins, runs, ends, milli_vcpus, memory_mib, gpus, is_node
) AS (
  SELECT
    p.instance_id, p.attempt, p.pulled, p.started,
    CASE WHEN p.pulled < i.started THEN i.started ELSE p.pulled END,
    CASE WHEN p.started < i.started THEN i.started WHEN p.started > i.stopped THEN i.stopped ELSE p.started END,
    CASE WHEN p.stopped > i.stopped THEN i.stopped ELSE p.stopped END,
    CASE WHEN p.is_node = 1 THEN i.milli_vcpus ELSE p.milli_vcpus END,
    CASE WHEN p.is_node = 1 THEN i.memory_mib ELSE p.memory_mib END,
    CASE WHEN p.is_node = 1 THEN i.gpus ELSE p.gpus END,
    p.is_node
  FROM placed p
  JOIN instance i ON i.instance_id = p.instance_id
  WHERE p.pulled < i.stopped AND p.stopped > i.started AND p.pulled < p.stopped
),
busy (instance_id, first_ms, last_ms) AS (
  SELECT instance_id, MIN(begins), MAX(ends) FROM resident GROUP BY instance_id
),
moment (instance_id, at_ms) AS (
  SELECT d.resource, d.starts FROM day_amount d JOIN instance i ON i.instance_id = d.resource
  UNION
  SELECT d.resource, d.ends FROM day_amount d JOIN instance i ON i.instance_id = d.resource
  UNION
  SELECT instance_id, begins FROM resident
  UNION
  SELECT instance_id, runs FROM resident
  UNION
  SELECT instance_id, ends FROM resident
),
stretch (instance_id, starts, ends) AS (
  SELECT instance_id, at_ms, LEAD(at_ms) OVER (PARTITION BY instance_id ORDER BY at_ms) FROM moment
),
present (
  instance_id, starts, ends, attempt, account, since, milli_vcpus, memory_mib, gpus, is_node
) AS (
  SELECT
    s.instance_id, s.starts, s.ends, r.attempt,
    CASE WHEN s.starts < r.runs THEN 'startup' ELSE 'attempt' END,
    CASE WHEN s.starts < r.runs THEN r.pulled ELSE r.started END,
    r.milli_vcpus, r.memory_mib, r.gpus, r.is_node
  FROM stretch s
  JOIN resident r ON r.instance_id = s.instance_id AND r.begins <= s.starts AND r.ends >= s.ends
),
-- What is asked of each resource in a stretch, and what there is of it.
demand (instance_id, starts, milli_vcpus, memory_mib, gpus, nodes) AS (
  SELECT
    instance_id, starts, CAST(SUM(milli_vcpus) AS BIGINT), CAST(SUM(memory_mib) AS BIGINT), CAST(SUM(gpus) AS BIGINT),
    MAX(is_node)
  FROM present
  GROUP BY instance_id, starts
),
-- Shares in weighted milliseconds: 1,152 a milli-vCPU, 125 a MiB, 11,520,000 a GPU are 9 : 1 : 90 for vCPU, GB and GPU,
-- which is both 9 : 1 where there are no GPUs and 0.9 : 0.1 : 9 where there are.
crowd (
  instance_id, starts, ends, attempt, account, since,
  vcpu_part, vcpu_sum, memory_part, memory_sum, gpu_part, gpu_sum
) AS (
  SELECT
    p.instance_id, p.starts, p.ends, p.attempt, p.account, p.since,
    CASE WHEN d.milli_vcpus > i.milli_vcpus THEN 1152 * i.milli_vcpus * p.milli_vcpus ELSE 1152 * p.milli_vcpus END,
    CASE WHEN d.milli_vcpus > i.milli_vcpus THEN d.milli_vcpus ELSE 1 END,
    CASE WHEN d.memory_mib > i.memory_mib THEN 125 * i.memory_mib * p.memory_mib ELSE 125 * p.memory_mib END,
    CASE WHEN d.memory_mib > i.memory_mib THEN d.memory_mib ELSE 1 END,
    CASE WHEN d.gpus > i.gpus THEN 11520000 * i.gpus * p.gpus ELSE 11520000 * p.gpus END,
    CASE WHEN d.gpus > i.gpus THEN d.gpus ELSE 1 END
  FROM present p
  JOIN demand d ON d.instance_id = p.instance_id AND d.starts = p.starts
  JOIN instance i ON i.instance_id = p.instance_id
),
share (instance_id, starts, ends, account, attempt, is_unused, since, weighted) AS (
  SELECT
    instance_id, starts, ends, account, attempt, 0, since,
    CAST(ROUND((vcpu_part - vcpu_part % vcpu_sum) / vcpu_sum) AS BIGINT) * (ends - starts)
      + CAST(ROUND(((vcpu_part % vcpu_sum) * (ends - starts)
        - ((vcpu_part % vcpu_sum) * (ends - starts)) % vcpu_sum) / vcpu_sum) AS BIGINT)
      + CAST(ROUND((memory_part - memory_part % memory_sum) / memory_sum) AS BIGINT) * (ends - starts)
      + CAST(ROUND(((memory_part % memory_sum) * (ends - starts)
        - ((memory_part % memory_sum) * (ends - starts)) % memory_sum) / memory_sum) AS BIGINT)
      + CAST(ROUND((gpu_part - gpu_part % gpu_sum) / gpu_sum) AS BIGINT) * (ends - starts)
      + CAST(ROUND(((gpu_part % gpu_sum) * (ends - starts)
        - ((gpu_part % gpu_sum) * (ends - starts)) % gpu_sum) / gpu_sum) AS BIGINT)
  FROM crowd
  UNION ALL
  SELECT
    s.instance_id, s.starts, s.ends,
    CASE
      WHEN d.starts IS NOT NULL THEN 'unused.packing'
      WHEN b.instance_id IS NULL THEN 'unused.idle'
      WHEN s.starts < b.first_ms THEN 'unused.boot'
      WHEN s.starts >= b.last_ms THEN 'unused.tail'
      ELSE 'unused.gap'
    END,
    NULL, 1, s.starts,
    (s.ends - s.starts) * (
      CASE WHEN COALESCE(d.milli_vcpus, 0) > i.milli_vcpus THEN 0
        ELSE 1152 * (i.milli_vcpus - COALESCE(d.milli_vcpus, 0)) END
      + CASE WHEN COALESCE(d.memory_mib, 0) > i.memory_mib THEN 0
        ELSE 125 * (i.memory_mib - COALESCE(d.memory_mib, 0)) END
      + CASE WHEN COALESCE(d.gpus, 0) > i.gpus THEN 0 ELSE 11520000 * (i.gpus - COALESCE(d.gpus, 0)) END)
  FROM stretch s
  JOIN instance i ON i.instance_id = s.instance_id
  LEFT JOIN demand d ON d.instance_id = s.instance_id AND d.starts = s.starts
  LEFT JOIN busy b ON b.instance_id = s.instance_id
  WHERE s.ends IS NOT NULL AND COALESCE(d.nodes, 0) = 0
),
part (resource, hour, day, account, attempt, is_unused, since, ms, weighted) AS (
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
  -- A Fargate task is its attempt's alone: startup until it started, the rounding up and the minimum too.
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
),

-- Each day's part of a charge times share over capacity, in digits of base 512 -------------------------------------

digits (
  resource, hour, day, measure, account, attempt, is_unused, since, ms, amount, weighted, whole, c0, c1, c2, c3, c4
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
digit2 (resource, hour, day, measure, account, attempt, is_unused, since, ms, amount, weighted, whole, c0, q, x) AS (
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
      ORDER BY COALESCE(remainder, 0) DESC, is_unused, since, COALESCE(attempt, 0), account)
  FROM floored
),
posted (resource, day, account, attempt, ms, cost, on_demand) AS (
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
SELECT
  p.resource, p.day, p.account, j.job_id, a.ordinal AS attempt, p.ms,
  p.cost AS cost_nanodollars, p.on_demand AS on_demand_nanodollars
FROM posted p
LEFT JOIN attempt a ON a.id = p.attempt
LEFT JOIN job j ON j.id = a.job
ORDER BY 1, 2, 3, 4, 5
