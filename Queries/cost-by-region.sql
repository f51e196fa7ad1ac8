-- Cost by region.
-- A row is a region with all its charges, most expensive first.
--   region               such as eu-west-1
--   is_at_least         1: more than 1 % of what was billed has no price, so that it cost at least this
--   cost_usd            = work_usd + unused_usd;  share of all cost, 0 to 1
--   unused_share        unused ÷ cost, 0 to 1
--   places              how many rows there are
--   instances           EC2 instances that ran in the period
SELECT
  g.region AS region,
  SUM(s.cost) AS cost_nanodollars,
  CASE WHEN SUM(CASE WHEN r.kind IN ('volume', 'address') THEN 0 ELSE s.unpriced_ms END) * MAX(z.parts)
    > SUM(CASE WHEN r.kind IN ('volume', 'address') THEN 0 ELSE s.billed_ms END) THEN 1 ELSE 0 END AS is_at_least,
  SUM(s.cost - s.unused) AS work_nanodollars,
  SUM(s.unused) AS unused_nanodollars,
  SUM(s.unused) * 1e0 / NULLIF(SUM(s.cost), 0) AS unused_share,
  SUM(s.cost) * 1e0 / NULLIF(SUM(SUM(s.cost)) OVER (), 0) AS share,
  COUNT(DISTINCT CASE WHEN r.kind = 'instance' THEN r.id END) AS instances,
  COUNT(*) OVER () AS places
FROM resource_day s
JOIN calendar k ON k.day = s.day
JOIN resource r ON r.id = s.resource
JOIN account_region g ON g.id = r.account_region
CROSS JOIN priced_rule z
WHERE k.date >= :from AND k.date < :to
GROUP BY g.region
ORDER BY cost_nanodollars DESC, g.region
