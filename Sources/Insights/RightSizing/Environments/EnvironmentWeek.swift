import Accounting
import Domain

/// What one compute environment ran in one ISO week, by instance type. Money is in nanodollars, time in milliseconds.
package struct EnvironmentWeek: Sendable {
  /// `2026-W43`
  package var week: String
  /// Row of `compute_environment`.
  package var id: Int64
  package var name: String
  package var account = ""
  package var region = ""
  /// EC2, SPOT; empty if the environment was never described.
  package var resourceType = ""
  /// 0 also if the environment was never described; so is the delay.
  package var minimumVCPUs: Int64 = 0
  /// `scaleDownDelayMinutes` of the environment: how long idle instances stay.
  package var scaleDownDelayMinutes: Int64 = 0
  /// One for each instance type that ran.
  package var uses: [TypeUse] = []
  /// All work of single-instance jobs, one for each queue, definition and instance type.
  package var jobWork: [Work] = []
  /// One for each queue that has some.
  package var reruns: [Reruns] = []

  package init(week: String, id: Int64, name: String) {
    self.week = week
    self.id = id
    self.name = name
  }

  package var isSpot: Bool { EnvironmentType(resourceType) == .spot }
  /// Work and unused cost.
  package var cost: Int64 { uses.reduce(0) { $0 + $1.cost } }
  /// The part that attempts and startup bear.
  package var work: Int64 { uses.reduce(0) { $0 + $1.work } }

  func unused(_ account: Account) -> Int64 { uses.reduce(0) { $0 + ($1.unused[account] ?? 0) } }
}

/// One instance type of an environment and week.
package struct TypeUse: Sendable {
  package var type: String
  /// The type's; zero if it was never described.
  package var capacity: Resources
  /// Those that ran in the week, if only for a part of it.
  package var instances: Int64 = 0
  /// Work and unused cost.
  package var cost: Int64 = 0
  /// Attempts and startup.
  package var work: Int64 = 0
  /// By unused account; those without cost are missing.
  package var unused: [Account: Int64] = [:]
  /// Capacity-time, in milli-vCPU·ms, MiB·ms and GPU·ms.
  package var offered = Resources.zero
  /// The part of it that attempts reserved.
  package var reserved = Resources.zero
  /// GPU·ms reserved by attempts with one GPU on instances with several.
  package var singleGPUTime: Int64 = 0
  /// How many such attempts there were.
  package var singleGPUAttempts: Int64 = 0

  package init(type: String, capacity: Resources) {
    self.type = type
    self.capacity = capacity
  }
}

/// Work of one job queue and definition in an environment and week, taken together.
package struct Work: Sendable {
  package var queue: String
  package var definition: String
  /// Whether the queue has no Spot environment at all.
  package var isOnDemandOnly: Bool
  package var instanceType: String
  /// Attempts and startup, nanodollars.
  package var cost: Int64
  package var attempts: Int64
  /// The attempts' time, added up.
  package var milliseconds: Int64
  /// In milli-vCPU·ms, MiB·ms and GPU·ms.
  package var resourceTime: Resources

  /// The average size and running time of its attempts.
  var averageSize: Resources {
    guard milliseconds > 0 else { return .zero }
    return Resources(
      milliVCPUs: resourceTime.milliVCPUs / milliseconds, memoryMiB: resourceTime.memoryMiB / milliseconds,
      gpus: (resourceTime.gpus + milliseconds - 1) / milliseconds)
  }
  var averageMilliseconds: Int64 { attempts > 0 ? milliseconds / attempts : .max }
}

/// Attempts that ran On-Demand after an attempt of the same job was lost with its Spot host.
package struct Reruns: Sendable {
  /// The queue's name, with region or account behind it where several share it.
  package var queue: String
  package var attempts: Int64
  /// What they cost On-Demand.
  package var cost: Int64
  /// What they would have cost at the Spot price of their zone and type when they started.
  package var spotCost: Int64
}
