/// Why a compute environment should change; what each rule promises, and on what condition, is on the page *Advice on
/// compute environments*. Raw values are those of `advice.rule`.
package enum AdviceRule: String, CaseIterable, Comparable, Sendable {
  /// Instances with less memory a vCPU hold what jobs reserve.
  case family
  /// Small jobs cost less as Fargate tasks.
  case fargate
  /// The next generation lists for less.
  case generation
  /// Jobs hold few of the GPUs of large types: smaller types would do.
  case gpuSize = "gpu-size"
  /// Jobs fill little of large types: smaller types would do.
  case instanceSize = "instance-size"
  /// Minimum vCPUs keep instances running without jobs.
  case minimumVCPUs = "minimum-vcpus"
  /// A little less memory would let one more job fit on an instance.
  case packing
  /// Jobs whose Spot host was lost were run again On-Demand.
  case retryOnSpot = "retry-on-spot"
  /// Instances wait long after their last job.
  case scaleDown = "scale-down"
  /// Short attempts run On-Demand that could run on Spot.
  case spotShare = "spot-share"

  package static func < (one: AdviceRule, other: AdviceRule) -> Bool { one.rawValue < other.rawValue }
}
