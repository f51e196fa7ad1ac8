import Domain
import Insights

/// The Fargate size for a job.
enum FargateTask {
  /// If two sizes both have too much, vCPUs cost more: 9.1 : 1, the ratio of the rates in every region.
  private static func weight(_ size: Resources) -> Int64 { size.milliVCPUs * 91 * 1024 / 10_000 + size.memoryMiB }

  /// Nil if none is large enough.
  static func size(holding need: Need) -> Resources? {
    need.gpus > 0 ? nil : FargateSizes.smallest(holding: need.resources, weight)
  }
}
