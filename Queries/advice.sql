-- What to change about compute environments, and what it is worth at most.
-- A row is a piece of advice of the last ISO week in the period that has most of its days there, dearest first.
--   position            1 is the dearest
--   title, explanation  what to do; what the ledger shows
--   place               the compute environment or job queue to change;  now what it runs;  advice what to change
--   note                what the bound assumes;  risk what may get worse;  confidence low, fair, high
--   saving_usd          at most, by itself, in that week;  basis its unit
--   counted_usd         what is left of it once the advice before it is followed: these add up
--   replayed_usd        what it saves when the week is replayed with it (`batchcost replay --advice all`), and its
--                       standard deviation, replayed_spread_usd; replayed advice comes first, what saves most before the rest
--   replayed_note       why there is no replayed saving, where a replay was asked for
WITH days AS (
  SELECT week AS week, COUNT(*) AS days, MAX(day) AS last_day
  FROM calendar WHERE date >= :from AND date < :to GROUP BY week
),
chosen AS (
  SELECT week AS week FROM days ORDER BY CASE WHEN days >= 4 THEN 0 ELSE 1 END, last_day DESC LIMIT 1
)
SELECT
  a.position AS position,
  a.title AS title,
  a.explanation AS explanation,
  a.saving AS saving_nanodollars,
  'a week at most' AS basis,
  a.counted AS counted_nanodollars,
  a.place AS place,
  a.now AS now,
  a.advice AS advice,
  a.note AS note,
  a.confidence AS confidence,
  a.risk AS risk,
  a.rule AS rule,
  a.week AS week,
  r.saving AS replayed_nanodollars,
  r.spread AS replayed_spread_nanodollars,
  f.reason AS replayed_note
FROM advice a
JOIN chosen c ON c.week = a.week
LEFT JOIN build b ON b.product = 'insights'
LEFT JOIN replay_answer r ON r.week = a.week AND r.advice = a.position AND r.inputs = b.inputs
LEFT JOIN replay_refusal f ON f.week = a.week AND f.advice = a.position AND f.inputs = b.inputs
ORDER BY CASE WHEN r.saving IS NULL THEN 1 ELSE 0 END, r.saving DESC, a.position
