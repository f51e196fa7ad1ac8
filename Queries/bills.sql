-- The bills that were imported.
-- A row is a payer's billing period and an account in it.
--   format            cur-2.0, cur, focus;  currency  USD or CNY
--   covers_from, covers_until   first and last usage, half-open
--   rows              read from the export;  lines how many of them are for Batch;  task_hours of split cost allocation
--   other_instances   EC2 instances that are not Batch's
--   version           1 for the first import, one more for each that replaced it
SELECT
  b.period AS period,
  b.payer AS payer,
  c.account AS account,
  b.format AS format,
  b.currency AS currency,
  c.start_ms AS covers_from_at_ms,
  c.end_ms AS covers_until_at_ms,
  b.files AS files,
  b.rows AS rows,
  (SELECT COUNT(*) FROM bill_line l WHERE l.bill = b.id AND l.resource <> '') AS lines,
  (SELECT COUNT(*) FROM bill_task t WHERE t.bill = b.id) AS task_hours,
  b.other_instances AS other_instances,
  b.version AS version
FROM bill b
LEFT JOIN bill_coverage c ON c.bill = b.id
ORDER BY b.period, b.payer, c.account NULLS FIRST
