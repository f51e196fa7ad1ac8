-- Every dollar of the period once, by the account that bears it.
-- A row is an account of the ledger; the columns are purchase options (Fargate with Fargate Spot, SageMaker with
-- Managed Spot; committed: savings plans, reservations and Capacity Blocks; unknown: billed, but no source says how it was
-- bought) and add up to cost_usd: 0 if there was none, NULL if it has no price.
--   account      attempt, startup, unused.boot, unused.packing, unused.gap, unused.tail, unused.idle, unused.reserved
--   share        share of all cost, 0 to 1
SELECT
  d.account_name AS account,
  NULLIF(SUM(d.bought_on_demand), CASE WHEN COUNT(d.bought_on_demand) < COUNT(*) THEN 0 END) AS on_demand_nanodollars,
  NULLIF(SUM(d.bought_spot), CASE WHEN COUNT(d.bought_spot) < COUNT(*) THEN 0 END) AS spot_nanodollars,
  NULLIF(SUM(d.bought_fargate), CASE WHEN COUNT(d.bought_fargate) < COUNT(*) THEN 0 END) AS fargate_nanodollars,
  NULLIF(SUM(d.bought_sagemaker), CASE WHEN COUNT(d.bought_sagemaker) < COUNT(*) THEN 0 END) AS sagemaker_nanodollars,
  NULLIF(SUM(d.bought_committed), CASE WHEN COUNT(d.bought_committed) < COUNT(*) THEN 0 END) AS committed_nanodollars,
  NULLIF(SUM(d.bought_unknown), CASE WHEN COUNT(d.bought_unknown) < COUNT(*) THEN 0 END) AS unknown_nanodollars,
  SUM(d.cost) AS cost_nanodollars,
  SUM(d.cost) * 1e0 / SUM(SUM(d.cost)) OVER () AS share
FROM daily_part d
JOIN calendar k ON k.day = d.day
WHERE k.date >= :from AND k.date < :to
GROUP BY d.account, d.account_name
ORDER BY d.account
