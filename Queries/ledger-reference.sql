-- The ledger computed a second time: in SQL from the facts, without any code of batchcost.
-- A row is a day, an account and an attempt; for unused cost, a day, an account and an instance or a reservation.
-- names: real
--
--   resource         the instance, the Fargate task, or the capacity reservation
--   day              days since 1970-01-01 in UTC
--   account          as in ledger_account; `unplaced` for attempts on unknown instances
--   job_id, attempt  NULL for unused cost
--   ms               the time that the row covers
--   cost, on_demand  nanodollars; NULL if none of it is priced
--
-- It follows the method page. Compare it with what `batchcost ledger build` wrote, or run it where the facts have outgrown one
-- machine. Its steps are the files of the folder ledger-reference, each a table that later steps and this statement read:
-- SQLite and DuckDB run all of it as one statement or with temporary tables, Spark stores each step (lake/ledger.py). All of it
-- is in the dialect of named queries. Therefore:
--
-- * CAST(ROUND((a - a % b) / b) AS BIGINT) is the whole part of a / b. `/` divides whole numbers in SQLite and Trino
--   and yields a binary fraction in DuckDB and Spark; both are exact here, because quotients stay below 2^52.
-- * The hours of an instance come from `number`, 0 to 9999, which limits its life to 416 days, the days of a charge from
--   the first hundred of it.
-- * There are no 128-bit numbers. A charge is multiplied by a share in five digits of base 512, which is exact for
--   charges up to 2^45 nanodollars (35,184 dollars an hour) and instances up to 192 vCPUs and 16 TiB.
--
-- If more of a resource is reserved than there is, shares are rounded down to a weighted millisecond, a part in 10^12: such a
-- row may differ from the exact one by a nanodollar per charge. Settings are the defaults: split-cost weights, the price at the
-- start of each instance-hour, unused cost separate. Left out: bills, volumes, addresses, Fargate for Windows, the fee of ECS
-- Managed Instances, instances whose type was never described (their capacity is unknown), and nodes of EKS that EC2 never
-- described.
SELECT
  p.resource, p.day, p.account, j.job_id, a.ordinal AS attempt, p.ms,
  p.cost AS cost_nanodollars, p.on_demand AS on_demand_nanodollars
FROM (
  SELECT resource, day, account, attempt, ms, cost, on_demand FROM posted
  UNION ALL
  SELECT resource, day, 'unused.reserved', NULL, ms, cost, cost FROM reserved
) p
LEFT JOIN attempt a ON a.id = p.attempt
LEFT JOIN job j ON j.id = a.job
ORDER BY p.resource NULLS FIRST, p.day NULLS FIRST, p.account, j.job_id NULLS FIRST, a.ordinal NULLS FIRST
