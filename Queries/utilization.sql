-- Reserved share of what instances offered, by compute environment.
-- A row is a compute environment on EC2.
--   vcpu_share, memory_share, gpu_share   reserved ÷ capacity-time, 0 to 1; NULL without GPUs
--   cost_share      the same weighted by cost: attempt and startup ÷ all
--   vcpu_hours, memory_gib_hours, gpu_hours                          capacity-time
--   reserved_gib_per_vcpu, capacity_gib_per_vcpu                      what jobs ask for, what instances have
SELECT
  e.name AS compute_environment,
  SUM(h.reserved_milli_vcpu_ms) * 1e0 / NULLIF(SUM(h.capacity_milli_vcpu_ms), 0) AS vcpu_share,
  SUM(h.reserved_mib_ms) * 1e0 / NULLIF(SUM(h.capacity_mib_ms), 0) AS memory_share,
  SUM(h.reserved_gpu_ms) * 1e0 / NULLIF(SUM(h.capacity_gpu_ms), 0) AS gpu_share,
  MAX(c.used) * 1e0 / NULLIF(MAX(c.cost), 0) AS cost_share,
  SUM(h.instance_ms) / 3600000e0 AS instance_hours,
  SUM(h.capacity_milli_vcpu_ms) / 3600000000e0 AS vcpu_hours,
  SUM(h.capacity_mib_ms) / 3686400000e0 AS memory_gib_hours,
  SUM(h.capacity_gpu_ms) / 3600000e0 AS gpu_hours,
  SUM(h.reserved_mib_ms) * 1000e0 / 1024 / NULLIF(SUM(h.reserved_milli_vcpu_ms), 0) AS reserved_gib_per_vcpu,
  SUM(h.capacity_mib_ms) * 1000e0 / 1024 / NULLIF(SUM(h.capacity_milli_vcpu_ms), 0) AS capacity_gib_per_vcpu
FROM hourly_use h
JOIN calendar k ON h.hour >= k.day * 24 AND h.hour < k.day * 24 + 24
LEFT JOIN named_environment e ON e.id = h.compute_environment
LEFT JOIN (
  SELECT COALESCE(d.compute_environment, 0) AS environment, SUM(d.cost) AS cost,
    SUM(CASE WHEN a.kind = 'unused' THEN 0 ELSE d.cost END) AS used
  FROM daily_cost d JOIN calendar x ON x.day = d.day JOIN ledger_account a ON a.id = d.account
  WHERE x.date >= :from AND x.date < :to
  GROUP BY COALESCE(d.compute_environment, 0)
) c ON c.environment = h.compute_environment
WHERE k.date >= :from AND k.date < :to
GROUP BY h.compute_environment, e.name
ORDER BY MAX(c.cost) DESC, e.name NULLS FIRST
