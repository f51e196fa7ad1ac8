-- What environments on x86 would have cost on Graviton, where the price list has a sibling of the same size.
-- A row is a compute environment in the last ISO week in the period that has most of its days there, most expensive first.
-- Never part of any saving: it holds only if the jobs' images exist for arm64, which batchcost cannot know.
--   families, siblings      families that ran, and the cheapest Graviton families of the same sizes that cost less
--   prices                  the prices compared: list, or Spot (at mid-week)
--   cost_usd                cost of these instances in that week, unused cost included
--   sibling_usd             the same hours at the siblings' prices, at the same speed
--   difference_usd, share   cost − sibling, and its share of cost
--   condition               the condition for it
WITH RECURSIVE days AS (
  SELECT week AS week, COUNT(*) AS days, MAX(day) AS last_day
  FROM calendar WHERE date >= :from AND date < :to GROUP BY week
),
chosen AS (
  SELECT week AS week FROM days ORDER BY CASE WHEN days >= 4 THEN 0 ELSE 1 END, last_day DESC LIMIT 1
),
named AS (
  SELECT g.week AS week, g.compute_environment AS environment, g.purchase AS purchase, g.family AS family,
    g.sibling_family AS sibling, g.cost AS cost, g.sibling_cost AS sibling_cost
  FROM graviton g JOIN chosen c ON c.week = g.week
),
totals AS (
  SELECT week, environment, MIN(purchase) AS purchase, SUM(cost) AS cost, SUM(sibling_cost) AS sibling_cost
  FROM named GROUP BY week, environment
),
part AS (
  SELECT environment, 'family' AS kind, family AS name FROM named
  UNION
  SELECT environment, 'sibling', sibling FROM named
),
numbered AS (
  SELECT environment, kind, name, ROW_NUMBER() OVER (PARTITION BY environment, kind ORDER BY name) AS place,
    COUNT(*) OVER (PARTITION BY environment, kind) AS parts
  FROM part
),
listed (environment, kind, place, parts, names) AS (
  SELECT environment, kind, place, parts, name FROM numbered WHERE place = 1
  UNION ALL
  SELECT l.environment, l.kind, n.place, l.parts, l.names || ', ' || n.name
  FROM listed l JOIN numbered n ON n.environment = l.environment AND n.kind = l.kind AND n.place = l.place + 1
)
SELECT
  e.name AS compute_environment,
  f.names AS families,
  s.names AS siblings,
  CASE t.purchase WHEN 'spot' THEN 'Spot' ELSE 'list' END AS prices,
  t.cost AS cost_nanodollars,
  t.sibling_cost AS sibling_nanodollars,
  t.cost - t.sibling_cost AS difference_nanodollars,
  (t.cost - t.sibling_cost) * 1e0 / NULLIF(t.cost, 0) AS share,
  'only if the image exists for arm64' AS condition,
  t.week AS week
FROM totals t
JOIN named_environment e ON e.id = t.environment
JOIN listed f ON f.environment = t.environment AND f.kind = 'family' AND f.place = f.parts
JOIN listed s ON s.environment = t.environment AND s.kind = 'sibling' AND s.place = s.parts
ORDER BY difference_nanodollars DESC, compute_environment
