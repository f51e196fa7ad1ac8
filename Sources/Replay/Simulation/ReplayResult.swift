import Domain

/// The result of a replay, or of what really happened, in a period.
package struct ReplayResult: Sendable, Equatable {
  /// In the model's order; a scenario's own environments come last.
  package var environments: [EnvironmentResult]
  /// In the model's order.
  package var queues: [QueueResult]
  /// Nanodollars by `PurchaseOption.rawValue`.
  package var byOption: [Int64]
  /// For all jobs together: 95 of 100 waited less for their first start, in milliseconds. 0 for what really happened.
  package var waitP95: Int64 = 0
  /// The part of the jobs that answers are narrowed to.
  package var narrowed = NarrowedResult()
  /// The number of events; 0 for what really happened.
  package var events = 0

  /// Nanodollars, of the days of the period; without what has no price.
  package var cost: Int64 { environments.reduce(0) { $0 + $1.cost } }
  /// Billed time that `cost` lacks.
  package var unpricedMilliseconds: Int64 { environments.reduce(0) { $0 + $1.unpricedMilliseconds } }
  /// Instances that EC2 took back in the period.
  package var reclaims: Int { environments.reduce(0) { $0 + $1.reclaims } }
}

/// What some jobs' attempts cost among all others.
package struct NarrowedResult: Sendable, Equatable {
  /// Attempts and startup, nanodollars of the days of the period.
  package var cost: Int64 = 0
  /// 95 of 100 of them waited less for their first start, in milliseconds.
  package var waitP95: Int64 = 0
}

/// One compute environment in a period.
package struct EnvironmentResult: Sendable, Equatable {
  package var name: String
  /// Nanodollars, of the days of the period.
  package var cost: Int64 = 0
  /// By `Account.rawValue`: they add up to the cost.
  package var accounts = [Int64](repeating: 0, count: Account.allCases.count)
  /// Billed in the period, milliseconds.
  package var instanceMilliseconds: Int64 = 0
  /// Those that ran in the period, if only for a part of it; Fargate tasks too.
  package var instances = 0
  /// Those of them that EC2 took back in it.
  package var reclaims = 0
  /// Billed time without a price; 0 for what really happened.
  package var unpricedMilliseconds: Int64 = 0
  /// vCPUs that attempts reserved, in milli-vCPU·ms.
  package var reserved: Int64 = 0
  /// vCPUs of instances, in milli-vCPU·ms.
  package var offered: Int64 = 0

  package init(name: String) { self.name = name }

  /// The share of the vCPUs that was reserved; nil if there were none.
  package var utilization: Double? { offered > 0 ? Double(reserved) / Double(offered) : nil }
}

/// One job queue in a period.
package struct QueueResult: Sendable, Equatable {
  package var name: String
  /// Jobs that became runnable in the period.
  package var jobs = 0
  /// From runnable to the first start, in milliseconds.
  package var waitMedian: Int64 = 0
  /// 95 of 100 jobs waited no longer.
  package var waitP95: Int64 = 0
  /// The longest wait.
  package var waitMaximum: Int64 = 0
  /// From the first job to become runnable to the last end, in milliseconds.
  package var makespan: Int64 = 0
  /// Jobs that had not started when the period ended.
  package var waiting = 0

  package init(name: String) { self.name = name }

  /// - Parameters:
  ///   - waits: of the jobs that started, in milliseconds; they are sorted here.
  ///   - waiting: jobs that did not start.
  ///   - first: when the first job became runnable, in milliseconds since 1970.
  ///   - last: when the last attempt ended.
  package init(name: String, waits: inout [Int64], waiting: Int, first: Int64, last: Int64) {
    self.init(name: name)
    jobs = waits.count + waiting
    self.waiting = waiting
    makespan = max(0, last - first)
    guard !waits.isEmpty else { return }
    waits.sort()
    waitMedian = Self.percentile(waits, 50)
    waitP95 = Self.percentile(waits, 95)
    waitMaximum = waits[waits.count - 1]
  }

  /// The smallest value that at least this many percent do not exceed (nearest rank).
  static func percentile(_ sorted: [Int64], _ percent: Int) -> Int64 {
    sorted[max(0, (sorted.count * percent + 99) / 100 - 1)]
  }
}
