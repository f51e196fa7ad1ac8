import Accounting
import Domain
import Store

/// What steps cost by day: attempts and startup, without unused. Steps share job definitions and have many of them, so
/// the ledger's own rollup does not have them; the sums of both are the same.
struct StepCost: Equatable, Sendable {
  struct Key: PackedKey, Comparable, Sendable {
    var day: Int32
    /// Position in `JobIdentities.steps`.
    var step: Int32

    var word: UInt64 { UInt64(UInt32(bitPattern: day)) << 32 ^ UInt64(UInt32(bitPattern: step)) }

    static func < (a: Key, b: Key) -> Bool { (a.day, a.step) < (b.day, b.step) }
  }

  /// Nanodollars; nil if nothing is priced.
  var cost: Int64?
  /// The part of it before attempts started.
  var startup: Int64 = 0
  /// For postings with a cost: unpriced postings would be compared with nothing.
  var onDemand: Int64?
  var resourceTime = Resources.zero
  /// Those that began on the day.
  var attempts: Int64 = 0
  /// Those whose first attempt began on the day.
  var jobs: Int64 = 0

  /// - Parameters:
  ///   - begins: the attempt began on this day, and this is the row of its running time on its own resource.
  ///   - isFirst: it is the first of its job that started.
  mutating func add(_ row: AttemptPosting, begins: Bool, isFirst: Bool) {
    resourceTime = resourceTime + row.resourceTime
    if let posted = row.cost {
      cost = (cost ?? 0) + posted
      if row.isStartup { startup += posted }
      if let listed = row.onDemand { onDemand = (onDemand ?? 0) + listed }
    }
    guard begins else { return }
    attempts += 1
    if isFirst { jobs += 1 }
  }
}

private struct StepCosts: BlockSums {
  private let view: LedgerView
  private let connection: Connection
  private var sums = PackedSums<StepCost.Key, StepCost>()

  init(_ view: LedgerView, _ connection: Connection) { (self.view, self.connection) = (view, connection) }

  mutating func add(_ block: JobBlock) {
    for posting in block.postings where posting.isComputed {
      let begins = block.begins(posting) && view.resources[Int64(posting.resource)]?.isMachine == true
      let isFirst = begins && block.attempts.isFirst(Int(posting.position))
      let step = view.jobs.identities.step(of: posting.job)
      sums.update(StepCost.Key(day: posting.day, step: step), from: StepCost()) {
        $0.add(posting, begins: begins, isFirst: isFirst)
      }
    }
  }

  func finish() throws {
    let rows = try RowFeed(connection, into: "step_day", columns: 10)
    for (key, sum) in sums.sorted() {
      rows.append(Int64(key.day))
      rows.append(Int64(key.step))
      rows.append(sum.cost)
      rows.append(sum.startup)
      rows.append(sum.onDemand)
      rows.append(sum.resourceTime.milliVCPUs)
      rows.append(sum.resourceTime.memoryMiB)
      rows.append(sum.resourceTime.gpus)
      rows.append(sum.attempts)
      rows.append(sum.jobs)
      try rows.endRow()
    }
    try rows.flush()
  }
}

extension Insight {
  static let stepCosts = Insight.ofJobs("step costs", tables: ["step_day"], by: .day, StepCosts.self)
}
