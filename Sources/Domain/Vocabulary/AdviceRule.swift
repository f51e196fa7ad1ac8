/// Why a compute environment should change. Raw values are those of `advice.rule`.
package enum AdviceRule: String, CaseIterable, Comparable, Sendable {
  case family
  case fargate
  case generation
  case gpuSize = "gpu-size"
  case instanceSize = "instance-size"
  case minimumVCPUs = "minimum-vcpus"
  case packing
  case retryOnSpot = "retry-on-spot"
  case scaleDown = "scale-down"
  case spotShare = "spot-share"

  package static func < (one: AdviceRule, other: AdviceRule) -> Bool { one.rawValue < other.rawValue }
}
