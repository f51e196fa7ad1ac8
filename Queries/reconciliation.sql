-- The ledger compared with the bill, day by day.
-- A row is a day and an instance, a Fargate task, or what is compared as a whole (EBS volumes), within the billed time.
--   ledger_usd        the ledger's estimate;  billed_usd the bill's effective cost;  difference_usd billed less estimated
--   seconds           billed seconds less those of the ledger
--   why               the cause of the largest part of the difference
--   explained_usd     the part with a known cause;  unexplained_usd the rest
WITH parts AS (
  SELECT d.day AS day, d.name AS name, k.name AS why, k.explained AS explained, d.amount AS amount,
    ROW_NUMBER() OVER (PARTITION BY d.day, d.name ORDER BY ABS(d.amount) DESC, d.kind) AS position
  FROM bill_difference d
  JOIN difference_kind k ON k.id = d.kind
),
summed AS (
  SELECT day, name,
    SUM(CASE WHEN explained = 1 THEN amount ELSE 0 END) AS explained,
    SUM(CASE WHEN explained = 0 THEN amount ELSE 0 END) AS unexplained,
    MAX(CASE WHEN position = 1 THEN why END) AS why
  FROM parts
  GROUP BY day, name
)
SELECT
  k.date AS day,
  r.name AS resource,
  r.ledger AS ledger_nanodollars,
  r.billed AS billed_nanodollars,
  r.billed - r.ledger AS difference_nanodollars,
  r.seconds AS seconds,
  s.why AS why,
  COALESCE(s.explained, 0) AS explained_nanodollars,
  COALESCE(s.unexplained, 0) AS unexplained_nanodollars
FROM reconciliation r
JOIN bill_day k ON k.day = r.day
LEFT JOIN summed s ON s.day = r.day AND s.name = r.name
WHERE k.date >= :from AND k.date < :to
ORDER BY k.date, ABS(r.billed - r.ledger) DESC, r.name
