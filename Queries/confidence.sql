-- The evidence behind the cost of the period.
-- One row.
--   priced_share           of what ran, the part that has a price, by time as in the view priced_day, 0 to 1
--   spot_history_usd, price_list_usd, bundled_usd, billed_usd, manual_usd   cost by source of the price
--   unpriced_seconds       billed seconds of instances, tasks and other capacity without a price
--   unpriced_volumes, unpriced_volume_seconds   EBS volumes without a price, and their billed seconds
--   unplaced_attempts, unplaced_seconds     attempts whose instance is unknown
--   undescribed_share      the part of the cost that is of instances whose start only their registration or their first
--                          attempt tells, 0 to 1: they started earlier. NULL if nothing has a price
--   is_mostly_undescribed  1: undescribed_share is more than a quarter: the cost is about this, or more
--   lifeless_instances     instances that attempts name and whose life is unknown: none of their cost is in these numbers
--   open_instances         instances that were still running at collection;  open_tasks   Fargate tasks and training jobs that were
--   instances              EC2 instances that ran
--   unsized_instances      instances whose capacity is unknown: what was free beside jobs is in the cost of these
--   storage_unknown        1: instances ran, and none of their EBS volumes was collected
--   addresses_unknown      1: instances ran, and no source says whether they had public addresses
--   task_addresses_unknown 1: tasks with public addresses ran on Fargate; the addresses are in no number
--   jobs_unknown           1: instances ran, and no job was collected: nobody knows what ran on them
--   unread_files           files that could not be read, or not to their end: what they say of jobs is missing
--   collected_at           what was still running is charged until then
WITH period AS (
  SELECT MIN(day) AS first_day, MAX(day) + 1 AS end_day FROM calendar WHERE date >= :from AND date < :to
),
described AS (
  -- EC2 and CloudTrail may each describe an instance.
  SELECT DISTINCT d.instance_id AS instance_id FROM instance_description d
),
priced AS (
  SELECT SUM(d.ms) AS ms, SUM(d.unpriced_ms) AS unpriced_ms
  FROM priced_day d
  JOIN period p ON d.day >= p.first_day AND d.day < p.end_day
),
billed AS (
  SELECT SUM(CASE WHEN r.kind IN ('volume', 'address') THEN 0 ELSE s.unpriced_ms END) AS unpriced_ms,
    COUNT(DISTINCT CASE WHEN r.kind = 'volume' AND s.unpriced_ms > 0 THEN r.id END) AS unpriced_volumes,
    SUM(CASE WHEN r.kind = 'volume' THEN s.unpriced_ms ELSE 0 END) AS unpriced_volume_ms,
    COUNT(DISTINCT CASE WHEN s.open_ms > 0 AND r.kind = 'instance' THEN r.id END) AS open_instances,
    COUNT(DISTINCT CASE WHEN s.open_ms > 0 AND r.kind IN ('fargate-task', 'training-job') THEN r.id END) AS open_tasks,
    COUNT(DISTINCT CASE WHEN r.kind = 'instance' THEN r.id END) AS instances,
    COUNT(DISTINCT CASE WHEN r.kind = 'instance' AND r.milli_vcpus IS NULL THEN r.id END) AS unsized_instances,
    SUM(s.cost) AS cost,
    SUM(CASE WHEN r.start_source IN ('registration', 'first-attempt') THEN s.cost ELSE 0 END) AS undescribed,
    COUNT(e.instance_id) AS described,
    SUM(CASE WHEN r.kind = 'volume' THEN 1 ELSE 0 END) AS volumes,
    SUM(CASE WHEN r.kind = 'address' THEN 1 ELSE 0 END) AS addresses
  FROM resource_day s
  JOIN period p ON s.day >= p.first_day AND s.day < p.end_day
  JOIN resource r ON r.id = s.resource
  LEFT JOIN described e ON e.instance_id = r.name AND r.kind = 'instance'
),
source AS (
  SELECT
    SUM(CASE WHEN x.name = 'spot-history' THEN d.cost ELSE 0 END) AS spot_history,
    SUM(CASE WHEN x.name = 'price-list' THEN d.cost ELSE 0 END) AS price_list,
    SUM(CASE WHEN x.name = 'bundled' THEN d.cost ELSE 0 END) AS bundled,
    SUM(CASE WHEN x.name = 'bill' THEN d.cost ELSE 0 END) AS bill,
    SUM(CASE WHEN x.name = 'manual' THEN d.cost ELSE 0 END) AS manual
  FROM daily_cost d
  JOIN period p ON d.day >= p.first_day AND d.day < p.end_day
  JOIN price_source x ON x.id = d.price_source
),
lifeless AS (
  SELECT COUNT(*) AS instances
  FROM ledger_finding f CROSS JOIN period p
  WHERE f.check_name = 'life-unknown' AND (f.day IS NULL OR f.day >= p.first_day AND f.day < p.end_day)
),
addressed AS (
  SELECT COUNT(*) AS parts
  FROM daily_cost d
  JOIN period p ON d.day >= p.first_day AND d.day < p.end_day
  JOIN job_definition_address a ON a.job_definition = d.job_definition
  JOIN purchase_option o ON o.id = d.purchase_option
  WHERE o.name IN ('fargate', 'fargate-spot')
),
jobless AS (
  SELECT COUNT(*) AS findings FROM ledger_finding WHERE check_name = 'jobs-unknown'
),
unread AS (
  SELECT COUNT(DISTINCT c.subject) AS files FROM collection_finding c WHERE c.check_name = 'unreadable' AND c.severity = 'error'
),
missing AS (
  SELECT COUNT(*) AS attempts, SUM(u.ms) AS ms
  FROM unplaced u JOIN period p ON u.day >= p.first_day AND u.day < p.end_day
)
SELECT
  1 - d.unpriced_ms * 1e0 / NULLIF(d.ms, 0) AS priced_share,
  s.spot_history AS spot_history_nanodollars,
  s.price_list AS price_list_nanodollars,
  s.bundled AS bundled_nanodollars,
  s.bill AS billed_nanodollars,
  s.manual AS manual_nanodollars,
  COALESCE(b.unpriced_ms, 0) / 1000e0 AS unpriced_seconds,
  b.unpriced_volumes AS unpriced_volumes,
  COALESCE(b.unpriced_volume_ms, 0) / 1000e0 AS unpriced_volume_seconds,
  m.attempts AS unplaced_attempts,
  COALESCE(m.ms, 0) / 1000e0 AS unplaced_seconds,
  b.undescribed * 1e0 / NULLIF(b.cost, 0) AS undescribed_share,
  CASE WHEN b.undescribed * 1e0 / NULLIF(b.cost, 0) > 0.25e0 THEN 1 ELSE 0 END AS is_mostly_undescribed,
  l.instances AS lifeless_instances,
  b.open_instances AS open_instances,
  b.open_tasks AS open_tasks,
  b.instances AS instances,
  b.unsized_instances AS unsized_instances,
  CASE WHEN b.instances > 0 AND b.volumes = 0 THEN 1 ELSE 0 END AS storage_unknown,
  CASE WHEN b.instances > 0 AND b.addresses = 0 AND b.described = 0 THEN 1 ELSE 0 END AS addresses_unknown,
  CASE WHEN t.parts > 0 THEN 1 ELSE 0 END AS task_addresses_unknown,
  CASE WHEN b.instances > 0 AND j.findings > 0 THEN 1 ELSE 0 END AS jobs_unknown,
  u.files AS unread_files,
  CAST((SELECT value FROM ledger_setting WHERE name = 'collected_at_ms') AS BIGINT) AS collected_at_ms
FROM billed b CROSS JOIN priced d CROSS JOIN source s CROSS JOIN lifeless l CROSS JOIN addressed t CROSS JOIN jobless j CROSS JOIN unread u
CROSS JOIN missing m
