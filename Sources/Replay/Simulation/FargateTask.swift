import Domain
import Insights

/// What a job takes on Fargate: one of Fargate's sizes.
enum FargateTask {
  /// Where a size has too much of both, the vCPUs cost more: 9.1 : 1, the proportion of the rates in every region.
  private static func weight(_ size: Resources) -> Int64 { size.milliVCPUs * 91 * 1024 / 10_000 + size.memoryMiB }

  /// Nil where none is large enough.
  static func size(holding need: Need) -> Resources? {
    need.gpus > 0 ? nil : FargateSizes.smallest(holding: need.resources, weight)
  }
}
