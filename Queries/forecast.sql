-- The expected cost of the week and the month of the last collection.
-- A row is a span (week or month) of everything, of a job queue, or of a tag's value. The period asked for does not matter. No
-- rows for spans that began before the ledger, or with fewer than seven whole days of history. A day counts where
-- its cost is known: where at most 1 % of what ran has no price; others of the span are taken to cost what is expected, if that is more.
--   kind, name           everything, job-queue, unused, tag (team=ml). Queues and unused add up to everything
--   span                 week (ISO), month;  first_day, and days_left with the day of collection
--   so_far_usd           charged up to the collection; all cost for everything, else attempts and startup
--   expected_usd         at the end;  low_usd, high_usd its 80 % interval, if coming days are like past ones
--   is_repeat            1: a queue or a tag that is everything, in the same numbers
--   history_days         whole days behind it: those whose cost is known;  by_weekday 1: forecast by weekday, from four weeks on
SELECT
  f.kind AS kind,
  f.name AS name,
  f.span AS span,
  k.date AS first_day,
  f.days_left AS days_left,
  f.so_far AS so_far_nanodollars,
  f.expected AS expected_nanodollars,
  f.low AS low_nanodollars,
  f.high AS high_nanodollars,
  f.history_days AS history_days,
  f.by_weekday AS by_weekday,
  CASE WHEN f.kind IN ('job-queue', 'tag') AND f.so_far = e.so_far AND f.expected = e.expected AND f.high = e.high THEN 1 ELSE 0 END
    AS is_repeat
FROM forecast f
LEFT JOIN forecast e ON e.kind = 'everything' AND e.span = f.span
LEFT JOIN calendar k ON k.day = f.first_day
ORDER BY f.span DESC, CASE f.kind WHEN 'everything' THEN 0 WHEN 'unused' THEN 1 WHEN 'job-queue' THEN 2 ELSE 3 END, f.expected DESC, f.name
