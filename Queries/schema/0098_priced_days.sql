-- Days whose cost is known.

-- How much of what ran on a day has a price. Several days can be compared with others, or be the history of a forecast, where
-- `unpriced_ms * 100 <= ms`: at least 99 % of their time has one. Days on which nothing ran have no row.
--   ms             time of attempts and of unused capacity: an hour of an instance counts for each that has a part of it
--   unpriced_ms    the part of it without a price
CREATE VIEW priced_day AS
  SELECT d.day AS day, SUM(d.ms) AS ms, SUM(d.unpriced_ms) AS unpriced_ms
  FROM daily_cost d
  GROUP BY d.day;
