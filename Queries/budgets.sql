-- Budgets of the configuration: the cost of the last whole ISO week of the period, and the expected cost of the week and the
-- month of the last collection.
-- A row is a budget. Amounts are NULL if there is no data on the queue or tag, or the span began before the ledger.
--   kind, name       everything, job-queue, tag (team=ml);  span week (ISO), month
--   budget_usd       the most that may be spent
--   week             the last whole week of the period, 2026-W44;  week_usd its cost, for weekly budgets
--   so_far_usd       cost of the week or month of collection, up to then;  used its share of the budget, 0 to 1 and beyond
--   expected_usd     at the end of the span;  low_usd, high_usd its 80 % interval;  over_usd above the budget, else NULL
--   state            over: already spent; expected-over; may-go-over: the interval reaches above the budget; holds; unknown
--   week_token       negative if the week went over, else ink
--   budgets          number of rows;  at_risk those over or expected to be;  weekly those with week_usd, and
--                    broken those whose week went over
WITH whole AS (
  SELECT MAX(week) AS week FROM (
    SELECT week AS week FROM calendar WHERE date >= :from AND date < :to AND until IS NULL
    GROUP BY week HAVING COUNT(*) = 7
  ) w
),
cost AS (
  SELECT d.job_queue AS job_queue, d.tag_set AS tag_set, SUM(d.cost) AS cost
  FROM daily_cost d
  JOIN calendar k ON k.day = d.day
  JOIN whole w ON w.week = k.week
  GROUP BY d.job_queue, d.tag_set
),
spent AS (
  SELECT 'everything' AS kind, '' AS name, SUM(cost) AS cost FROM cost
  UNION ALL
  SELECT 'job-queue', q.name, SUM(c.cost) FROM cost c JOIN named_queue q ON q.id = c.job_queue GROUP BY q.name
  UNION ALL
  SELECT 'tag', t.name || '=' || t.value, SUM(c.cost) FROM cost c JOIN tag t ON t.tag_set = c.tag_set
  GROUP BY t.name, t.value
),
state AS (
  SELECT b.kind AS kind, b.name AS name, b.span AS span, b.allowed AS allowed, f.so_far AS so_far,
    f.expected AS expected, f.low AS low, f.high AS high, w.week AS week,
    CASE WHEN b.span = 'week' THEN s.cost END AS week_cost,
    CASE
      WHEN f.so_far IS NULL THEN 'unknown'
      WHEN f.so_far > b.allowed THEN 'over'
      WHEN f.expected > b.allowed THEN 'expected-over'
      WHEN f.high > b.allowed THEN 'may-go-over'
      ELSE 'holds'
    END AS state
  FROM budget b
  CROSS JOIN whole w
  LEFT JOIN forecast f ON f.kind = b.kind AND f.name = b.name AND f.span = b.span
  LEFT JOIN spent s ON s.kind = b.kind AND s.name = b.name
)
SELECT
  s.kind AS kind,
  s.name AS name,
  s.span AS span,
  s.allowed AS budget_nanodollars,
  s.week AS week,
  s.week_cost AS week_nanodollars,
  CASE WHEN s.week_cost > s.allowed THEN 'negative' ELSE 'ink' END AS week_token,
  s.so_far AS so_far_nanodollars,
  s.so_far * 1e0 / NULLIF(s.allowed, 0) AS used,
  s.expected AS expected_nanodollars,
  s.low AS low_nanodollars,
  s.high AS high_nanodollars,
  CASE WHEN s.expected > s.allowed THEN s.expected - s.allowed END AS over_nanodollars,
  s.state AS state,
  COUNT(*) OVER () AS budgets,
  SUM(CASE WHEN s.state IN ('over', 'expected-over') THEN 1 ELSE 0 END) OVER () AS at_risk,
  COUNT(s.week_cost) OVER () AS weekly,
  SUM(CASE WHEN s.week_cost > s.allowed THEN 1 ELSE 0 END) OVER () AS broken
FROM state s
ORDER BY CASE WHEN s.week_cost > s.allowed THEN 0 ELSE 1 END,
  CASE s.state WHEN 'over' THEN 0 WHEN 'expected-over' THEN 1 WHEN 'may-go-over' THEN 2 ELSE 3 END,
  s.expected - s.allowed DESC, s.kind, s.name, s.span
