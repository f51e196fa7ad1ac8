-- Shares of each span, for attempts and for what nobody reserved, in weighted milliseconds.
-- by instance_id
WITH
busy (instance_id, first_ms, last_ms) AS (
  SELECT instance_id, MIN(begins), MAX(ends) FROM resident GROUP BY instance_id
),
-- What is asked of each resource in a stretch, and its capacity.
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
  instance_id, starts, ends, attempt, account, since, vcpu_part, vcpu_sum, memory_part, memory_sum, gpu_part,
  gpu_sum
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
step (instance_id, starts, ends, account, attempt, is_unused, since, weighted) AS (
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
)
SELECT instance_id, starts, ends, account, attempt, is_unused, since, weighted
FROM step
