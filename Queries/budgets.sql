-- Budgets of the configuration against the week and the month of the last collection.
-- A row is a budget; the period asked for does not matter. Amounts are NULL where nothing is known of the queue or tag,
-- or the span began before the ledger.
--   kind, name       everything, job-queue, tag (team=ml);  span week (ISO), month
--   budget_usd       what may be spent at most
--   so_far_usd       charged up to the collection;  used of the budget, 0 to 1 and beyond
--   expected_usd     at the end of the span;  low_usd, high_usd its 80 % interval;  over_usd above the budget, else NULL
--   state            over: spent already; expected-over; may-go-over: the interval reaches above it; holds; unknown
--   budgets          number of rows;  at_risk of them over or expected to be
WITH state AS (
  SELECT b.kind AS kind, b.name AS name, b.span AS span, b.allowed AS allowed, f.so_far AS so_far,
    f.expected AS expected, f.low AS low, f.high AS high,
    CASE
      WHEN f.so_far IS NULL THEN 'unknown'
      WHEN f.so_far > b.allowed THEN 'over'
      WHEN f.expected > b.allowed THEN 'expected-over'
      WHEN f.high > b.allowed THEN 'may-go-over'
      ELSE 'holds'
    END AS state
  FROM budget b
  LEFT JOIN forecast f ON f.kind = b.kind AND f.name = b.name AND f.span = b.span
)
SELECT
  s.kind AS kind,
  s.name AS name,
  s.span AS span,
  s.allowed AS budget_nanodollars,
  s.so_far AS so_far_nanodollars,
  s.so_far * 1.0 / NULLIF(s.allowed, 0) AS used,
  s.expected AS expected_nanodollars,
  s.low AS low_nanodollars,
  s.high AS high_nanodollars,
  CASE WHEN s.expected > s.allowed THEN s.expected - s.allowed END AS over_nanodollars,
  s.state AS state,
  COUNT(*) OVER () AS budgets,
  SUM(CASE WHEN s.state IN ('over', 'expected-over') THEN 1 ELSE 0 END) OVER () AS at_risk
FROM state s
ORDER BY CASE s.state WHEN 'over' THEN 0 WHEN 'expected-over' THEN 1 WHEN 'may-go-over' THEN 2 ELSE 3 END,
  s.expected - s.allowed DESC, s.kind, s.name, s.span
