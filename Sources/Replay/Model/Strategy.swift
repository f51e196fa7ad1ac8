/// How an environment chooses an instance type (AWS Batch User Guide, "Instance type allocation strategies").
package enum Strategy: String, CaseIterable, Sendable {
  /// The cheapest type that holds the job; where it is short, the job waits.
  case bestFit = "BEST_FIT"
  /// The least price of a vCPU among types that hold the job.
  case bestFitProgressive = "BEST_FIT_PROGRESSIVE"
  /// The first type of the environment's list that holds the job.
  case bestFitProgressiveOrdered = "BEST_FIT_PROGRESSIVE_ORDERED"
  /// The pool that is taken back least, whatever it costs.
  case spotCapacityOptimized = "SPOT_CAPACITY_OPTIMIZED"
  /// Of the pools that are taken back about as little as the least, the first type of the list.
  case spotCapacityOptimizedPrioritized = "SPOT_CAPACITY_OPTIMIZED_PRIORITIZED"
  /// Of the pools that are taken back about as little as the least, the least price of a vCPU.
  case spotPriceCapacityOptimized = "SPOT_PRICE_CAPACITY_OPTIMIZED"

  /// Whether an environment of Spot instances may have it.
  package var isForSpot: Bool { self != .bestFitProgressiveOrdered }
  /// Whether one of On-Demand instances may.
  package var isForOnDemand: Bool {
    switch self {
    case .bestFit, .bestFitProgressive, .bestFitProgressiveOrdered: true
    case .spotCapacityOptimized, .spotCapacityOptimizedPrioritized, .spotPriceCapacityOptimized: false
    }
  }
  /// Whether the maximum of vCPUs may be exceeded by one instance (the same page: all but BEST_FIT On-Demand).
  func mayExceedMaximum(isSpot: Bool) -> Bool { isSpot || self != .bestFit }
}
