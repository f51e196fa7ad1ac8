import Accounting
import Domain
import Store

/// Attempts that ran On-Demand although Spot was intended: re-runs after a lost Spot host, and the work on EC2 of queues
/// that try a Spot environment first.
///
///     premium = cost − what the same zone and type would have cost on Spot at each of its instance-hours; on Fargate,
///               what the same task would have cost on Fargate Spot
///
/// A re-run is any later attempt of a job that lost an attempt on Spot. Without such a price the premium is unknown and
/// adds nothing to the audit. See the measure "What On-Demand time would have cost on Spot" and the method page, §7.10.
struct OnDemandRun: Equatable {
  /// Why it did not run on Spot, as far as the data show.
  enum Reason: String {
    /// An earlier attempt of the job was lost with its Spot host.
    case spotLost = "spot-lost"
    /// An earlier attempt failed for another reason.
    case retried
    /// The queue's Spot environment had reached its maximum vCPUs in that hour.
    case spotAtMaximum = "spot-at-maximum"
    /// It had room, so EC2 had no capacity for it, or not in time.
    case spotUnavailable = "spot-unavailable"
  }

  /// `attempt.id`; `resource` and `queue` are rows too.
  var attempt: Int64
  var day: Day
  var resource: Int64
  var queue: Int64
  var isRerun: Bool
  var isSpotFirst: Bool
  var reason: Reason
  var milliseconds: Int64
  /// Nanodollars.
  var cost: Int64
  /// What it would have cost on Spot, in nanodollars; nil if no price says so.
  var spotCost: Int64?
  /// For a re-run: the Spot resource on which the job was last lost before it.
  var lostOn: Int64?

  /// An attempt's day on a resource: the key of the table.
  var key: (Int64, Int32, Int64) { (attempt, day.number, resource) }
}

private enum OnDemandRunColumn: Int32, TableColumns {
  case attempt, day, resource, jobQueue, rerun, spotFirst, why, ms, cost, spotCost, lostOn
  static let table = "on_demand_run"
}

/// Tries of clients at one piece of work may be in several blocks: their postings wait for the last one.
private struct OnDemandRuns: JobGathering {
  private let view: LedgerView
  private let writer: TableWriter<OnDemandRunColumn>
  private let auditor: OnDemandAuditor
  private var ofSeveralTries: [AuditedPosting] = []
  private var failed: Set<Int64> = []

  init(_ view: LedgerView, _ connection: Connection) throws {
    self.view = view
    writer = try TableWriter(connection)
    auditor = try OnDemandAuditor(view, connection)
  }

  mutating func add(_ block: JobBlock) throws {
    var own: [AuditedPosting] = []
    for posting in block.postings {
      if view.reruns.isOneOfSeveral(posting.job) {
        ofSeveralTries.append(AuditedPosting(posting, block))
      } else if auditor.isAudited(posting, block) {
        own.append(AuditedPosting(posting, block))
      }
    }
    failed.formUnion(block.failed.followers)
    failed.formUnion(block.failed.jobs.filter(view.reruns.isOneOfSeveral))
    try write(own)
  }

  func finish() throws {
    try write(ofSeveralTries.filter { failed.contains(AttemptID.job(of: $0.attempt)) || auditor.isSpotFirst($0) })
  }

  private func write(_ postings: [AuditedPosting]) throws {
    for row in try auditor.rows(postings) {
      writer.put(.attempt, row.attempt)
      writer.put(.day, row.day.number)
      writer.put(.resource, row.resource)
      writer.put(.jobQueue, row.queue)
      writer.put(.rerun, row.isRerun)
      writer.put(.spotFirst, row.isSpotFirst)
      writer.put(.why, row.reason.rawValue)
      writer.put(.ms, row.milliseconds)
      writer.put(.cost, row.cost)
      writer.put(.spotCost, row.spotCost)
      writer.put(.lostOn, row.lostOn)
      try writer.write()
    }
  }
}

extension Insight {
  static let onDemandRuns = Insight.ofJobs(
    "On-Demand instead of Spot", tables: ["on_demand_run"], by: .attempt, OnDemandRuns.self)
}
