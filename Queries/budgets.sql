-- Budgets of the configuration: the cost of the last whole ISO week of the period, and the expected cost of the week and the
-- month of the last collection.
-- A row is a budget. Amounts are NULL if nothing is known of them; 0 if nothing ran.
--   kind, name       everything, job-queue, tag (team=ml);  span week (ISO), month
--   budget_usd       the most that may be spent
--   week             the last whole week of the period, 2026-W44;  week_usd its cost, for weekly budgets
--   so_far_usd       cost of the week or month of collection, up to then;  used its share of the budget, 0 to 1 and beyond
--   week_is_priced, so_far_is_priced   0: more than 1 % of what ran has no price, so the cost is at least this
--   expected_usd     at the end of the span;  low_usd, high_usd its 80 % interval, NULL of several queues;  over_usd above the budget, else NULL
--   state            over: already spent; expected-over; may-go-over: the interval reaches above the budget; holds; no-forecast;
--                    unknown: nor is known what was spent;  no-such: no job has this queue or tag
--   week_token       negative if the week went over, else ink
--   budgets          number of rows;  at_risk those over or expected to be;  weekly those with a week,
--                    broken those whose week went over, and unknown_weeks those of whose week nobody knows
WITH whole AS (
  SELECT MAX(week) AS week FROM (
    SELECT week AS week FROM calendar WHERE date >= :from AND date < :to AND until IS NULL
    GROUP BY week HAVING COUNT(*) = 7
  ) w
),
now AS (
  SELECT k.week AS week, k.month AS month
  FROM calendar k
  JOIN ledger_setting z ON z.name = 'collected_at_ms'
  WHERE k.day * 86400000 <= CAST(z.value AS BIGINT) AND k.day * 86400000 + 86400000 > CAST(z.value AS BIGINT)
),
span_day AS (
  SELECT 'reported' AS span, k.day AS day FROM calendar k JOIN whole w ON w.week = k.week
  UNION ALL
  SELECT 'week', k.day FROM calendar k JOIN now n ON n.week = k.week
  UNION ALL
  SELECT 'month', k.day FROM calendar k JOIN now n ON n.month = k.month
),
-- What a budget's name may mean: a queue with its account or region, or all queues of the name.
meaning AS (
  SELECT n.name AS shown, n.name AS asked FROM named_queue n
  UNION
  SELECT n.name, q.name FROM named_queue n JOIN job_queue q ON q.id = n.id
),
ran AS (
  SELECT s.span AS span, d.job_queue AS job_queue, d.tag_set AS tag_set, d.cost AS cost, d.ms AS ms,
    d.unpriced_ms AS unpriced_ms
  FROM daily_cost d JOIN span_day s ON s.day = d.day
  UNION ALL
  SELECT s.span, a.job_queue, CASE WHEN a.parent IS NULL THEN a.tag_set ELSE p.tag_set END, NULL, 0, 0
  FROM unplaced u
  JOIN span_day s ON s.day = u.day
  JOIN attempt a ON a.id = u.attempt
  LEFT JOIN job_parent p ON p.id = a.parent
),
cost AS (
  SELECT r.span AS span, r.job_queue AS job_queue, r.tag_set AS tag_set, SUM(r.cost) AS cost, SUM(r.ms) AS ms,
    SUM(r.unpriced_ms) AS unpriced_ms
  FROM ran r
  GROUP BY r.span, r.job_queue, r.tag_set
),
named AS (
  SELECT c.span AS span, 'everything' AS kind, '' AS name, SUM(c.cost) AS cost, SUM(c.ms) AS ms,
    SUM(c.unpriced_ms) AS unpriced_ms
  FROM cost c
  GROUP BY c.span
  UNION ALL
  SELECT c.span, 'job-queue', m.asked, SUM(c.cost), SUM(c.ms), SUM(c.unpriced_ms)
  FROM cost c
  JOIN named_queue q ON q.id = c.job_queue
  JOIN meaning m ON m.shown = q.name
  GROUP BY c.span, m.asked
  UNION ALL
  SELECT c.span, 'tag', t.name || '=' || t.value, SUM(c.cost), SUM(c.ms), SUM(c.unpriced_ms)
  FROM cost c JOIN tag t ON t.tag_set = c.tag_set
  GROUP BY c.span, t.name, t.value
),
spent AS (
  SELECT n.span AS span, n.kind AS kind, n.name AS name, n.cost AS cost,
    CASE WHEN n.cost IS NULL OR n.unpriced_ms * r.parts > n.ms THEN 0 ELSE 1 END AS is_priced
  FROM named n CROSS JOIN priced_rule r
),
known AS (
  SELECT 'everything' AS kind, '' AS name
  UNION
  SELECT 'job-queue', m.asked FROM meaning m
  UNION
  SELECT 'tag', t.name || '=' || t.value FROM tag t
),
ahead AS (
  SELECT f.kind AS kind, COALESCE(m.asked, f.name) AS name, f.span AS span, SUM(f.expected) AS expected,
    CASE WHEN COUNT(*) = 1 THEN MAX(f.low) END AS low, CASE WHEN COUNT(*) = 1 THEN MAX(f.high) END AS high
  FROM forecast f
  LEFT JOIN meaning m ON f.kind = 'job-queue' AND m.shown = f.name
  GROUP BY f.kind, COALESCE(m.asked, f.name), f.span
),
amount AS (
  SELECT b.kind AS kind, b.name AS name, b.span AS span, b.allowed AS allowed,
    CASE WHEN x.kind IS NULL THEN 0 ELSE 1 END AS is_known,
    w.week AS week,
    CASE WHEN b.span = 'week' AND w.week IS NOT NULL AND x.kind IS NOT NULL
      THEN CASE WHEN r.kind IS NULL THEN 0 ELSE r.cost END END AS week_cost,
    COALESCE(r.is_priced, 1) AS week_is_priced,
    CASE WHEN x.kind IS NOT NULL THEN CASE WHEN c.kind IS NULL THEN 0 ELSE c.cost END END AS so_far,
    COALESCE(c.is_priced, 1) AS so_far_is_priced
  FROM budget b
  CROSS JOIN whole w
  LEFT JOIN known x ON x.kind = b.kind AND x.name = b.name
  LEFT JOIN spent r ON r.kind = b.kind AND r.name = b.name AND r.span = 'reported'
  LEFT JOIN spent c ON c.kind = b.kind AND c.name = b.name AND c.span = b.span
),
state AS (
  SELECT a.kind AS kind, a.name AS name, a.span AS span, a.allowed AS allowed, a.so_far AS so_far,
    a.so_far_is_priced AS so_far_is_priced, f.expected AS expected, f.low AS low, f.high AS high, a.week AS week,
    a.week_cost AS week_cost, a.week_is_priced AS week_is_priced,
    CASE WHEN a.span = 'week' AND a.week IS NOT NULL AND a.is_known = 1 THEN 1 ELSE 0 END AS is_weekly,
    CASE
      WHEN a.is_known = 0 THEN 'no-such'
      WHEN a.so_far > a.allowed THEN 'over'
      WHEN f.expected > a.allowed THEN 'expected-over'
      WHEN f.high > a.allowed THEN 'may-go-over'
      WHEN f.expected IS NOT NULL THEN 'holds'
      WHEN a.so_far_is_priced = 0 THEN 'unknown'
      ELSE 'no-forecast'
    END AS state
  FROM amount a
  LEFT JOIN ahead f ON f.kind = a.kind AND f.name = a.name AND f.span = a.span
)
SELECT
  s.kind AS kind,
  s.name AS name,
  s.span AS span,
  s.allowed AS budget_nanodollars,
  s.week AS week,
  s.week_cost AS week_nanodollars,
  CASE WHEN s.is_weekly = 1 THEN s.week_is_priced END AS week_is_priced,
  CASE WHEN s.week_cost > s.allowed THEN 'negative' ELSE 'ink' END AS week_token,
  s.so_far AS so_far_nanodollars,
  s.so_far_is_priced AS so_far_is_priced,
  s.so_far * 1e0 / NULLIF(s.allowed, 0) AS used,
  s.expected AS expected_nanodollars,
  s.low AS low_nanodollars,
  s.high AS high_nanodollars,
  CASE WHEN s.expected > s.allowed THEN s.expected - s.allowed END AS over_nanodollars,
  s.state AS state,
  COUNT(*) OVER () AS budgets,
  SUM(CASE WHEN s.state IN ('over', 'expected-over') THEN 1 ELSE 0 END) OVER () AS at_risk,
  SUM(s.is_weekly) OVER () AS weekly,
  SUM(CASE WHEN s.week_cost > s.allowed THEN 1 ELSE 0 END) OVER () AS broken,
  SUM(CASE WHEN s.is_weekly = 1 AND s.week_is_priced = 0 AND COALESCE(s.week_cost <= s.allowed, 1 = 1) THEN 1 ELSE 0 END)
    OVER () AS unknown_weeks
FROM state s
ORDER BY CASE WHEN s.week_cost > s.allowed THEN 0 ELSE 1 END,
  CASE s.state WHEN 'over' THEN 0 WHEN 'expected-over' THEN 1 WHEN 'may-go-over' THEN 2 ELSE 3 END,
  s.expected - s.allowed DESC, s.kind, s.name, s.span
