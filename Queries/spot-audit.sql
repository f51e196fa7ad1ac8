-- What Spot saved, and what interruptions took back.
-- One row. net = gross − lost − rerun, to the nanodollar, all three of the same resources: those with both prices, that is a price
-- for all of their time and an On-Demand price.
--   spot_usd             paid for EC2 Spot and Fargate Spot, NULL if none of it has a price;  spot_share its share of all cost, 0
--                        to 1; NULL also if nothing was
--   resources            instances and Fargate tasks that ran on Spot;  left_out_resources those without both prices
--   on_demand_usd        the same billed time at On-Demand rates, of resources with both prices; NULL, as are gross, lost, rerun
--                        and net, if none of them has both, or if attempts ran on unknown hosts and nothing is known to be on Spot
--   compared_usd         paid for those;  left_out_usd the rest of spot_usd
--   gross_usd            on_demand − compared;  gross_share of on_demand
--   lost_usd             attempts that were lost with their Spot host, with what its volumes and addresses cost;  lost_attempts how
--                        many they were;  left_out_lost_attempts those on resources without both prices, in no amount here
--   since_checkpoint_usd lost_usd less what the last checkpoint kept, by `checkpoints` of batchcost.yaml; the same as
--                        lost_usd if no rule gives a checkpoint
--   abandoned_usd        the part of lost_usd that neither Batch nor the client ran again: its jobs failed
--   likely_rerun_usd     the part of lost_usd that a client probably ran again: it names no task, but submitted
--                        another job of the same step right after
--   rerun_usd            re-runs that landed On-Demand: their cost less the Spot price of their zone and type at each of
--                        their instance-hours, on Fargate less the rates of Fargate Spot;  rerun_attempts of them, and
--                        rerun_cost_usd what they cost in all
--   uncompared_reruns    those without such a price;  unplaced_reruns   re-runs on unknown hosts. They are not in rerun_usd, which
--                        is NULL if none has such a price; net_usd is then at most this
--   net_usd, net_share   what is left, and its share of on_demand. Negative: Spot cost more than it saved
--   net_since_checkpoint_usd  net with since_checkpoint_usd instead of lost_usd
--   lost_hours_share     time of lost attempts ÷ time of all attempts on Spot, 0 to 1
--   break_even           the lost_hours_share at which net would be 0, if each lost hour cost the same; above 1: no loss is
--                        large enough; NULL if nothing was lost, or if a part of net is unknown
--   free_instances       reclaimed in their first hour and not charged
--   unpriced_seconds     Spot seconds without a price
WITH period AS (
  SELECT MIN(day) AS first_day, MAX(day) + 1 AS end_day FROM calendar WHERE date >= :from AND date < :to
),
found AS (
  SELECT
    COUNT(*) AS parts,
    COALESCE(SUM(s.cost), CASE WHEN COUNT(CASE WHEN s.part = 'ran' THEN 1 END) = 0 THEN 0 END) AS paid,
    COUNT(DISTINCT CASE WHEN s.part = 'ran' THEN s.resource END) AS resources,
    COUNT(DISTINCT CASE WHEN s.part = 'ran' AND s.is_compared = 0 THEN s.resource END) AS left_out,
    SUM(s.compared) AS compared,
    SUM(s.on_demand) AS on_demand,
    SUM(s.gross) AS gross,
    SUM(s.lost) AS lost,
    SUM(s.rerun) AS rerun,
    SUM(s.net) AS net,
    COUNT(DISTINCT CASE WHEN s.part = 'lost' AND s.is_compared = 1 THEN s.attempt END) AS lost_attempts,
    COUNT(DISTINCT CASE WHEN s.part = 'lost' AND s.is_compared = 0 THEN s.attempt END) AS left_out_lost,
    COUNT(DISTINCT CASE WHEN s.part = 'rerun' AND s.is_compared = 1 AND s.is_bound = 0 THEN s.attempt END) AS known_reruns,
    COALESCE(SUM(s.unpriced_ms), 0) AS unpriced_ms
  FROM spot_net s
  JOIN period p ON s.day >= p.first_day AND s.day < p.end_day
),
-- Where attempts ran on unknown hosts, nothing known to be on Spot is not nothing.
none AS (
  SELECT CASE WHEN COUNT(*) = 0 THEN 0 END AS cost
  FROM unplaced u JOIN period p ON u.day >= p.first_day AND u.day < p.end_day
),
spot AS (
  SELECT f.resources AS resources, f.left_out AS left_out, f.lost_attempts AS lost_attempts,
    f.left_out_lost AS left_out_lost, f.known_reruns AS known_reruns, f.unpriced_ms AS unpriced_ms,
    CASE WHEN f.parts = 0 THEN n.cost ELSE f.paid END AS paid,
    CASE WHEN f.parts = 0 THEN n.cost ELSE f.compared END AS compared,
    CASE WHEN f.parts = 0 THEN n.cost ELSE f.on_demand END AS on_demand,
    CASE WHEN f.parts = 0 THEN n.cost ELSE f.gross END AS gross,
    CASE WHEN f.parts = 0 THEN n.cost ELSE f.lost END AS lost,
    CASE WHEN f.parts = 0 THEN n.cost ELSE f.rerun END AS rerun,
    CASE WHEN f.parts = 0 THEN n.cost ELSE f.net END AS net
  FROM found f CROSS JOIN none n
),
free AS (
  SELECT COUNT(DISTINCT s.resource) AS instances
  FROM resource_day s
  JOIN period p ON s.day >= p.first_day AND s.day < p.end_day
  JOIN spot_resource r ON r.id = s.resource
  WHERE r.free = 1
),
rerun AS (
  SELECT COALESCE(SUM(n.cost), 0) AS cost, COUNT(DISTINCT n.attempt) AS attempts,
    COUNT(DISTINCT CASE WHEN n.spot_cost IS NULL THEN n.attempt END) AS uncompared
  FROM on_demand_run n
  JOIN period p ON n.day >= p.first_day AND n.day < p.end_day
  JOIN spot_resource r ON r.id = n.lost_on
  WHERE n.rerun = 1 AND r.is_compared = 1
),
elsewhere AS (
  SELECT COUNT(*) AS attempts
  FROM unplaced_rerun u
  JOIN period p ON u.day >= p.first_day AND u.day < p.end_day
  JOIN spot_resource r ON r.id = u.lost_on
  WHERE r.is_compared = 1
),
failure AS (
  SELECT
    COALESCE(SUM(CASE WHEN t.rerun = 'none' THEN t.cost END), 0) AS abandoned,
    COALESCE(SUM(CASE WHEN t.rerun = 'likely' THEN t.cost END), 0) AS likely,
    COALESCE(SUM(t.kept), 0) AS kept
  FROM failed_attempt t
  JOIN period p ON t.day >= p.first_day AND t.day < p.end_day
  JOIN spot_resource r ON r.id = t.lost_on
  WHERE r.is_compared = 1
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
  s.paid AS spot_nanodollars,
  CASE WHEN s.resources > 0 AND s.paid IS NOT NULL THEN COALESCE(s.paid * 1e0 / NULLIF(w.cost, 0), 0) END AS spot_share,
  s.resources AS resources,
  s.left_out AS left_out_resources,
  s.on_demand AS on_demand_nanodollars,
  s.compared AS compared_nanodollars,
  s.paid - COALESCE(s.compared, 0) AS left_out_nanodollars,
  s.gross AS gross_nanodollars,
  s.gross * 1e0 / NULLIF(s.on_demand, 0) AS gross_share,
  s.lost AS lost_nanodollars,
  s.lost - f.kept AS since_checkpoint_nanodollars,
  s.lost_attempts AS lost_attempts,
  s.left_out_lost AS left_out_lost_attempts,
  CASE WHEN s.lost IS NOT NULL THEN f.abandoned END AS abandoned_nanodollars,
  CASE WHEN s.lost IS NOT NULL THEN f.likely END AS likely_rerun_nanodollars,
  CASE WHEN s.known_reruns > 0 OR r.attempts + e.attempts = 0 THEN s.rerun END AS rerun_nanodollars,
  r.attempts AS rerun_attempts,
  CASE WHEN s.rerun IS NOT NULL THEN r.cost END AS rerun_cost_nanodollars,
  r.uncompared AS uncompared_reruns,
  e.attempts AS unplaced_reruns,
  s.net AS net_nanodollars,
  s.net * 1e0 / NULLIF(s.on_demand, 0) AS net_share,
  s.net + f.kept AS net_since_checkpoint_nanodollars,
  CASE WHEN r.uncompared + e.attempts + s.left_out_lost = 0
    THEN (w.lost_ms * 1e0 / NULLIF(w.spot_ms, 0)) * s.gross / NULLIF(s.lost + s.rerun, 0) END AS break_even,
  w.lost_ms * 1e0 / NULLIF(w.spot_ms, 0) AS lost_hours_share,
  z.instances AS free_instances,
  s.unpriced_ms / 1000e0 AS unpriced_seconds
FROM spot s CROSS JOIN free z CROSS JOIN rerun r CROSS JOIN elsewhere e CROSS JOIN failure f CROSS JOIN worked w
