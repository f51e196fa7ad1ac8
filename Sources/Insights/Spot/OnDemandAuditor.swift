import Accounting
import Domain
import Store

/// Finds the rows of `on_demand_run`.
struct OnDemandAuditor {
  private let view: LedgerView
  private let crowding: SpotCrowding
  /// By work: its attempts that were lost on Spot, in order, and where.
  private var losses: [Int64: [Int64: Int64]] = [:]
  private var startup: [Int64: Int64] = [:]
  private var counterfactuals: [Int64: SpotCounterfactual?] = [:]

  init(_ view: LedgerView, _ connection: Connection) throws {
    self.view = view
    for posting in view.postings.audited {
      if posting.isStartup { startup[posting.attempt, default: 0] += posting.milliseconds }
      guard view.failed.isLost(posting.attempt), view.resources[posting.resource]?.isSpot == true else {
        continue
      }
      losses[view.reruns.work(of: posting.attempt), default: [:]][view.reruns.order(of: posting.attempt)] =
        posting.resource
    }
    crowding = try SpotCrowding(connection, view.queues)
  }

  mutating func rows() throws -> [OnDemandRun] {
    var rows: [PostingKey: OnDemandRun] = [:]
    for posting in view.postings.audited {
      guard let resource = view.resources[posting.resource], resource.isOnDemandInstance, let cost = posting.cost,
        let position = view.attempts.position(of: posting.attempt)
      else { continue }
      let queue = Int64(view.attempts[position].queue)
      let spotFirst = view.queues[queue]?.spotFirst
      let lostOn = lastLoss(before: posting.attempt)
      guard lostOn != nil || spotFirst != nil else { continue }
      let spot = spotCost(posting, resource, position)
      let key = PostingKey(posting)
      if var row = rows[key] {
        row.milliseconds += posting.milliseconds
        row.cost += cost
        row.spotCost = row.spotCost.flatMap { known in spot.map { known + $0 } }
        rows[key] = row
      } else {
        rows[key] = OnDemandRun(
          attempt: posting.attempt, day: posting.day, resource: posting.resource, queue: queue, isRerun: lostOn != nil,
          isSpotFirst: spotFirst != nil,
          reason: lostOn != nil
            ? .spotLost : reason(posting.attempt, spotFirst, view.attempts[position].started),
          milliseconds: posting.milliseconds, cost: cost, spotCost: spot, lostOn: lostOn)
      }
    }
    return rows.sorted { $0.key < $1.key }.map(\.value)
  }

  /// The resource of the work's last loss on Spot before this attempt; nil if there was none.
  private func lastLoss(before attempt: Int64) -> Int64? {
    let order = view.reruns.order(of: attempt)
    return losses[view.reruns.work(of: attempt)]?.filter { $0.key < order }.max { $0.key < $1.key }?.value
  }

  private func reason(_ attempt: Int64, _ spotFirst: Int64?, _ started: Int64) -> OnDemandRun.Reason {
    if view.reruns.order(of: attempt) > 1 { return .retried }
    guard let spotFirst else { return .spotUnavailable }
    return crowding.isAtMaximum(spotFirst, at: Instant(milliseconds: started)) ? .spotAtMaximum : .spotUnavailable
  }

  private mutating func spotCost(_ posting: AuditedPosting, _ resource: ResourceRow, _ position: Int) -> Int64? {
    guard let equivalent = posting.onDemand else { return nil }
    let counterfactual: SpotCounterfactual?
    if let known = counterfactuals[resource.id] {
      counterfactual = known
    } else {
      counterfactual = view.prices.counterfactual(of: resource)
      counterfactuals[resource.id] = .some(counterfactual)
    }
    return counterfactual?.cost(insteadOf: equivalent, over: span(posting, resource, position))
  }

  /// The part of the attempt's time covered by the posting.
  private func span(_ posting: AuditedPosting, _ resource: ResourceRow, _ position: Int) -> TimeSpan {
    let started = view.attempts[position].started
    let stopped = view.attempts[position].stopped
    let from = posting.isStartup ? started - (startup[posting.attempt] ?? 0) : started
    let to = posting.isStartup ? started : stopped < 0 ? resource.span.end.milliseconds : stopped
    let day = posting.day.start.milliseconds
    return TimeSpan(
      Instant(milliseconds: max(from, day, resource.span.start.milliseconds)),
      Instant(milliseconds: min(to, day + millisecondsPerDay, resource.span.end.milliseconds)))
  }
}
