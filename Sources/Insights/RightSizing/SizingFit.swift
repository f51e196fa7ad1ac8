/// What one job requested and used: the largest of its attempts.
package struct UsageSample: Equatable, Sendable {
  /// The request of the attempt with the largest peak.
  package var requestedMilliVCPUs: Int64
  package var requestedMiB: Int64
  /// Average over the attempt; nil if only an out-of-memory kill is known.
  package var usedMilliVCPUs: Int64?
  /// Peak; for an attempt that ran out of memory, its estimated need.
  package var usedMiB: Int64
  /// The peak is an estimate, not measured.
  package var isImputed: Bool

  package init(
    requestedMilliVCPUs: Int64, requestedMiB: Int64, usedMilliVCPUs: Int64?, usedMiB: Int64, isImputed: Bool = false
  ) {
    self.requestedMilliVCPUs = requestedMilliVCPUs
    self.requestedMiB = requestedMiB
    self.usedMilliVCPUs = usedMilliVCPUs
    self.usedMiB = usedMiB
    self.isImputed = isImputed
  }

  /// For two attempts of one job: the larger peak with its request, and the larger vCPU use.
  func merged(with other: UsageSample) -> UsageSample {
    var larger = other.usedMiB > usedMiB ? other : self
    larger.usedMilliVCPUs = [usedMilliVCPUs, other.usedMilliVCPUs].compactMap { $0 }.max()
    return larger
  }

  /// Used ÷ requested in millionths, rounded up: jobs of one definition may request different sizes.
  static func share(_ used: Int64, of requested: Int64) -> Int64 {
    requested > 0 ? (used * 1_000_000 + requested - 1) / requested : 1_000_000
  }
}

/// What the samples of one definition show about requests: factors in millionths of the request.
package struct SizingFit: Equatable, Sendable {
  /// Those it was fitted on.
  package var samples: Int
  /// Peaks beyond the fence, which `neededMemory` need not cover.
  package var outliers: Int
  /// The percentile of used ÷ requested; nil if it was never measured.
  package var usedVCPUs: Int64?
  /// The percentile of peak ÷ requested.
  package var usedMemory: Int64
  /// `usedMemory` is the estimated need of a job that ran out of memory.
  package var isMemoryImputed: Bool
  /// The percentile with its margin; the whole request if use was never measured.
  package var neededVCPUs: Int64
  /// The percentile with its margin, and every peak that is not an outlier. Above 1,000,000 it is more than requested.
  package var neededMemory: Int64

  /// Nil if there are too few samples.
  /// - Complexity: O(n log n).
  package init?(_ samples: [UsageSample], _ settings: SizingSettings) {
    guard samples.count >= settings.minimumSamples, !samples.isEmpty else { return nil }
    let memory = samples.map { UsageSample.share($0.usedMiB, of: $0.requestedMiB) }.sorted()
    let fence = Self.fence(memory, settings)
    let kept = memory.filter { $0 <= fence }
    let vcpus = samples.compactMap { sample in
      sample.usedMilliVCPUs.map { UsageSample.share($0, of: sample.requestedMilliVCPUs) }
    }.sorted()
    self.samples = samples.count
    outliers = memory.count - kept.count
    usedVCPUs = vcpus.isEmpty ? nil : Self.percentile(settings.percentile, of: vcpus)
    let used = Self.percentile(settings.percentile, of: kept)
    usedMemory = used
    isMemoryImputed = samples.allSatisfy {
      $0.isImputed || UsageSample.share($0.usedMiB, of: $0.requestedMiB) != used
    }
    neededVCPUs = usedVCPUs.map { Self.raised($0, by: settings.marginPercent) } ?? 1_000_000
    neededMemory = Self.raised(usedMemory, by: settings.memoryMarginPercent)
    if settings.coversPeaks, let largest = kept.last { neededMemory = max(neededMemory, largest) }
  }

  /// Nearest rank: the smallest value that at least this percentage of the values do not exceed.
  static func percentile(_ percent: Int, of sorted: [Int64]) -> Int64 {
    let rank = (sorted.count * min(max(percent, 1), 100) + 99) / 100
    return sorted[max(0, rank - 1)]
  }

  static func raised(_ value: Int64, by percent: Int) -> Int64 { (value * Int64(100 + percent) + 99) / 100 }

  private static func fence(_ sorted: [Int64], _ settings: SizingSettings) -> Int64 {
    guard sorted.count >= settings.outlierSamples else { return .max }
    let (low, high) = (percentile(25, of: sorted), percentile(75, of: sorted))
    return high + settings.outlierSpread * max(high - low, high / 10)
  }
}
