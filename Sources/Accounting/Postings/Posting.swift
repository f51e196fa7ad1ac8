import Domain

/// What one account, or one attempt, bears of a resource's charges on one UTC day.
package struct Posting: Equatable, Sendable {
  /// UTC; a charge that crosses midnight is cut there.
  package var day: Day
  /// What the cost is for: attempts, startup, or a cause of unused capacity.
  package var account: Account
  /// Position of the attempt among those passed to the poster; nil for unused cost.
  package var attempt: Int?
  /// Where the price of its charges comes from; `none` if they are unpriced.
  package var source: PriceSource
  /// The time that the row covers.
  package var milliseconds: Int64
  /// Reserved by the attempt, or free in unused rows: resource-time in milli-vCPU·ms, MiB·ms and GPU·ms.
  package var resourceTime: Resources
  /// The part of this row's time whose charge is unpriced, in billed milliseconds.
  package var unpricedMilliseconds: Int64
  /// Nil if none of it is priced.
  package var cost: Money?
  /// The same time at the On-Demand rate; nil if none of it has one.
  package var onDemand: Money?
  /// Unused cost that this attempt would bear in addition to `cost` under the policy `instance`; zero on unused rows.
  package var unusedByInstance = Money.zero
  /// The same under the policy `aws`.
  package var unusedByAWS = Money.zero
  /// The commitment that covers it; nil: the resource's own purchase option.
  package var option: PurchaseOption?

  package init(
    day: Day, account: Account, attempt: Int?, source: PriceSource, milliseconds: Int64, resourceTime: Resources,
    unpricedMilliseconds: Int64, cost: Money?, onDemand: Money?, unusedByInstance: Money = .zero,
    unusedByAWS: Money = .zero, option: PurchaseOption? = nil
  ) {
    (self.day, self.account, self.attempt, self.source) = (day, account, attempt, source)
    (self.milliseconds, self.resourceTime) = (milliseconds, resourceTime)
    self.unpricedMilliseconds = unpricedMilliseconds
    (self.cost, self.onDemand) = (cost, onDemand)
    (self.unusedByInstance, self.unusedByAWS, self.option) = (unusedByInstance, unusedByAWS, option)
  }
}

/// A job attempt as seen from its instance.
package struct Residence: Equatable, Sendable {
  /// Start of image pull, or of the attempt if that is unknown.
  package var placed: Instant
  /// When the attempt's container started, `startedAt` of Batch; until then it is `startup`.
  package var started: Instant
  /// `stoppedAt`, or the time of collection while it runs.
  package var stopped: Instant
  /// What the attempt asked for.
  package var reserved: Resources
  /// What is reserved, or what is used if usage is known and larger.
  package var allocated: Resources
  /// A node of a multi-node job, which has its instance to itself.
  package var exclusive: Bool

  package init(
    placed: Instant, started: Instant, stopped: Instant, reserved: Resources, used: Resources = .zero,
    exclusive: Bool = false
  ) {
    self.placed = placed
    self.started = started
    self.stopped = stopped
    self.reserved = reserved
    self.allocated = reserved.union(used)
    self.exclusive = exclusive
  }
}
