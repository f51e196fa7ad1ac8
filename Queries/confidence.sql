-- What the cost of the period rests on.
-- A row is a source of prices.
--   price_source   spot-history, price-list, bill, bundled, manual
--   cost_usd       cost that rests on it;  share of all cost, 0 to 1
SELECT
  s.name AS price_source,
  SUM(d.cost) AS cost_nanodollars,
  SUM(d.cost) * 1.0 / SUM(SUM(d.cost)) OVER () AS share
FROM daily_cost d
JOIN calendar k ON k.day = d.day
JOIN price_source s ON s.id = d.price_source
WHERE k.date >= :from AND k.date < :to AND d.cost IS NOT NULL
GROUP BY s.id, s.name
ORDER BY cost_nanodollars DESC
