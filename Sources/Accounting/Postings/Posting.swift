import Domain

/// What one account, or one attempt, bears of a resource's charges on one UTC day.
package struct Posting: Equatable, Sendable {
  package var day: Day
  package var account: Account
  /// Position of the attempt among those handed to the poster; nil for unused cost.
  package var attempt: Int?
  package var source: PriceSource
  /// The time that the row covers.
  package var milliseconds: Int64
  /// Reserved by the attempt, or free: resource-time in milli-vCPU·ms, MiB·ms and GPU·ms.
  package var resourceTime: Resources
  /// Time of this row whose charge is unpriced, billed milliseconds.
  package var unpricedMilliseconds: Int64
  /// Nil: none of it is priced.
  package var cost: Money?
  package var onDemand: Money?
  /// Unused cost that this attempt would bear beside `cost` under the policy `instance`; zero on unused rows.
  package var unusedByInstance = Money.zero
  /// The same under the policy `aws`.
  package var unusedByAWS = Money.zero
  /// The commitment that covers it; nil: how the resource itself was bought.
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

/// A job attempt as the instance saw it.
package struct Residence: Equatable, Sendable {
  /// Start of image pull, or of the attempt where that is unknown.
  package var placed: Instant
  package var started: Instant
  package var stopped: Instant
  package var reserved: Resources
  /// Reserved, or used where usage is known and larger.
  package var allocated: Resources
  /// A node of a multi-node job: has its instance to itself.
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
