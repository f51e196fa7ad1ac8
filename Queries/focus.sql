-- The ledger's postings with what FOCUS needs for each; `batchcost export` writes them.
-- A row is a posting: a resource, a day, and a job attempt or a kind of unused capacity. Unpriced postings are left out.
--   billing_account    the payer of the account's bill, else the account
--   effective_cost_usd the posting's cost
--   list_cost_usd      at public On-Demand prices; NULL unless all time of its resource has both prices, as in the query
--                      totals: the rows add up to its on_demand_usd, and the costs of rows with NULL to its left_out_usd
--   charge_usd         what the resource cost on the day under this purchase option and price source: the charge that is allocated
--   charge_end_usd     the running sum of its rows up to this one
--   commitment         the plan or reservation that covers it
--   vcpu_ms            reserved, or free in rows for unused, in thousandths of a vCPU × milliseconds
WITH payer AS (
  SELECT c.account AS account, MAX(b.payer) AS payer
  FROM bill_coverage c JOIN bill b ON b.id = c.bill
  GROUP BY c.account
),
covered AS (
  SELECT l.resource AS name, CAST((l.start_ms - l.start_ms % 86400000) / 86400000 AS BIGINT) AS day,
    MAX(l.commitment) AS commitment
  FROM bill_line l
  JOIN bill_charge c ON c.id = l.charge
  JOIN bill_kind k ON k.id = l.kind
  WHERE c.name IN ('SavingsPlanCoveredUsage', 'DiscountedUsage') AND k.name IN ('instance', 'fargate')
    AND l.commitment IS NOT NULL
  GROUP BY l.resource, CAST((l.start_ms - l.start_ms % 86400000) / 86400000 AS BIGINT)
)
SELECT
  k.date AS day,
  p.day AS day_number,
  COALESCE(NULLIF(y.payer, ''), NULLIF(g.account, ''), 'unknown') AS billing_account,
  COALESCE(NULLIF(g.account, ''), 'unknown') AS account,
  g.region AS region,
  r.zone AS zone,
  r.kind AS resource_kind,
  r.name AS resource,
  r.instance_type AS instance_type,
  o.name AS purchase_option,
  s.name AS price_source,
  a.name AS ledger_account,
  a.kind AS account_kind,
  p.cost AS effective_cost_nanodollars,
  CASE WHEN r.unpriced_ms = 0 THEN p.on_demand END AS list_cost_nanodollars,
  SUM(p.cost) OVER (PARTITION BY r.id, p.day, p.purchase_option, p.price_source) AS charge_nanodollars,
  SUM(p.cost) OVER (
    PARTITION BY r.id, p.day, p.purchase_option, p.price_source ORDER BY p.id ROWS UNBOUNDED PRECEDING
  ) AS charge_end_nanodollars,
  v.commitment AS commitment,
  p.milli_vcpu_ms AS vcpu_ms,
  e.name AS compute_environment,
  j.job_id AS job_id,
  j.name AS job_name,
  t.ordinal AS attempt,
  q.name AS job_queue,
  d.name AS job_definition,
  d.revision AS job_definition_revision,
  x.tags AS tags
FROM resource_posting p
JOIN calendar k ON k.day = p.day
JOIN resource r ON r.id = p.resource
JOIN account_region g ON g.id = r.account_region
JOIN purchase_option o ON o.id = p.purchase_option
JOIN price_source s ON s.id = p.price_source
JOIN ledger_account a ON a.id = p.account
LEFT JOIN payer y ON y.account = g.account
LEFT JOIN covered v ON v.name = r.name AND v.day = p.day
LEFT JOIN compute_environment e ON e.id = r.compute_environment
LEFT JOIN attempt t ON t.id = p.attempt
LEFT JOIN job j ON j.id = t.job
LEFT JOIN job_parent m ON m.id = t.parent
LEFT JOIN job_queue q ON q.id = t.job_queue
LEFT JOIN job_definition d ON d.id = t.job_definition
LEFT JOIN tag_set x ON x.id = COALESCE(m.tag_set, t.tag_set)
WHERE k.date >= :from AND k.date < :to AND p.cost IS NOT NULL
ORDER BY p.id
