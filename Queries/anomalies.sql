-- Days of the period that cost more or less than their history predicts.
-- A row is a day of everything, a job queue or a job definition, largest difference first. See the query anomaly-watch
-- for what is watched and how many false alarms to expect.
--   kind, name       everything, job-queue, job-definition
--   cost_usd         all cost for everything, else attempts and startup
--   expected_usd     median of the same weekday in up to eight weeks before;  excess_usd = cost − expected
--   low_usd, high_usd  costs between these are not reported
--   score            error ÷ usual error, in logarithms; negative if the day cost less
--   cause            what changed most: jobs, size, price, retries, unused
--   figure           the cause in numbers: jobs, vCPU-hours per job, USD per vCPU-hour, USD of retried or failed attempts, USD unused
--   usual            the median of that figure on those days
--   is_repeat        1: a queue or definition with the numbers of everything, or of a queue, on that day
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
  a.usual AS usual,
  CASE WHEN EXISTS (
    SELECT 1 FROM anomaly o
    WHERE o.day = a.day AND o.cost = a.cost AND o.expected = a.expected
      AND CASE o.kind WHEN 'everything' THEN 0 WHEN 'job-queue' THEN 1 ELSE 2 END
        < CASE a.kind WHEN 'everything' THEN 0 WHEN 'job-queue' THEN 1 ELSE 2 END
  ) THEN 1 ELSE 0 END AS is_repeat
FROM anomaly a
JOIN calendar k ON k.day = a.day
WHERE k.date >= :from AND k.date < :to
ORDER BY ABS(a.cost - a.expected) DESC, a.kind, a.name
