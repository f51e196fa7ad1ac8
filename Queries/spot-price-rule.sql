-- Which Spot price AWS charged.
-- A row is a witness, from Batch's instances alone: the bill (instances) or the Spot data feed (instance-hours). If the price
-- did not change while an instance ran, both rules give the same cost, and it is no evidence.
--   subjects            instances or instance-hours that could be compared;  moved those of them whose price changed
--   fit_instance_hour   of these, how many cost what the price at the start of each instance-hour gives
--   fit_continuous      … and how many cost what the price at each moment gives
--   off_instance_hour_usd, off_continuous_usd   sum of the differences from each rule
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
