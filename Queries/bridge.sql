-- Why seven days cost more or less than the seven before.
-- A row is a step that changed the cost, in order: from the cost of the seven days before to the cost of these, to the
-- nanodollar. No rows if the period is not seven days, if the ledger does not hold all fourteen days to their end, if
-- either seven cannot be compared, as in the query headline, or if nothing changed by a cent.
--   factor               volume, size, price, purchase option, mix, unused, retries
--   now, before          the figure behind it, in these days and in those before; NULL if there is none. volume: jobs;
--                        size: vCPU-hours per job; price: cost of the days before at these days' rates, and at their own, USD;
--                        purchase option: share of vCPU-hours that ran On-Demand; mix: USD per vCPU-hour of work,
--                        and what it would be by the steps before; unused, retries: USD per dollar of work
--   from_usd, to_usd     running totals: the first from_usd is the cost of the days before, the last to_usd that of these
--   change_usd           to − from
-- Each step holds the later factors at the level of the days before (see the measure The bridge).
SELECT
  b.factor AS factor,
  b.now AS now,
  b.before AS before,
  b.from_cost AS from_nanodollars,
  b.to_cost AS to_nanodollars,
  b.to_cost - b.from_cost AS change_nanodollars
FROM bridge b
JOIN calendar k ON k.day = b.first_day
WHERE k.date = :from AND (SELECT COUNT(*) FROM calendar c WHERE c.date >= :from AND c.date < :to) = 7
  AND b.to_cost <> b.from_cost
  AND EXISTS (
    SELECT 1 FROM bridge x WHERE x.first_day = b.first_day AND ABS(x.to_cost - x.from_cost) >= 5000000)
ORDER BY b.place
