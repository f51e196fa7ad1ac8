-- Which periods can be compared with the one before.

-- A row is a first day and the day after a last one, of the data both, such that every day from the first to the last is over
-- at the time of collection, and the data have as many days before the first.
CREATE VIEW whole_period AS
  SELECT f.date AS from_date, t.date AS to_date, f.day AS first_day, t.day AS end_day
  FROM calendar f
  JOIN calendar t ON t.day > f.day
  CROSS JOIN (
    SELECT MIN(c.day) AS first_day, MIN(CASE WHEN c.until IS NOT NULL THEN c.day END) AS open_day FROM calendar c
  ) k
  WHERE 2 * f.day - t.day >= k.first_day AND t.day <= COALESCE(k.open_day, t.day);

-- Periods that can be compared with the one of the same length before: whole_period, and the cost of both is known, by
-- priced_rule; also if nothing ran. Ask for one by from_date and to_date.
CREATE VIEW comparable_period AS
  SELECT w.from_date AS from_date, w.to_date AS to_date, w.first_day AS first_day, w.end_day AS end_day
  FROM whole_period w
  CROSS JOIN priced_rule r
  LEFT JOIN priced_day d ON d.day >= 2 * w.first_day - w.end_day AND d.day < w.end_day
  GROUP BY w.from_date, w.to_date, w.first_day, w.end_day
  HAVING COALESCE(SUM(CASE WHEN d.day < w.first_day THEN d.ms - d.unpriced_ms * r.parts END), 0) >= 0
    AND COALESCE(SUM(CASE WHEN d.day >= w.first_day THEN d.ms - d.unpriced_ms * r.parts END), 0) >= 0;
