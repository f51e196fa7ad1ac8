-- Cost by the value of one tag.
-- A row is a value of the tag named by the parameter `tag`; array children have their parent's tags. One row is work without
-- the tag, one is unused cost.
--   :tag text           the tag's name, such as team
--   tag_value           NULL for untagged and unused
--   kind                tagged, untagged or unused
--   cost_usd            attempts and startup; unused cost has no owner and is a row of its own
--   is_at_least         1: more than 1 % of its time has no price, so that it cost at least this
--   startup_usd         the part of cost_usd before attempts started
--   on_demand_usd       the same at On-Demand rates, for postings with a price and an On-Demand price
--   jobs, attempts      attempts that began in the period, and jobs whose first attempt did
--   vcpu_hours, memory_gib_hours, gpu_hours   reserved, from placement to stop
SELECT
  t.value AS tag_value,
  CASE WHEN d.kind = 'unused' THEN 'unused' WHEN t.value IS NULL THEN 'untagged' ELSE 'tagged' END AS kind,
  SUM(d.cost) AS cost_nanodollars,
  CASE WHEN SUM(d.unpriced_ms) * MAX(z.parts) > SUM(d.ms) THEN 1 ELSE 0 END AS is_at_least,
  NULLIF(SUM(d.startup), CASE WHEN COUNT(d.startup) < COUNT(*) THEN 0 END) AS startup_nanodollars,
  SUM(d.on_demand) AS on_demand_nanodollars,
  SUM(d.jobs) AS jobs,
  SUM(d.attempts) AS attempts,
  SUM(CASE WHEN d.kind = 'unused' THEN NULL ELSE d.milli_vcpu_ms END) / 3600000000e0 AS vcpu_hours,
  SUM(CASE WHEN d.kind = 'unused' THEN NULL ELSE d.mib_ms END) / 3686400000e0 AS memory_gib_hours,
  SUM(CASE WHEN d.kind = 'unused' THEN NULL ELSE d.gpu_ms END) / 3600000e0 AS gpu_hours
FROM daily_part d
JOIN calendar k ON k.day = d.day
CROSS JOIN priced_rule z
LEFT JOIN tag t ON t.tag_set = d.tag_set AND t.name = :tag
WHERE k.date >= :from AND k.date < :to
GROUP BY t.value, CASE WHEN d.kind = 'unused' THEN 'unused' WHEN t.value IS NULL THEN 'untagged' ELSE 'tagged' END
ORDER BY kind, cost_nanodollars DESC, t.value NULLS FIRST
