-- Every dollar of the period once, by the account that bears it.
-- A row is an account of the ledger; the columns are purchase options (Fargate with Fargate Spot, SageMaker with
-- Managed Spot; committed: savings plans, reservations and Capacity Blocks; unknown: billed, but no source says how it was
-- bought) and add up to cost_usd: 0 if there was none, NULL if it has no price.
--   account      attempt, startup, unused.boot, unused.packing, unused.gap, unused.tail, unused.idle, unused.reserved
--   share        share of all cost, 0 to 1
SELECT
  a.name AS account,
  COALESCE(NULLIF(SUM(CASE WHEN o.name = 'on-demand' THEN d.cost END), 0),
    CASE WHEN COUNT(CASE WHEN o.name = 'on-demand' AND d.cost IS NULL THEN 1 END) = 0
      THEN 0 END) AS on_demand_nanodollars,
  COALESCE(NULLIF(SUM(CASE WHEN o.name = 'spot' THEN d.cost END), 0),
    CASE WHEN COUNT(CASE WHEN o.name = 'spot' AND d.cost IS NULL THEN 1 END) = 0 THEN 0 END) AS spot_nanodollars,
  COALESCE(NULLIF(SUM(CASE WHEN o.name IN ('fargate', 'fargate-spot') THEN d.cost END), 0),
    CASE WHEN COUNT(CASE WHEN o.name IN ('fargate', 'fargate-spot') AND d.cost IS NULL THEN 1 END) = 0
      THEN 0 END) AS fargate_nanodollars,
  COALESCE(NULLIF(SUM(CASE WHEN o.name IN ('sagemaker', 'sagemaker-spot') THEN d.cost END), 0),
    CASE WHEN COUNT(CASE WHEN o.name IN ('sagemaker', 'sagemaker-spot') AND d.cost IS NULL THEN 1 END) = 0
      THEN 0 END) AS sagemaker_nanodollars,
  COALESCE(NULLIF(SUM(CASE WHEN o.name IN ('savings-plan', 'reserved', 'capacity-block', 'interruptible-reservation')
    THEN d.cost END), 0),
    CASE WHEN COUNT(CASE WHEN o.name IN ('savings-plan', 'reserved', 'capacity-block', 'interruptible-reservation')
      AND d.cost IS NULL THEN 1 END) = 0 THEN 0 END) AS committed_nanodollars,
  COALESCE(NULLIF(SUM(CASE WHEN o.name = 'unknown' THEN d.cost END), 0),
    CASE WHEN COUNT(CASE WHEN o.name = 'unknown' AND d.cost IS NULL THEN 1 END) = 0
      THEN 0 END) AS unknown_nanodollars,
  SUM(d.cost) AS cost_nanodollars,
  SUM(d.cost) * 1e0 / SUM(SUM(d.cost)) OVER () AS share
FROM daily_cost d
JOIN calendar k ON k.day = d.day
JOIN ledger_account a ON a.id = d.account
JOIN purchase_option o ON o.id = d.purchase_option
WHERE k.date >= :from AND k.date < :to
GROUP BY a.id, a.name
ORDER BY a.id
