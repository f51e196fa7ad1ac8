import Domain
import Store

/// The cost of a job, by its step and the day on which it ended.
///
///     cost per job            = Σ cost of jobs that ended ÷ jobs that ended
///     cost per succeeded job  = the same cost ÷ jobs that succeeded, so it includes the failed ones
///
/// of jobs whose cost is known: the others are kept apart.
///
/// A job's cost is the cost of all its attempts, whenever they ran: attempt and startup, without unused. Array children
/// are jobs, parents are not; a multi-node job is one job with all its nodes.
struct UnitCost: Equatable {
  struct Key: PackedKey, Comparable {
    var day: Int32
    var queue: Int32
    /// Position in `JobIdentities.steps`.
    var step: Int32
    var isPriced: Bool

    var word: UInt64 {
      UInt64(UInt32(bitPattern: day)) << 40 ^ UInt64(UInt32(bitPattern: queue)) << 24
        ^ UInt64(UInt32(bitPattern: step)) << 1 ^ (isPriced ? 1 : 0)
    }

    static func < (a: Key, b: Key) -> Bool {
      if (a.day, a.queue, a.step) != (b.day, b.queue, b.step) {
        return (a.day, a.queue, a.step) < (b.day, b.queue, b.step)
      }
      return !a.isPriced && b.isPriced
    }
  }

  /// Those that ended; of a multi-node job, one.
  var jobs: Int64 = 0
  var succeeded: Int64 = 0
  /// Nanodollars.
  var cost: Int64 = 0
  /// The part of it for jobs that did not succeed.
  var failedCost: Int64 = 0

  mutating func add(_ job: EndedJob) {
    let counts: Int64 = job.isCounted ? 1 : 0
    jobs += counts
    succeeded += job.succeeded ? counts : 0
    cost += job.cost
    failedCost += job.succeeded ? 0 : job.cost
  }
}

private struct UnitCosts: BlockSums {
  private let view: LedgerView
  private let connection: Connection
  private var rows = PackedSums<UnitCost.Key, UnitCost>()

  init(_ view: LedgerView, _ connection: Connection) { (self.view, self.connection) = (view, connection) }

  mutating func add(_ block: JobBlock) {
    for job in block.ended {
      let day = Instant(milliseconds: job.stopped).day.number
      guard view.scope.has(day: day) else { continue }
      let step = view.jobs.identities.step(of: Int64(job.id))
      let key = UnitCost.Key(day: day, queue: job.queue, step: step, isPriced: job.isPriced)
      rows.update(key, from: UnitCost()) { $0.add(job) }
    }
  }

  func finish() throws {
    let writer = try RowWriter(connection, "unit_cost", columns: 8)
    for (key, row) in rows.sorted() {
      try writer.write(
        .integer(Int64(key.day)), .integer(Int64(key.queue)), .integer(Int64(key.step)), .flag(key.isPriced),
        .integer(row.jobs), .integer(row.succeeded), .integer(row.cost), .integer(row.failedCost))
    }
  }
}

extension Insight {
  static let unitCosts = Insight.ofJobs("unit costs", tables: ["unit_cost"], by: .day, UnitCosts.self)
}
