-- A part of a day that nothing prices is unknown, not 0.

DROP VIEW day_total;

-- What a day of the calendar cost, nanodollars. A day on which nothing ran cost 0, one of which nothing is priced is
-- NULL and `ran` 1: where any day of a period is known, its cost is the sum of the days that are. So are its parts: 0 where
-- there was none, NULL where nothing of it is priced.
CREATE VIEW day_total AS
  SELECT k.day AS day, k.week AS week,
    CASE WHEN COUNT(d.day) = 0 AND u.day IS NULL THEN 0 ELSE SUM(d.cost) END AS cost,
    COALESCE(NULLIF(SUM(CASE WHEN a.kind <> 'unused' THEN d.cost END), 0),
      CASE WHEN COUNT(CASE WHEN a.kind <> 'unused' AND d.cost IS NULL THEN 1 END) = 0
        AND (COUNT(CASE WHEN a.kind <> 'unused' THEN 1 END) > 0 OR u.day IS NULL) THEN 0 END) AS work,
    COALESCE(NULLIF(SUM(CASE WHEN a.kind = 'unused' THEN d.cost END), 0),
      CASE WHEN COUNT(CASE WHEN a.kind = 'unused' AND d.cost IS NULL THEN 1 END) = 0 THEN 0 END) AS unused,
    COALESCE(NULLIF(SUM(CASE WHEN a.name = 'unused.packing' THEN d.cost END), 0),
      CASE WHEN COUNT(CASE WHEN a.name = 'unused.packing' AND d.cost IS NULL THEN 1 END) = 0 THEN 0 END) AS packing,
    CASE WHEN COUNT(d.day) = 0 AND u.day IS NULL THEN 0 ELSE 1 END AS ran
  FROM calendar k
  LEFT JOIN daily_cost d ON d.day = k.day
  LEFT JOIN ledger_account a ON a.id = d.account
  LEFT JOIN (SELECT DISTINCT day FROM unplaced) u ON u.day = k.day
  GROUP BY k.day, k.week, u.day;
