-- Days of the period that cost more or less than their own history lets expect.
-- A row is a day of everything, of a job queue or of a job definition; the largest difference first. See anomaly-watch
-- for what is watched, and for the false alarms to expect.
--   kind, name       everything, job-queue, job-definition
--   cost_usd         of everything all cost, else attempts and startup
--   expected_usd     median of the same weekday of up to eight weeks before;  excess_usd = cost − expected
--   low_usd, high_usd  within these nothing is said
--   score            error ÷ usual error, of logarithms; negative for less
--   cause            what moved most: jobs, size, price, retries, unused
--   figure           of the cause: jobs, vCPU-hours a job, USD a vCPU-hour, USD of attempts that came to nothing, USD unused
--   usual            the same, as the median of those days
SELECT
  a.kind AS kind,
  a.name AS name,
  k.date AS day,
  a.cost AS cost_nanodollars,
  a.expected AS expected_nanodollars,
  a.cost - a.expected AS excess_nanodollars,
  a.low AS low_nanodollars,
  a.high AS high_nanodollars,
  a.score AS score,
  a.cause AS cause,
  a.figure AS figure,
  a.usual AS usual
FROM anomaly a
JOIN calendar k ON k.day = a.day
WHERE k.date >= :from AND k.date < :to
ORDER BY ABS(a.cost - a.expected) DESC, a.kind, a.name
