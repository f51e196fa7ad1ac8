import Domain
import Store

/// Lost work: attempts on Spot or Fargate Spot whose host went away, proven reclaim or not, and that were followed by
/// another attempt of the job.
///
///     lost = Σ (attempt + startup postings of such attempts)
///
/// A row is an attempt and day, in nanodollars and milliseconds from placement to stop. An attempt on an instance that
/// was reclaimed in its first hour is lost too, at no cost. Method page, §7.9.
struct SpotLoss: Equatable {
  var attempt: Int64
  var day: Day
  var resource: Int64
  var milliseconds: Int64
  var cost: Int64?

  static func rows(_ view: LedgerView) -> [SpotLoss] {
    var rows: [PostingKey: SpotLoss] = [:]
    for posting in view.postings.audited
    where view.retried.isLost(posting.attempt) && view.resources[posting.resource]?.isSpot == true {
      let empty = SpotLoss(
        attempt: posting.attempt, day: posting.day, resource: posting.resource, milliseconds: 0, cost: nil)
      var row = rows[PostingKey(posting)] ?? empty
      row.milliseconds += posting.milliseconds
      if let cost = posting.cost { row.cost = (row.cost ?? 0) + cost }
      rows[PostingKey(posting)] = row
    }
    return rows.sorted { $0.key < $1.key }.map(\.value)
  }
}

/// An attempt's day on a resource.
struct PostingKey: Hashable, Comparable {
  var attempt: Int64
  var day: Int32
  var resource: Int64

  init(_ posting: AuditedPosting) {
    (attempt, day, resource) = (posting.attempt, posting.day.number, posting.resource)
  }

  static func < (a: PostingKey, b: PostingKey) -> Bool {
    (a.attempt, a.day, a.resource) < (b.attempt, b.day, b.resource)
  }
}

extension Insight {
  static let spotLoss = Insight("lost work", tables: ["spot_loss"]) { view, connection in
    let writer = try RowWriter(connection, "spot_loss", columns: 5)
    for row in SpotLoss.rows(view) {
      try writer.write(
        .integer(row.attempt), .integer(Int64(row.day.number)), .integer(row.resource), .integer(row.milliseconds),
        .optional(row.cost))
    }
  }
}
