-- Why the bill is not the ledger, every dollar by name.
-- A row is a line of the way from the ledger to the invoice: first the ledger's estimate for the billed days, then what
-- differs, by cause, to the bill's effective cost of Batch; then what the invoice has beside it. No rows without a bill.
--   what              the line
--   instances         instances and tasks that it concerns; NULL where it is no matter of instances
--   cost_usd          amount; lines between two totals add up to the second
--   is_total          1 for a total
--   share             of the bill's effective cost of Batch
--   is_explained      0 for what has no name
--   absolute_usd      the same with every resource's day counted as positive; what cancels out is not hidden
WITH period AS (
  SELECT MIN(day) AS first_day, MAX(day) + 1 AS end_day FROM bill_day WHERE date >= :from AND date < :to
),
-- Fees and taxes are dated by the month: those before and after all billed days belong to the first and the last.
dated AS (
  SELECT
    CASE WHEN first_day = (SELECT MIN(day) FROM bill_day) THEN 0 ELSE first_day END AS first_day,
    CASE WHEN end_day > (SELECT MAX(day) FROM bill_day) THEN 100000 ELSE end_day END AS end_day
  FROM period
),
compared AS (
  SELECT r.name AS name, r.ledger AS ledger, r.billed AS billed
  FROM reconciliation r JOIN period p ON r.day >= p.first_day AND r.day < p.end_day
),
names AS (
  SELECT DISTINCT name FROM reconciliation
),
differences AS (
  SELECT k.id AS kind, k.name AS what, k.explained AS is_explained, COUNT(DISTINCT d.name) AS instances,
    SUM(d.amount) AS amount, SUM(ABS(d.amount)) AS absolute
  FROM bill_difference d
  JOIN period p ON d.day >= p.first_day AND d.day < p.end_day
  JOIN difference_kind k ON k.id = d.kind
  GROUP BY k.id, k.name, k.explained
),
lines AS (
  SELECT l.charge AS charge, l.kind AS kind, l.resource AS resource,
    CASE WHEN n.name IS NOT NULL OR l.kind IN (2, 3) AND l.resource <> '' THEN 1 ELSE 0 END AS is_compared,
    l.invoiced AS invoiced, l.invoiced_rest AS invoiced_rest, l.effective AS effective,
    l.effective_rest AS effective_rest
  FROM bill_line l
  JOIN dated p ON l.start_ms >= p.first_day * 86400000 AND l.start_ms < p.end_day * 86400000
  LEFT JOIN names n ON n.name = l.resource
),
beside AS (
  SELECT
    CASE
      WHEN charge = 3 THEN 102
      WHEN charge = 4 AND kind = 7 AND is_compared = 1 THEN 101
      WHEN charge = 4 AND kind = 7 THEN 116
      WHEN charge = 4 THEN 103
      WHEN charge = 5 THEN 104
      WHEN charge = 6 THEN 105
      WHEN charge = 7 THEN 106
      WHEN charge = 8 THEN 107
      WHEN is_compared = 1 AND kind <= 3 THEN 101
      WHEN kind = 0 THEN 108
      WHEN kind = 4 THEN 109
      WHEN kind = 5 THEN 110
      WHEN kind = 6 THEN 111
      WHEN kind = 7 THEN 112
      WHEN kind = 2 THEN 113
      WHEN kind = 3 THEN 114
      ELSE 115
    END AS kind,
    CASE WHEN is_compared = 1 AND (charge <= 2 AND kind <= 3 OR charge = 4 AND kind = 7) THEN invoiced - effective
      ELSE invoiced END AS amount,
    CASE WHEN is_compared = 1 AND (charge <= 2 AND kind <= 3 OR charge = 4 AND kind = 7)
      THEN invoiced_rest - effective_rest ELSE invoiced_rest END AS rest
  FROM lines
),
beside_lines AS (
  SELECT
    kind,
    CASE kind
      WHEN 101 THEN 'Covered usage: as invoiced, less its effective cost'
      WHEN 102 THEN 'Savings Plans: covered usage taken back'
      WHEN 103 THEN 'Savings Plans and reservations: fees'
      WHEN 104 THEN 'Credits'
      WHEN 105 THEN 'Refunds'
      WHEN 106 THEN 'Tax'
      WHEN 107 THEN 'Discounts'
      WHEN 108 THEN 'Instances that are not Batch''s'
      WHEN 109 THEN 'CPU credits'
      WHEN 110 THEN 'EBS-optimized surcharge'
      WHEN 111 THEN 'Data transfer'
      WHEN 112 THEN 'Capacity reservations not used'
      WHEN 113 THEN 'EBS volumes that nobody collected'
      WHEN 116 THEN 'Capacity Blocks: fees of those in which nothing of Batch ran'
      WHEN 114 THEN 'Public IPv4 addresses that nobody collected'
      ELSE 'Other lines of EC2 and ECS'
    END AS what,
    SUM(amount) + CAST(ROUND(SUM(rest) / 1000000000e0) AS BIGINT) AS amount
  FROM beside
  GROUP BY kind
),
others AS (
  SELECT SUM(other_instances) AS instances FROM bill
),
totals AS (
  SELECT COUNT(*) AS lines, COUNT(DISTINCT name) AS instances, SUM(ledger) AS ledger, SUM(billed) AS billed FROM compared
),
statement AS (
  SELECT 0 AS position, 'Ledger, as estimated' AS what, instances, ledger AS amount, 1 AS is_total, 1 AS is_explained,
    ledger AS absolute
  FROM totals WHERE lines > 0
  UNION ALL
  SELECT kind, what, instances, amount, 0, is_explained, absolute FROM differences
  UNION ALL
  SELECT 100, 'Bill, effective cost of Batch', instances, billed, 1, 1, billed FROM totals WHERE lines > 0
  UNION ALL
  SELECT b.kind, b.what, CASE WHEN b.kind = 108 THEN o.instances END, b.amount, 0, 1, ABS(b.amount)
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
