-- The time until which running resources are charged, by account and region.
WITH
step (account_region, at_ms) AS (
  SELECT g.id, COALESCE(MAX(c.as_of_ms), l.at_ms)
  FROM account_region g
  LEFT JOIN collection c ON c.account_region = g.id
  CROSS JOIN (SELECT MAX(as_of_ms) AS at_ms FROM collection) l
  GROUP BY g.id, l.at_ms
)
SELECT account_region, at_ms
FROM step
