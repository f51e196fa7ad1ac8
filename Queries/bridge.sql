-- Why seven days cost more or less than the seven before.
-- A row is a step, in order: from what the days before cost to what these did, to the nanodollar. Without rows where the
-- period is not seven days, or where the fourteen days are not all within the ledger and over.
--   step, evidence       what changed, and the figure behind it
--   from_usd, to_usd     running totals: the first from is the cost of the days before, the last to that of these
--   change_usd           to − from
--   factor               volume, size, price, purchase option, mix, unused, retries
-- Each step holds the later factors at the level of the days before (method page, §5).
SELECT
  b.step AS step,
  b.evidence AS evidence,
  b.from_cost AS from_nanodollars,
  b.to_cost AS to_nanodollars,
  b.to_cost - b.from_cost AS change_nanodollars,
  b.factor AS factor
FROM bridge b
JOIN calendar k ON k.day = b.first_day
WHERE k.date = :from AND (SELECT COUNT(*) FROM calendar c WHERE c.date >= :from AND c.date < :to) = 7
ORDER BY b.place
