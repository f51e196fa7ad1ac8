import Accounting
import Store

extension Lens {
  /// The fewest characters of an id that stand for all of it: as many as reports print.
  private static let fewest = 8

  /// The lens with whole ids of jobs where only their first characters were written: `bdc4cf15`, `b2226096:1`.
  ///
  /// - Throws: `LensError` if several jobs begin with them.
  func withWholeIDs(_ connection: Connection) throws -> Lens {
    var lens = self
    for (index, condition) in conditions.enumerated() where condition.subject == .job && !condition.isPattern {
      lens.conditions[index].values = try condition.values.map { value in
        guard value.source.prefix(while: { $0 != ":" && $0 != "#" }).count >= Self.fewest else { return value }
        let jobs = try Ledger.jobs(beginningWith: value.source, connection)
        guard jobs.count < 2 else {
          throw LensError(
            message: "\(condition.place): several jobs begin with \(value.source): \(jobs.joined(separator: ", "))")
        }
        guard let job = jobs.first else { return value }
        return LensCondition.Value(pieces: [.text(job)], source: value.source)
      }
    }
    return lens
  }
}
