/// How an environment chooses an instance type (AWS Batch User Guide, "Instance type allocation strategies").
package enum Strategy: String, CaseIterable, Sendable {
  /// The cheapest type that fits the job; if it is not available, the job waits.
  case bestFit = "BEST_FIT"
  /// The lowest price per vCPU among types that fit the job.
  case bestFitProgressive = "BEST_FIT_PROGRESSIVE"
  /// The first type in the environment's list that fits the job.
  case bestFitProgressiveOrdered = "BEST_FIT_PROGRESSIVE_ORDERED"
  /// The pool that is reclaimed least, at any price.
  case spotCapacityOptimized = "SPOT_CAPACITY_OPTIMIZED"
  /// Among the pools that are reclaimed about as rarely as the best, the first type in the list.
  case spotCapacityOptimizedPrioritized = "SPOT_CAPACITY_OPTIMIZED_PRIORITIZED"
  /// Among the pools that are reclaimed about as rarely as the best, the lowest price per vCPU.
  case spotPriceCapacityOptimized = "SPOT_PRICE_CAPACITY_OPTIMIZED"

  /// Whether an environment of Spot instances may use it.
  package var isForSpot: Bool { self != .bestFitProgressiveOrdered }
  /// Whether an environment of On-Demand instances may use it.
  package var isForOnDemand: Bool {
    switch self {
    case .bestFit, .bestFitProgressive, .bestFitProgressiveOrdered: true
    case .spotCapacityOptimized, .spotCapacityOptimizedPrioritized, .spotPriceCapacityOptimized: false
    }
  }
  /// Whether one instance may exceed the maximum vCPUs (same page: all but BEST_FIT On-Demand).
  func mayExceedMaximum(isSpot: Bool) -> Bool { isSpot || self != .bestFit }
}
