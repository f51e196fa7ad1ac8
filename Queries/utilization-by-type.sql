-- Reserved share of what instances offered, by compute environment and instance type.
-- A row is a compute environment × instance type on EC2, the most instance-hours first.
--   vcpu_share, memory_share, gpu_share   reserved ÷ capacity-time, 0 to 1; NULL without GPUs
--   binds               the resource with the highest share: vcpu, memory, gpu; NULL if nothing is reserved or known
--   instance_hours      instance-hours that ran
--   sufficient_hours    instance-hours that would have held all reservations of each hour, if they packed perfectly
--   sufficient_share    sufficient_hours ÷ instance_hours; both NULL if the capacity is unknown
WITH hours AS (
  SELECT h.compute_environment AS environment, h.instance_type AS instance_type, h.instance_ms AS instance_ms,
    h.reserved_milli_vcpu_ms * 1e0 / NULLIF(h.capacity_milli_vcpu_ms, 0) AS vcpu,
    h.reserved_mib_ms * 1e0 / NULLIF(h.capacity_mib_ms, 0) AS memory,
    h.reserved_gpu_ms * 1e0 / NULLIF(h.capacity_gpu_ms, 0) AS gpu,
    h.reserved_milli_vcpu_ms AS reserved_vcpu, h.capacity_milli_vcpu_ms AS capacity_vcpu,
    h.reserved_mib_ms AS reserved_mib, h.capacity_mib_ms AS capacity_mib,
    h.reserved_gpu_ms AS reserved_gpu, h.capacity_gpu_ms AS capacity_gpu
  FROM hourly_use h
  JOIN calendar k ON h.hour >= k.day * 24 AND h.hour < k.day * 24 + 24
  WHERE k.date >= :from AND k.date < :to
),
bound AS (
  SELECT environment, instance_type, instance_ms, reserved_vcpu, capacity_vcpu, reserved_mib, capacity_mib,
    reserved_gpu, capacity_gpu,
    CASE
      WHEN vcpu >= COALESCE(memory, 0) AND vcpu >= COALESCE(gpu, 0) THEN vcpu
      WHEN COALESCE(memory, 0) >= COALESCE(gpu, 0) THEN memory
      ELSE gpu
    END AS most
  FROM hours
),
summed AS (
  SELECT environment, instance_type, SUM(instance_ms) / 3600000e0 AS hours,
    SUM(CAST(ROUND(instance_ms * CASE WHEN most > 1 THEN 1e0 ELSE most END) AS BIGINT)) / 3600000e0 AS sufficient,
    SUM(reserved_vcpu) * 1e0 / NULLIF(SUM(capacity_vcpu), 0) AS vcpu,
    SUM(reserved_mib) * 1e0 / NULLIF(SUM(capacity_mib), 0) AS memory,
    SUM(reserved_gpu) * 1e0 / NULLIF(SUM(capacity_gpu), 0) AS gpu
  FROM bound GROUP BY environment, instance_type
)
SELECT
  e.name AS compute_environment,
  s.instance_type AS instance_type,
  s.vcpu AS vcpu_share,
  s.memory AS memory_share,
  s.gpu AS gpu_share,
  CASE
    WHEN COALESCE(s.vcpu, 0) = 0 AND COALESCE(s.memory, 0) = 0 AND COALESCE(s.gpu, 0) = 0 THEN NULL
    WHEN s.vcpu >= COALESCE(s.memory, 0) AND s.vcpu >= COALESCE(s.gpu, 0) THEN 'vcpu'
    WHEN COALESCE(s.memory, 0) >= COALESCE(s.gpu, 0) THEN 'memory'
    ELSE 'gpu'
  END AS binds,
  s.hours AS instance_hours,
  s.sufficient AS sufficient_hours,
  s.sufficient / NULLIF(s.hours, 0) AS sufficient_share
FROM summed s
LEFT JOIN named_environment e ON e.id = s.environment
ORDER BY s.hours DESC, e.name NULLS FIRST, s.instance_type
