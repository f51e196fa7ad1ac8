import Accounting
import Domain
import Store

/// A posting to an attempt of a job with a failed attempt, or of one that ran On-Demand in a Spot-first queue. Moments
/// are in milliseconds since 1970, money in nanodollars.
struct AuditedPosting: Sendable {
  var attempt: Int64
  var resource: Int64
  var day: Day
  var isStartup: Bool
  var milliseconds: Int64
  var cost: Int64?
  var onDemand: Int64?
  /// The attempt's, as in `AttemptTable`.
  var queue: Int32
  var started, stopped: Int64
  /// The attempt was lost with its host.
  var isLost: Bool

  init(_ posting: AttemptPosting, _ block: JobBlock) {
    let attempt = block.attempts[Int(posting.position)]
    (self.attempt, resource, day) = (posting.attempt, Int64(posting.resource), Day(number: posting.day))
    (isStartup, milliseconds, cost, onDemand) = (
      posting.isStartup, posting.milliseconds, posting.cost, posting.onDemand
    )
    (queue, started, stopped) = (attempt.queue, attempt.started, attempt.stopped)
    isLost = block.failed.isLost(posting.attempt)
  }
}

/// Finds the rows of `on_demand_run`.
struct OnDemandAuditor {
  private let view: LedgerView
  private let crowding: SpotCrowding
  private let spotFirst: [Int32: Int64]
  /// By `resource.id`.
  private let isOnDemandInstance: ContiguousArray<Bool>
  private let tasks: FargateTask

  /// What is known of the postings that are audited together.
  private struct Known {
    /// By work: its attempts that were lost on Spot, in order, and where.
    var losses: [Int64: [Int64: Int64]] = [:]
    var startup: [Int64: Int64] = [:]
    var counterfactuals: [Int64: SpotCounterfactual?] = [:]
  }

  init(_ view: LedgerView, _ connection: Connection) throws {
    self.view = view
    crowding = try SpotCrowding(connection, view.queues)
    var spotFirst: [Int32: Int64] = [:]
    for (queue, facts) in view.queues { spotFirst[Int32(truncatingIfNeeded: queue)] = facts.spotFirst }
    self.spotFirst = spotFirst
    var isOnDemandInstance = ContiguousArray(repeating: false, count: Int(view.resources.rows.last?.id ?? -1) + 1)
    for row in view.resources.rows where row.isOnDemandInstance { isOnDemandInstance[Int(row.id)] = true }
    self.isOnDemandInstance = isOnDemandInstance
    tasks = try FargateTask(connection)
  }

  func isAudited(_ posting: AttemptPosting, _ block: JobBlock) -> Bool {
    isOnDemand(Int64(posting.resource)) && spotFirst[block.attempts[Int(posting.position)].queue] != nil
      || block.failed.jobs.contains(posting.job)
  }

  /// Whether it is an On-Demand instance's in a queue that tries Spot first.
  func isSpotFirst(_ posting: AuditedPosting) -> Bool {
    isOnDemand(posting.resource) && spotFirst[posting.queue] != nil
  }

  private func isOnDemand(_ resource: Int64) -> Bool {
    resource < isOnDemandInstance.count && isOnDemandInstance[Int(resource)]
  }

  /// - Parameter postings: all that are audited of the works in it.
  func rows(_ postings: [AuditedPosting]) throws -> [OnDemandRun] {
    var known = Known()
    for posting in postings {
      if posting.isStartup { known.startup[posting.attempt, default: 0] += posting.milliseconds }
      guard posting.isLost, view.resources[posting.resource]?.isSpot == true else { continue }
      known.losses[view.reruns.work(of: posting.attempt), default: [:]][view.reruns.order(of: posting.attempt)] =
        posting.resource
    }
    var rows: [OnDemandRun] = []
    for posting in postings {
      guard let resource = view.resources[posting.resource], resource.isOnDemand, let cost = posting.cost else {
        continue
      }
      let spotFirst = resource.isInstance ? spotFirst[posting.queue] : nil
      let lostOn = lastLoss(before: posting.attempt, known)
      guard lostOn != nil || spotFirst != nil else { continue }
      let spot = try spotCost(posting, resource, &known)
      rows.append(
        OnDemandRun(
          attempt: posting.attempt, day: posting.day, resource: posting.resource, queue: Int64(posting.queue),
          isRerun: lostOn != nil, isSpotFirst: spotFirst != nil,
          reason: lostOn != nil ? .spotLost : reason(posting.attempt, spotFirst, posting.started),
          milliseconds: posting.milliseconds, cost: cost, spotCost: spot, lostOn: lostOn))
    }
    return Self.merged(rows.sorted { $0.key < $1.key })
  }

  /// One row an attempt's day on a resource: its postings may be several.
  private static func merged(_ rows: [OnDemandRun]) -> [OnDemandRun] {
    var merged: [OnDemandRun] = []
    merged.reserveCapacity(rows.count)
    for row in rows {
      if let last = merged.last, last.key == row.key {
        merged[merged.count - 1].milliseconds += row.milliseconds
        merged[merged.count - 1].cost += row.cost
        merged[merged.count - 1].spotCost = last.spotCost.flatMap { known in row.spotCost.map { known + $0 } }
      } else {
        merged.append(row)
      }
    }
    return merged
  }

  /// The resource of the work's last loss on Spot before this attempt; nil if there was none.
  private func lastLoss(before attempt: Int64, _ known: Known) -> Int64? {
    guard let losses = known.losses[view.reruns.work(of: attempt)] else { return nil }
    let order = view.reruns.order(of: attempt)
    return losses.filter { $0.key < order }.max { $0.key < $1.key }?.value
  }

  private func reason(_ attempt: Int64, _ spotFirst: Int64?, _ started: Int64) -> OnDemandRun.Reason {
    if view.reruns.order(of: attempt) > 1 { return .retried }
    guard let spotFirst else { return .spotUnavailable }
    return crowding.isAtMaximum(spotFirst, at: Instant(milliseconds: started)) ? .spotAtMaximum : .spotUnavailable
  }

  private func spotCost(
    _ posting: AuditedPosting, _ resource: ResourceRow, _ known: inout Known
  ) throws -> Int64? {
    guard let equivalent = posting.onDemand else { return nil }
    if resource.isTask {
      let region = view.prices.region(of: resource)
      return try tasks.terms(of: posting.attempt, on: resource.id, isSpot: false, region: region)
        .flatMap { view.prices.spotCost(of: resource, $0, insteadOf: equivalent) }
    }
    let counterfactual: SpotCounterfactual?
    if let found = known.counterfactuals[resource.id] {
      counterfactual = found
    } else {
      counterfactual = view.prices.counterfactual(of: resource)
      known.counterfactuals[resource.id] = .some(counterfactual)
    }
    return counterfactual?.cost(insteadOf: equivalent, over: span(posting, resource, known))
  }

  /// The part of the attempt's time covered by the posting.
  private func span(_ posting: AuditedPosting, _ resource: ResourceRow, _ known: Known) -> TimeSpan {
    let (started, stopped) = (posting.started, posting.stopped)
    let from = posting.isStartup ? started - (known.startup[posting.attempt] ?? 0) : started
    let to = posting.isStartup ? started : stopped < 0 ? resource.span.end.milliseconds : stopped
    let day = posting.day.start.milliseconds
    return TimeSpan(
      Instant(milliseconds: max(from, day, resource.span.start.milliseconds)),
      Instant(milliseconds: min(to, day + millisecondsPerDay, resource.span.end.milliseconds)))
  }
}
