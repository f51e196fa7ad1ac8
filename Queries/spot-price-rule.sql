-- Which Spot price AWS charged.
-- A row is a witness: the bill (instances) and the Spot data feed (instance-hours), both of Batch's instances alone. Where
-- the price did not move while an instance ran, both rules give the same and the witness is silent.
--   subjects            instances or instance-hours that could be compared;  moved those of them whose price moved
--   fit_instance_hour   of these, how many cost what the price at the start of each instance-hour makes
--   fit_continuous      … and what the price from moment to moment makes
--   off_instance_hour_usd, off_continuous_usd   sum of the distances to either
SELECT
  source AS source,
  instances AS subjects,
  moved AS moved,
  instance_hour AS fit_instance_hour,
  continuous AS fit_continuous,
  instance_hour_gap AS off_instance_hour_nanodollars,
  continuous_gap AS off_continuous_nanodollars
FROM spot_rule_evidence
ORDER BY source
