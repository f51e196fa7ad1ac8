import Domain

@testable import Reporting

/// What table rows must hold, added up from postings alone: the costs in a column, whatever its rows are called.
extension Recomputed {
  /// The values of all rows of a query, by `query.column`; nil for a row of unknown cost. Columns that postings alone
  /// cannot give are absent.
  var recomputedTables: [String: [Int64?]] {
    let rows = of(from, to)
    let work = rows.filter { $0.account < 2 }
    var tables: [String: [Int64?]] = [
      "cost-by-queue.cost_usd": sums(work) { $0.queue } + sums(rows.filter { $0.account >= 2 }) { _ in 0 },
      "cost-by-job-definition.cost_usd": sums(work) { $0.definitionName },
      "cost-by-account.cost_usd": sums(rows) { $0.owner },
      "cost-by-region.cost_usd": sums(rows) { $0.region },
      "job-cost.cost_usd": sums(work) { $0.submission },
      "postings.cost_usd": sums(rows) { $0.account },
    ]
    for (column, options) in [
      ("on_demand_usd", [0]), ("spot_usd", [1]), ("fargate_usd", [2, 3]), ("committed_usd", [4, 5, 6, 7]),
      ("unknown_usd", [8]),
    ] as [(String, [Int64])] {
      tables["postings.\(column)"] = Dictionary(grouping: rows, by: \.account).values.map { part in
        Self.sum(part.filter { options.contains($0.option) })
      }
    }
    let environments = Dictionary(grouping: rows) { $0.environment ?? -1 }.values
      .filter { part in
        let unused = part.filter { $0.account >= 2 }
        return !unused.isEmpty && Self.sum(unused) != 0
      }
    let kinds: [(String, ClosedRange<Int64>)] = [
      ("boot_usd", 2...2), ("packing_usd", 3...3), ("gap_usd", 4...4), ("tail_usd", 5...5), ("idle_usd", 6...6),
      ("unused_usd", 2...7),
    ]
    for (column, accounts) in kinds {
      tables["unused-cost.\(column)"] = environments.map { part in
        Self.sum(part.filter { accounts.contains($0.account) })
      }
    }
    return tables
  }

  /// 0 for no rows; nil if the known part is nothing and the rest has no price.
  private static func sum(_ rows: [Row]) -> Int64? {
    let known = rows.compactMap(\.cost).reduce(0, +)
    return known == 0 && rows.contains { $0.cost == nil } ? nil : known
  }

  /// Everything that ran is placed and priced.
  var knowsAll: Bool { knows(from, to) }

  /// The same for all time, since the run report covers all jobs here.
  var knowsAllJobs: Bool { knows(.min, .max) }

  private func knows(_ from: Int64, _ to: Int64) -> Bool {
    of(from, to).allSatisfy { $0.cost != nil && $0.unpriced == 0 } && !isUnplaced(from, to)
  }

  private func sums<Key: Hashable>(_ rows: [Row], _ key: (Row) -> Key) -> [Int64?] {
    Dictionary(grouping: rows, by: key).values.map { part in
      let costs = part.compactMap(\.cost)
      return costs.isEmpty ? nil : costs.reduce(0, +)
    }
  }
}
