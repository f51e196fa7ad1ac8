#if canImport(Glibc)
  import Glibc
#endif

/// The limits of plausible values. A number or a time beyond them is a mistake in the source: the reader refuses it
/// with a finding, and the ledger treats it as unknown, so that no sum can overflow.
///
/// The largest instance type of 2026 has 1,920 vCPUs and 32 TiB (u7inh-32tb.480xlarge), and none lists for a thousand
/// dollars an hour (EC2's price list).
package enum Plausible {
  /// Up to 8,192 vCPUs.
  package static let milliVCPUs: ClosedRange<Int64> = 0...8_192_000
  /// Up to 128 TiB.
  package static let memoryMiB: ClosedRange<Int64> = 0...(128 << 20)
  package static let gpus: ClosedRange<Int64> = 0...256
  /// Up to 64 TiB.
  package static let storageGiB: ClosedRange<Int64> = 0...65_536
  /// Provisioned for a volume; io2 Block Express has up to 256,000.
  package static let iops: ClosedRange<Int64> = 0...1_000_000
  /// Provisioned for a volume, in MiB per second; gp3 has up to 2,000.
  package static let throughputMiBps: ClosedRange<Int64> = 0...100_000
  /// Nanodollars per hour: up to $10,000.
  package static let rate: ClosedRange<Int64> = 0...10_000_000_000_000
  /// What one resource can have cost: up to $10,000,000.
  package static let cost: ClosedRange<Int64> = 0...10_000_000_000_000_000

  /// Milliseconds since 1970: from 2006, when EC2 opened, to five years from now.
  package static let times: Range<Int64> =
    Day(year: 2006, month: 1, day: 1).start
    .milliseconds..<max(
      Day(year: 2032, month: 1, day: 1).start.milliseconds, Int64(time(nil)) * 1000 + 5 * 366 * millisecondsPerDay)

  /// - Returns: the capacity or reservation; nil if it is not plausible.
  package static func resources(milliVCPUs: Int64, memoryMiB: Int64, gpus: Int64) -> Resources? {
    guard self.milliVCPUs.contains(milliVCPUs), self.memoryMiB.contains(memoryMiB), self.gpus.contains(gpus) else {
      return nil
    }
    return Resources(milliVCPUs: milliVCPUs, memoryMiB: memoryMiB, gpus: gpus)
  }
}

extension ClosedRange<Int64> {
  /// The nearest value within the range.
  package func clamp(_ value: Int64) -> Int64 { Swift.min(Swift.max(value, lowerBound), upperBound) }
}

extension Instant {
  /// Nil if the time is unknown or not plausible.
  package init?(plausible milliseconds: Int64?) {
    guard let milliseconds, Plausible.times.contains(milliseconds) else { return nil }
    self.init(milliseconds: milliseconds)
  }
}
