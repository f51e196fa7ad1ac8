-- A back-test: advice fitted on the earlier half of each job definition's measured attempts, tested on the later half.
-- A row is a percentile and a margin for memory. The whole history counts, whatever the period.
--   is_default          1: the settings in use
--   covers_peaks        1: advised memory is never below a peak of the earlier half, outliers aside
--   fitted_jobs         measured jobs of the earlier halves
--   attempts, cost_usd  tested attempts, and what they cost as they ran
--   saved_usd           saved by smaller reservations and avoided out-of-memory kills
--   killed_attempts     attempts that the advice would have killed;  killed_usd their extra cost
--   net_usd             saved − killed
SELECT
  b.percentile AS percentile,
  b.margin_percent AS margin_percent,
  b.covers_peaks AS covers_peaks,
  b.is_default AS is_default,
  b.fitted AS fitted_jobs,
  b.attempts AS attempts,
  b.cost AS cost_nanodollars,
  b.saved AS saved_nanodollars,
  b.killed AS killed_attempts,
  b.killed_cost AS killed_nanodollars,
  b.saved - b.killed_cost AS net_nanodollars
FROM right_sizing_back_test b
ORDER BY b.is_default DESC, b.covers_peaks DESC, b.percentile, b.margin_percent
