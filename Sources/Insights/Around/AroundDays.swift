import Accounting
import Store

/// What surrounds jobs on each day in all bills together, as digests: they tell which days a bill changed that was
/// imported again.
struct AroundDays {
  private enum Column: Int32, TableColumns {
    case day, digest
    static let table = "around_day"
  }

  private let digests: [Int32: Int64]

  /// - Parameter lines: all of some days, in order.
  init(_ lines: some Sequence<AroundLines.Line>) {
    var digests: [Int32: RowDigest] = [:]
    for line in lines { digests[line.day, default: RowDigest()].add(line) }
    self.digests = digests.mapValues(\.value)
  }

  /// The days on which the bills say otherwise than when insights were built last.
  func changed(_ connection: Connection) throws -> [Int32] {
    var left = digests
    var changed: [Int32] = []
    let rows = try connection.prepare("SELECT \(Column.list) FROM around_day")
    while try rows.step() {
      let day = Int32(truncatingIfNeeded: rows.integer(Column.day))
      if left.removeValue(forKey: day) != rows.integer(Column.digest) { changed.append(day) }
    }
    return changed + left.keys
  }

  func write(_ connection: Connection) throws {
    let rows = try TableWriter<Column>(connection)
    for (day, digest) in digests.sorted(by: { $0.key < $1.key }) {
      rows.put(.day, day)
      rows.put(.digest, digest)
      try rows.write()
    }
  }
}

extension RowDigest {
  fileprivate mutating func add(_ line: AroundLines.Line) {
    add(line.kind.rawValue)
    for text in [line.name, line.account, line.region] { add(text) }
    add(line.cost)
    add(line.kilobytes)
  }
}
