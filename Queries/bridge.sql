-- Why seven days cost more or less than the seven before.
-- A row is a step that changed the cost, in order: from the cost of the seven days before to the cost of these, to the
-- nanodollar. No rows if the period is not seven days, if the ledger does not hold all fourteen days to their end, if
-- either seven cannot be compared, as in the query headline, or if nothing changed by a cent. Steps below half a cent are left
-- out; what they add up to is in the largest step.
--   factor               volume, size, price, purchase option, mix, unused, retries
--   now, before          the figure behind it, in these days and in those before; NULL if there is none. volume: jobs;
--                        size: vCPU-hours per job; price: cost of the days before at these days' rates, and at their own, USD;
--                        purchase option: share of vCPU-hours that ran On-Demand; mix: USD per vCPU-hour of work,
--                        and what it would be by the steps before; unused, retries: USD per dollar of work
--   from_usd, to_usd     running totals: the first from_usd is the cost of the days before, the last to_usd that of these
--   change_usd           to − from
-- Each step holds the later factors at the level of the days before (see the measure The bridge).
WITH step AS (
  SELECT b.place AS place, b.factor AS factor, b.now AS now, b.before AS before, b.to_cost - b.from_cost AS change,
    SUM(CASE WHEN b.place = 1 THEN b.from_cost ELSE 0 END) OVER () AS base,
    ROW_NUMBER() OVER (ORDER BY ABS(b.to_cost - b.from_cost) DESC, b.place) AS rank,
    SUM(CASE WHEN ABS(b.to_cost - b.from_cost) < 5000000 THEN b.to_cost - b.from_cost ELSE 0 END) OVER () AS left_out
  FROM bridge b
  JOIN calendar k ON k.day = b.first_day
  WHERE k.date = :from AND (SELECT COUNT(*) FROM calendar c WHERE c.date >= :from AND c.date < :to) = 7
),
told AS (
  SELECT place AS place, factor AS factor, now AS now, before AS before, base AS base,
    change + CASE WHEN rank = 1 THEN left_out ELSE 0 END AS change
  FROM step
  WHERE ABS(change) >= 5000000
),
summed AS (
  SELECT place AS place, factor AS factor, now AS now, before AS before, change AS change,
    base + SUM(change) OVER (ORDER BY place) AS to_cost
  FROM told
)
SELECT
  s.factor AS factor,
  s.now AS now,
  s.before AS before,
  s.to_cost - s.change AS from_nanodollars,
  s.to_cost AS to_nanodollars,
  s.change AS change_nanodollars
FROM summed s
ORDER BY s.place
