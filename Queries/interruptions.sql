-- How often EC2 took Spot instances back, with intervals.
-- A row is a zone, or an instance type with 20 instance-hours or more in the period.
--   kind                      By zone, By instance type
--   reclaims                  instances that EC2 reclaimed in the period, with proof; hosts lost without proof do not
--                             count
--   hours                     instance-hours on Spot
--   per_100_hours             reclaims in 100 instance-hours
--   all_reclaims, all_hours, all_per_100_hours   the same of all Spot
--   low, high                 exact Poisson 95 % interval of per_100_hours
--   low_wide, high_wide       widened so that the intervals of all rows hold at once (Bonferroni)
--   rows_compared             how many rows that is
--   stands_out                1: the rate of all Spot is outside its widened interval
--   instances, share          that ran on Spot in the period; reclaims ÷ instances, the unit of the Spot Advisor
--   advisor_band              how often AWS says it takes the type back, as a share of instances in a month;
--                             NULL for zones and if its file was not collected. All bands if there are several regions
--   advisor_maximum           the band's upper limit, 0 to 1; the largest if there are several regions
--   above_band                1: the lower limit of share, widened for all rows, is above advisor_maximum
--   types_with_band, types_above_band   how many rows have a band, and how many are above it
-- The intervals assume independent reclaims; in fact EC2 often takes several at once, so they are a little narrow. Instances
-- that run longer are more likely to be reclaimed, and the Advisor does not say how long its instances ran: above_band assumes
-- no shorter than ours, and a share below the band says nothing.
WITH RECURSIVE period AS (
  SELECT MIN(day) AS first_day, MAX(day) + 1 AS end_day FROM calendar WHERE date >= :from AND date < :to
),
spot AS (
  SELECT r.id AS id, a.region AS region, r.zone AS zone, r.instance_type AS instance_type, SUM(s.billed_ms) AS ms,
    MAX(CASE
      WHEN r.interrupted = 1 AND r.stopped_at_ms >= p.first_day * 86400000 AND r.stopped_at_ms < p.end_day * 86400000
      THEN 1 ELSE 0
    END) AS reclaimed
  FROM resource_day s
  JOIN period p ON s.day >= p.first_day AND s.day < p.end_day
  JOIN resource r ON r.id = s.resource
  JOIN purchase_option o ON o.id = r.purchase_option
  LEFT JOIN account_region a ON a.id = r.account_region
  WHERE o.name = 'spot'
  GROUP BY r.id, a.region, r.zone, r.instance_type
),
rates AS (
  SELECT 'By zone' AS kind, COALESCE(zone, 'unknown') AS name, SUM(reclaimed) AS reclaims, SUM(ms) AS ms,
    COUNT(*) AS instances
  FROM spot GROUP BY COALESCE(zone, 'unknown') HAVING SUM(ms) > 0
  UNION ALL
  SELECT 'By instance type', COALESCE(instance_type, 'unknown'), SUM(reclaimed), SUM(ms), COUNT(*)
  FROM spot GROUP BY COALESCE(instance_type, 'unknown') HAVING SUM(ms) >= 72000000
),
listed AS (
  SELECT t.region AS region, t.instance_type AS instance_type, v.band AS band, v.band_place AS place,
    v.band_maximum AS maximum
  FROM (SELECT DISTINCT region, instance_type FROM spot) t
  LEFT JOIN spot_advice v
    ON v.region = t.region AND v.instance_type = t.instance_type AND v.operating_system = 'Linux'
),
banded AS (
  SELECT instance_type AS name, band AS band, MAX(maximum) AS maximum,
    ROW_NUMBER() OVER (PARTITION BY instance_type ORDER BY MIN(place) NULLS FIRST, band NULLS FIRST) AS place,
    COUNT(*) OVER (PARTITION BY instance_type) AS bands, COUNT(band) OVER (PARTITION BY instance_type) AS known
  FROM listed GROUP BY instance_type, band
),
joined (name, place, bands, label, maximum) AS (
  SELECT name, place, bands, band, maximum FROM banded WHERE place = 1 AND known = bands
  UNION ALL
  SELECT j.name, b.place, j.bands, j.label || ', ' || b.band,
    CASE WHEN b.maximum > j.maximum THEN b.maximum ELSE j.maximum END
  FROM joined j JOIN banded b ON b.name = j.name AND b.place = j.place + 1
),
band AS (
  SELECT name AS name, label AS label, maximum / 100e0 AS maximum FROM joined WHERE place = bands
),
whole AS (
  SELECT SUM(reclaimed) AS reclaims, SUM(ms) AS ms, SUM(reclaimed) * 360000000e0 / NULLIF(SUM(ms), 0) AS per_100_hours
  FROM spot
),
family AS (
  SELECT COUNT(*) AS compared,
    (SELECT MIN(l.comparisons) FROM poisson_limit l WHERE l.comparisons >= (SELECT COUNT(*) FROM rates)) AS comparisons
  FROM rates
)
SELECT
  r.kind AS kind,
  r.name AS name,
  r.reclaims AS reclaims,
  r.ms / 3600000e0 AS hours,
  r.reclaims * 360000000e0 / r.ms AS per_100_hours,
  n.low * 360000000e0 / r.ms AS low,
  n.high * 360000000e0 / r.ms AS high,
  w.low * 360000000e0 / r.ms AS low_wide,
  w.high * 360000000e0 / r.ms AS high_wide,
  a.reclaims AS all_reclaims,
  a.ms / 3600000e0 AS all_hours,
  a.per_100_hours AS all_per_100_hours,
  f.compared AS rows_compared,
  CASE
    WHEN w.low * 360000000e0 / r.ms > a.per_100_hours OR w.high * 360000000e0 / r.ms < a.per_100_hours THEN 1 ELSE 0
  END AS stands_out,
  r.instances AS instances,
  r.reclaims * 1e0 / r.instances AS share,
  b.label AS advisor_band,
  b.maximum AS advisor_maximum,
  CASE WHEN w.low / r.instances > b.maximum THEN 1 ELSE 0 END AS above_band,
  COUNT(b.label) OVER () AS types_with_band,
  SUM(CASE WHEN w.low / r.instances > b.maximum THEN 1 ELSE 0 END) OVER () AS types_above_band
FROM rates r
CROSS JOIN whole a
CROSS JOIN family f
JOIN poisson_limit n ON n.comparisons = 1 AND n.count = r.reclaims
JOIN poisson_limit w ON w.comparisons = f.comparisons AND w.count = r.reclaims
LEFT JOIN band b ON b.name = r.name AND r.kind = 'By instance type'
ORDER BY r.kind DESC, per_100_hours DESC, r.name
