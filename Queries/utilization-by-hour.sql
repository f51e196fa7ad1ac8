-- Reserved share of vCPUs by hour, all environments on EC2 together.
-- A row is a UTC hour in which an instance ran.
--   day            2026-10-19;  hour 0 to 23;  weekday 1 Monday … 7 Sunday
--   share   reserved ÷ running vCPUs, 0 to 1
--   vcpus          running vCPUs, averaged over the hour
SELECT
  k.date AS day,
  k.weekday AS weekday,
  h.hour - k.day * 24 AS hour,
  SUM(h.reserved_milli_vcpu_ms) * 1e0 / NULLIF(SUM(h.capacity_milli_vcpu_ms), 0) AS share,
  SUM(h.capacity_milli_vcpu_ms) / 3600000000e0 AS vcpus
FROM hourly_use h
JOIN calendar k ON h.hour >= k.day * 24 AND h.hour < k.day * 24 + 24
WHERE k.date >= :from AND k.date < :to
GROUP BY k.date, k.weekday, h.hour - k.day * 24
ORDER BY k.date, h.hour - k.day * 24
