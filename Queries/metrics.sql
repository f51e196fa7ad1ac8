-- Cost by queue, environment, purchase option and kind, for monitoring; `batchcost export --format prometheus` writes it.
-- A row is a job queue, a compute environment, a purchase option and a kind of cost with billed time.
--   job_queue            NULL for unused cost, which has no queue
--   compute_environment  NULL if no source names it
--   kind                 attempt, startup or unused.boot, .packing, .gap, .tail, .idle
--   cost_usd             NULL if nothing of it has a price
--   on_demand_usd        the same at On-Demand rates, for postings with a price and an On-Demand price
--   seconds              billed, divided like the cost;  unpriced_seconds, those without a price
SELECT
  q.name AS job_queue,
  e.name AS compute_environment,
  o.name AS purchase_option,
  a.name AS kind,
  SUM(d.cost) AS cost_nanodollars,
  SUM(CASE WHEN d.cost IS NOT NULL THEN d.on_demand END) AS on_demand_nanodollars,
  SUM(d.ms) / 1000e0 AS seconds,
  SUM(d.unpriced_ms) / 1000e0 AS unpriced_seconds
FROM daily_cost d
JOIN calendar k ON k.day = d.day
JOIN ledger_account a ON a.id = d.account
JOIN purchase_option o ON o.id = d.purchase_option
LEFT JOIN named_queue q ON q.id = d.job_queue
LEFT JOIN named_environment e ON e.id = d.compute_environment
WHERE k.date >= :from AND k.date < :to
GROUP BY q.name, e.name, o.name, a.name
ORDER BY cost_nanodollars DESC, q.name NULLS FIRST, e.name NULLS FIRST, o.name, a.name
