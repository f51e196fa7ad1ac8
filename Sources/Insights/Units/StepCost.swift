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

  var cost: Int64?
  var startup: Int64 = 0
  /// For postings with a cost: unpriced postings would be compared with nothing.
  var onDemand: Int64?
  var resourceTime = Resources.zero
  var attempts: Int64 = 0
  var jobs: Int64 = 0

  /// - Parameters:
  ///   - begins: the attempt began on this day, and this is the row of its running time on its own resource.
  ///   - isFirst: it is the first of its job that started.
  mutating func add(_ row: PostingReader.Row, begins: Bool, isFirst: Bool) {
    resourceTime = resourceTime + row.resourceTime
    if let posted = row.cost {
      cost = (cost ?? 0) + posted
      if row.account == Account.startup.rawValue { startup += posted }
      if let listed = row.onDemand { onDemand = (onDemand ?? 0) + listed }
    }
    guard begins else { return }
    attempts += 1
    if isFirst { jobs += 1 }
  }
}

extension Insight {
  static let stepCosts = Insight("step costs", tables: ["step_day"], by: .day) { view, connection in
    let rows = try RowFeed(connection, into: "step_day", columns: 10)
    for (key, sum) in view.postings.steps.sorted() {
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
