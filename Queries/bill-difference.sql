-- Why the bill differs from the ledger, with a name for every dollar.
-- A row is a line on the way from the ledger to the invoice: the ledger's estimate for the billed days, then the differences by
-- cause, then the bill's effective cost of Batch, then what else the invoice has. No rows without a bill.
--   what              the line
--   instances         instances and tasks it is about, in a total those that the ledger or the bill names; NULL if it is
--                     not about instances, such as hours of a capacity reservation or Capacity Block in which none ran
--   cost_usd          amount; the lines between two totals add up to the second
--   is_total          1: a total
--   share             share of the bill's effective cost of Batch
--   is_explained      0: a difference without a known cause
--   absolute_usd      the same with every resource's day counted as positive, so that nothing cancels out
WITH period AS (
  SELECT MIN(day) AS first_day, MAX(day) + 1 AS end_day FROM bill_day WHERE date >= :from AND date < :to
),
-- Fees and taxes have only a month: those before or after all billed days belong to the first or the last of them.
dated AS (
  SELECT
    CASE WHEN first_day = (SELECT MIN(day) FROM bill_day) THEN 0 ELSE first_day END AS first_day,
    CASE WHEN end_day > (SELECT MAX(day) FROM bill_day) THEN 100000 ELSE end_day END AS end_day
  FROM period
),
compared AS (
  SELECT CASE WHEN SUBSTR(r.name, 1, 3) IN ('cr-', 'cb-') OR r.name = 'Rounding' THEN NULL ELSE r.name END AS name,
    r.ledger AS ledger, r.billed AS billed, r.held AS held
  FROM reconciliation r JOIN period p ON r.day >= p.first_day AND r.day < p.end_day
),
names AS (
  SELECT DISTINCT name FROM reconciliation
),
differences AS (
  SELECT k.id AS kind, k.name AS what, k.explained AS is_explained,
    NULLIF(COUNT(DISTINCT CASE WHEN SUBSTR(d.name, 1, 3) IN ('cr-', 'cb-') THEN NULL ELSE d.name END), 0) AS instances,
    SUM(d.amount) AS amount, SUM(ABS(d.amount)) AS absolute
  FROM bill_difference d
  JOIN period p ON d.day >= p.first_day AND d.day < p.end_day
  JOIN difference_kind k ON k.id = d.kind
  GROUP BY k.id, k.name, k.explained
),
lines AS (
  SELECT c.name AS charge, k.name AS kind, l.resource AS resource,
    CASE WHEN n.name IS NOT NULL OR k.name IN ('ebs', 'ipv4') AND l.resource <> '' THEN 1 ELSE 0 END AS is_compared,
    CASE
      WHEN c.name IN ('Usage', 'SavingsPlanCoveredUsage', 'DiscountedUsage')
        AND k.name IN ('instance', 'fargate', 'ebs', 'ipv4', 'capacity-reservation') THEN 1
      WHEN c.name = 'Fee' AND k.name = 'capacity-reservation' THEN 1
      ELSE 0
    END AS is_usage,
    l.invoiced AS invoiced, l.invoiced_rest AS invoiced_rest, l.effective AS effective,
    l.effective_rest AS effective_rest
  FROM bill_line l
  JOIN dated p ON l.start_ms >= p.first_day * 86400000 AND l.start_ms < p.end_day * 86400000
  JOIN bill_charge c ON c.id = l.charge
  JOIN bill_kind k ON k.id = l.kind
  LEFT JOIN names n ON n.name = l.resource
),
beside AS (
  SELECT
    CASE
      WHEN charge = 'SavingsPlanNegation' THEN 'negation'
      WHEN charge = 'Fee' AND kind = 'capacity-reservation' AND is_compared = 1 THEN 'covered'
      WHEN charge = 'Fee' AND kind = 'capacity-reservation' THEN 'block-fee'
      WHEN charge = 'Fee' THEN 'fee'
      WHEN charge = 'Credit' THEN 'credit'
      WHEN charge = 'Refund' THEN 'refund'
      WHEN charge = 'Tax' THEN 'tax'
      WHEN charge = 'Discount' THEN 'discount'
      WHEN kind IN ('instance', 'fargate', 'ebs', 'ipv4', 'capacity-reservation') AND is_compared = 1 THEN 'covered'
      WHEN kind IN ('fargate', 'account', 'training-job') THEN 'other'
      ELSE kind
    END AS line,
    CASE WHEN is_compared = 1 AND is_usage = 1 THEN invoiced - effective ELSE invoiced END AS amount,
    CASE WHEN is_compared = 1 AND is_usage = 1 THEN invoiced_rest - effective_rest ELSE invoiced_rest END AS rest
  FROM lines
),
-- In the order in which they are shown.
names_of_lines AS (
  SELECT 101 AS position, 'covered' AS line, 'Covered usage: as invoiced, less its effective cost' AS what UNION ALL
  SELECT 102, 'negation', 'Savings Plans: covered usage taken back' UNION ALL
  SELECT 103, 'fee', 'Savings Plans and reservations: fees' UNION ALL
  SELECT 104, 'credit', 'Credits' UNION ALL
  SELECT 105, 'refund', 'Refunds' UNION ALL
  SELECT 106, 'tax', 'Tax' UNION ALL
  SELECT 107, 'discount', 'Discounts' UNION ALL
  SELECT 108, 'instance', 'Instances that are not Batch''s' UNION ALL
  SELECT 109, 'cpu-credits', 'CPU credits' UNION ALL
  SELECT 110, 'ebs-optimized', 'EBS-optimized surcharge' UNION ALL
  SELECT 111, 'data-transfer', 'Data transfer' UNION ALL
  SELECT 112, 'capacity-reservation', 'Capacity reservations not used' UNION ALL
  SELECT 113, 'ebs', 'EBS volumes that nobody collected' UNION ALL
  SELECT 114, 'ipv4', 'Public IPv4 addresses that nobody collected' UNION ALL
  SELECT 115, 'other', 'Other lines of EC2 and ECS' UNION ALL
  SELECT 116, 'block-fee', 'Capacity Blocks: fees of those in which nothing of Batch ran'
),
beside_lines AS (
  SELECT n.position AS position, n.line AS line, n.what AS what,
    SUM(b.amount) + CAST(ROUND(SUM(b.rest) / 1000000000e0) AS BIGINT) AS amount
  FROM beside b JOIN names_of_lines n ON n.line = b.line
  GROUP BY n.position, n.line, n.what
),
others AS (
  SELECT SUM(other_instances) AS instances FROM bill
),
totals AS (
  SELECT COUNT(*) AS lines, COUNT(DISTINCT name) AS instances,
    COUNT(DISTINCT CASE WHEN held > 0 OR billed <> 0 THEN name END) AS in_bill, SUM(ledger) AS ledger, SUM(billed) AS billed
  FROM compared
),
statement AS (
  SELECT 0 AS position, 'Ledger, as estimated' AS what, instances, ledger AS amount, 1 AS is_total, 1 AS is_explained,
    ledger AS absolute
  FROM totals WHERE lines > 0
  UNION ALL
  SELECT kind, what, instances, amount, 0, is_explained, absolute FROM differences
  UNION ALL
  SELECT 100, 'Bill, effective cost of Batch', in_bill, billed, 1, 1, billed FROM totals WHERE lines > 0
  UNION ALL
  SELECT b.position, b.what, CASE WHEN b.line = 'instance' THEN o.instances END, b.amount, 0, 1, ABS(b.amount)
  FROM beside_lines b CROSS JOIN others o
  WHERE b.amount <> 0
  UNION ALL
  SELECT 200, 'Bill, as invoiced for EC2, ECS and Savings Plans', NULL,
    t.billed + (SELECT COALESCE(SUM(b.amount), 0) FROM beside_lines b), 1, 1, NULL
  FROM totals t WHERE t.lines > 0
)
SELECT
  s.what AS what,
  s.instances AS instances,
  s.amount AS cost_nanodollars,
  s.is_total AS is_total,
  s.amount * 1e0 / NULLIF(t.billed, 0) AS share,
  s.is_explained AS is_explained,
  s.absolute AS absolute_nanodollars
FROM statement s CROSS JOIN totals t
ORDER BY s.position
