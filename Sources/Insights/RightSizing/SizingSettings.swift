/// How sizes are advised from measured usage.
///
/// The defaults are those of published recommenders, as far as they suit a job that ends:
///
/// | setting | default | source |
/// | --- | --- | --- |
/// | percentile | 95 | Kubernetes VPA `--recommendation-upper-bound-{cpu,memory}-percentile` 0.95 (its target is 0.90); AWS Compute Optimizer offers P90, P95, P99.5 |
/// | margin of vCPUs | 15 % | VPA `--recommendation-margin-fraction` 0.15 (Compute Optimizer: headroom 20 %) |
/// | margin of memory | 30 % | Compute Optimizer's headroom of memory, 10, 20 or 30 %, at its largest |
/// | out of memory | +20 %, at least 100 MiB | VPA `--oom-bump-up-ratio` 1.2, `--oom-min-bump-up-bytes` 104857600 |
/// | least memory | 250 MiB | VPA `--pod-recommendation-min-memory-mb` 250 |
/// | outliers | above Q3 + 3 · (Q3 − Q1) | Tukey, Exploratory Data Analysis (1977): "far out" |
/// | samples | 4; fair from 20, high from 59 | 59: the largest of so many is above the 95th percentile with 95 % confidence (Wilks 1941) |
///
/// Two defaults are stricter than most. Batch kills a job at its memory limit, so advised memory is never below a
/// measured peak, outliers aside (`coversPeaks`), and the memory margin is the largest of theirs. On the Nextflow runs
/// of Tests/Fixtures, 15 % would have killed 16 of 192 later tasks and saved no more than 30 %, which kills 5.
package struct SizingSettings: Hashable, Sendable {
  /// The percentile of used ÷ requested, by nearest rank, 1 to 100.
  package var percentile = 95
  /// Added to the percentile of vCPUs.
  package var marginPercent = 15
  /// Added to the percentile of peak memory.
  package var memoryMarginPercent = 30
  /// Added to the memory of an attempt that ran out of it.
  package var outOfMemoryPercent = 20
  /// The least that is added then.
  package var outOfMemoryMinimumMiB: Int64 = 100
  /// With fewer measured jobs than this there is no advice.
  package var minimumSamples = 4
  /// No smaller memory is advised.
  package var leastMemoryMiB: Int64 = 250
  /// Advise at least every peak that is not an outlier.
  package var coversPeaks = true
  /// Quartile ranges above the third quartile beyond which a peak is an outlier.
  package var outlierSpread: Int64 = 3
  /// With fewer samples no peak is an outlier.
  package var outlierSamples = 20

  package init() {}
}

/// How much a number of samples can be trusted.
package enum Confidence: String, CaseIterable, Sendable {
  /// Fewer than 20 samples; fewer than 59; 59 or more.
  case low, fair, high

  package init(samples: Int) {
    self = samples >= 59 ? .high : samples >= 20 ? .fair : .low
  }
}
