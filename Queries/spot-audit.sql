-- What Spot saved, and what interruptions took back.
-- One row. net = gross − lost − rerun, to the nanodollar.
--   spot_usd             paid for EC2 Spot and Fargate Spot, NULL if none of it has a price;  spot_share its share of all cost, 0
--                        to 1; NULL also if nothing was
--   resources            instances and Fargate tasks that ran on Spot
--   on_demand_usd        the same billed time at On-Demand rates, of resources with both prices; NULL, as are gross and net, if
--                        none of them has both
--   compared_usd         paid for those;  left_out_usd the rest of spot_usd
--   gross_usd            on_demand − compared;  gross_share of on_demand
--   lost_usd             attempts that were lost with their Spot host;  lost_attempts how many they were
--   since_checkpoint_usd lost_usd less what the last checkpoint kept, by `checkpoints` of batchcost.yaml; the same as
--                        lost_usd if no rule gives a checkpoint
--   abandoned_usd        the part of lost_usd that neither Batch nor the client ran again: its jobs failed
--   likely_rerun_usd     the part of lost_usd that a client probably ran again: it names no task, but submitted
--                        another job of the same step right after
--   rerun_usd            re-runs that landed On-Demand: their cost less the Spot price of their zone and type at each of
--                        their instance-hours, on Fargate less the rates of Fargate Spot;  rerun_attempts of them, and
--                        rerun_cost_usd what they cost in all;  uncompared_reruns   those without such a price: not in rerun_usd, which
--                        is NULL if none has one; net_usd is then at most this
--   net_usd, net_share   what is left, and its share of on_demand. Negative: Spot cost more than it saved
--   net_since_checkpoint_usd  net with since_checkpoint_usd instead of lost_usd
--   lost_hours_share     time of lost attempts ÷ time of all attempts on Spot, 0 to 1
--   break_even           the lost_hours_share at which net would be 0, if each lost hour cost the same; above 1: no loss is
--                        large enough; NULL if nothing was lost
--   free_instances       reclaimed in their first hour and not charged
--   unpriced_seconds     Spot seconds without a price
WITH period AS (
  SELECT MIN(day) AS first_day, MAX(day) + 1 AS end_day FROM calendar WHERE date >= :from AND date < :to
),
spot AS (
  SELECT
    COALESCE(SUM(s.cost), CASE WHEN COUNT(CASE WHEN s.is_rerun = 0 THEN 1 END) = 0 THEN 0 END) AS paid,
    CASE WHEN COUNT(s.gross) > 0 OR COUNT(CASE WHEN s.is_rerun = 0 THEN 1 END) = 0 THEN 1 ELSE 0 END AS is_known,
    COUNT(DISTINCT CASE WHEN s.is_rerun = 0 THEN s.resource END) AS resources,
    COALESCE(SUM(s.compared), 0) AS compared,
    COALESCE(SUM(s.on_demand), 0) AS on_demand,
    COALESCE(SUM(s.gross), 0) AS gross,
    COALESCE(SUM(s.lost), 0) AS lost,
    COALESCE(SUM(s.rerun), 0) AS rerun,
    COALESCE(SUM(s.net), 0) AS net,
    COUNT(DISTINCT CASE WHEN r.free = 1 AND s.is_rerun = 0 THEN r.id END) AS free_instances,
    COALESCE(SUM(s.unpriced_ms), 0) AS unpriced_ms
  FROM spot_net s
  JOIN period p ON s.day >= p.first_day AND s.day < p.end_day
  JOIN resource r ON r.id = s.resource
),
rerun AS (
  SELECT COALESCE(SUM(n.cost), 0) AS cost, COUNT(DISTINCT n.attempt) AS attempts,
    COUNT(DISTINCT CASE WHEN n.spot_cost IS NULL THEN n.attempt END) AS uncompared
  FROM on_demand_run n JOIN period p ON n.day >= p.first_day AND n.day < p.end_day
  WHERE n.rerun = 1
),
failure AS (
  SELECT
    COUNT(DISTINCT t.attempt) AS lost_attempts,
    COALESCE(SUM(CASE WHEN t.rerun = 'none' THEN t.cost END), 0) AS abandoned,
    COALESCE(SUM(CASE WHEN t.rerun = 'likely' THEN t.cost END), 0) AS likely,
    COALESCE(SUM(t.kept), 0) AS kept
  FROM failed_attempt t JOIN period p ON t.day >= p.first_day AND t.day < p.end_day
  JOIN outcome x ON x.id = t.outcome
  WHERE t.on_spot = 1 AND x.name IN ('interrupted', 'host lost')
),
worked AS (
  SELECT
    COALESCE(SUM(d.cost), 0) AS cost,
    SUM(CASE WHEN a.kind <> 'unused' AND o.name IN ('spot', 'fargate-spot') THEN d.ms ELSE 0 END) AS spot_ms,
    COALESCE(SUM(CASE WHEN x.name IN ('interrupted', 'host lost') AND o.name IN ('spot', 'fargate-spot') THEN d.ms END), 0)
      AS lost_ms
  FROM daily_cost d
  JOIN period p ON d.day >= p.first_day AND d.day < p.end_day
  JOIN ledger_account a ON a.id = d.account
  JOIN purchase_option o ON o.id = d.purchase_option
  JOIN outcome x ON x.id = d.outcome
)
SELECT
  spot.paid AS spot_nanodollars,
  CASE WHEN spot.resources > 0 AND spot.paid IS NOT NULL THEN COALESCE(spot.paid * 1e0 / NULLIF(worked.cost, 0), 0) END AS spot_share,
  spot.resources AS resources,
  CASE WHEN spot.is_known = 1 THEN spot.on_demand END AS on_demand_nanodollars,
  spot.compared AS compared_nanodollars,
  spot.paid - spot.compared AS left_out_nanodollars,
  CASE WHEN spot.is_known = 1 THEN spot.gross END AS gross_nanodollars,
  spot.gross * 1e0 / NULLIF(spot.on_demand, 0) AS gross_share,
  spot.lost AS lost_nanodollars,
  spot.lost - failure.kept AS since_checkpoint_nanodollars,
  failure.lost_attempts AS lost_attempts,
  failure.abandoned AS abandoned_nanodollars,
  failure.likely AS likely_rerun_nanodollars,
  CASE WHEN rerun.uncompared < rerun.attempts OR rerun.attempts = 0 THEN spot.rerun END AS rerun_nanodollars,
  rerun.attempts AS rerun_attempts,
  rerun.cost AS rerun_cost_nanodollars,
  rerun.uncompared AS uncompared_reruns,
  CASE WHEN spot.is_known = 1 THEN spot.net END AS net_nanodollars,
  spot.net * 1e0 / NULLIF(spot.on_demand, 0) AS net_share,
  CASE WHEN spot.is_known = 1 THEN spot.net + failure.kept END AS net_since_checkpoint_nanodollars,
  (worked.lost_ms * 1e0 / NULLIF(worked.spot_ms, 0)) * CASE WHEN spot.is_known = 1 THEN spot.gross END / NULLIF(spot.lost + spot.rerun, 0) AS break_even,
  worked.lost_ms * 1e0 / NULLIF(worked.spot_ms, 0) AS lost_hours_share,
  spot.free_instances AS free_instances,
  spot.unpriced_ms / 1000e0 AS unpriced_seconds
FROM spot CROSS JOIN rerun CROSS JOIN failure CROSS JOIN worked
