-- What scenarios would have cost, by `batchcost replay`, cheapest first.
-- A row is a scenario that was replayed for the last ISO week in the period that has most of its days there.
--   cost_usd            the mean over seeds;  as_it_was_usd the environment as it was, replayed in the same way
--   saving_usd          as_it_was_usd less cost_usd;  saving_spread_usd its standard deviation over seeds
--   wait_p95_seconds    95 in 100 jobs waited less for a host, from when they could run; `queue-wait` counts from creation
--   is_frontier         1: no other scenario saves more while it adds as much wait or less
--   advice              its position in `advice`, if it is advice;  backtest_error error of the model, as a share
WITH days AS (
  SELECT week AS week, COUNT(*) AS days, MAX(day) AS last_day
  FROM calendar WHERE date >= :from AND date < :to GROUP BY week
),
chosen AS (
  SELECT week AS week FROM days ORDER BY CASE WHEN days >= 4 THEN 0 ELSE 1 END, last_day DESC LIMIT 1
)
SELECT
  r.scenario AS scenario,
  r.cost AS cost_nanodollars,
  r.as_it_was AS as_it_was_nanodollars,
  r.saving AS saving_nanodollars,
  r.spread AS saving_spread_nanodollars,
  r.wait_p95_ms / 1000e0 AS wait_p95_seconds,
  r.as_it_was_wait_p95_ms / 1000e0 AS as_it_was_wait_p95_seconds,
  r.is_frontier AS is_frontier,
  r.advice AS advice,
  r.seeds AS seeds,
  r.backtest_error AS backtest_error,
  r.week AS week
FROM replay_answer r
JOIN chosen c ON c.week = r.week
JOIN build b ON b.product = 'insights' AND b.inputs = r.inputs
ORDER BY r.cost, r.scenario
