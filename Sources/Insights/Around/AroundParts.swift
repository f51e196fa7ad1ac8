import Accounting
import Domain
import Store

/// Whose the costs around jobs are: the cost of each line of a bill, divided among the attempts that name its resource
/// or ran on its instance that day.
struct AroundParts: JobGathering {
  private struct Share {
    var line: Int32
    var queue: Int32
    var attempt: Int64
    /// Run time on the day.
    var milliseconds: Int64
    /// −1 if no source tells.
    var characters: Int64
  }

  private struct Part {
    var attempt: Int64
    var queue: Int32
    var cost: Int64
    var kilobytes: Int64
  }

  /// A line that somebody has a part of.
  private struct Divided {
    /// Position in `AroundLines.lines`.
    var line: Int32
    var isBySize: Bool
    /// In the table's order: SQLite appends rows faster than it finds their places.
    var parts: [Part]
  }

  private enum PartColumn: Int32, TableColumns {
    case day, line, attempt, jobQueue, cost, kilobytes
    static let table = "around_part"
  }

  private enum LineColumn: Int32, TableColumns {
    case day, line, kind, name, account, region, cost, kilobytes, attempts, bySize
    static let table = "around_line"
  }

  private enum RestColumn: Int32, TableColumns {
    case day, line, kind, name, account, region, cost, kilobytes
    static let table = "around_rest"
  }

  private let connection: Connection
  private let lines: AroundLines
  /// Attempts that still run have run until then.
  private let collected: Int64
  private var shares = DaySpool<Share>()

  init(_ view: LedgerView, _ connection: Connection) throws {
    self.connection = connection
    lines = try AroundLines(connection, view.scope)
    collected = try connection.integer("SELECT COALESCE(MAX(as_of_ms), 0) FROM collection")
  }

  mutating func add(_ block: JobBlock) throws {
    if lines.lines.isEmpty { return }
    for position in 0..<block.attempts.count { try add(block.attempts[position]) }
    for posting in block.postings where posting.account == Account.attempt.rawValue {
      let attempt = block.attempts[Int(posting.position)]
      for line in lines.moved(by: posting.resource, on: posting.day) {
        try add(line, attempt, on: posting.day, posting.milliseconds)
      }
    }
  }

  private mutating func add(_ attempt: AttemptTable.Attempt) throws {
    let stopped = attempt.stopped >= 0 ? attempt.stopped : collected
    guard attempt.started >= 0, attempt.started < stopped else { return }
    let span = TimeSpan(Instant(milliseconds: attempt.started), Instant(milliseconds: stopped))
    for day in span.days {
      for line in lines.named(by: attempt, on: day.number) {
        try add(line, attempt, on: day.number, span.milliseconds(on: day))
      }
    }
  }

  private mutating func add(
    _ line: Int32, _ attempt: AttemptTable.Attempt, on day: Int32, _ milliseconds: Int64
  ) throws {
    let share = Share(
      line: line, queue: attempt.queue, attempt: attempt.id, milliseconds: milliseconds,
      characters: lines.characters(of: attempt.id, in: line) ?? -1)
    try shares.append(share, to: day)
  }

  mutating func finish() throws {
    var shared: Set<Int32> = []
    let parts = try TableFeed(connection, PartColumn.self)
    let told = try TableWriter<LineColumn>(connection)
    try shares.drain { [lines] _, records in
      Self.divided(records, lines)
    } write: { _, lines in
      for line in lines {
        shared.insert(line.line)
        try write(line, parts, told)
      }
    }
    try parts.flush()
    let rest = try TableWriter<RestColumn>(connection)
    for (position, line) in lines.lines.enumerated() where !shared.contains(Int32(position)) {
      rest.put(.day, line.day)
      rest.put(.line, line.number)
      rest.put(.kind, line.kind.rawValue)
      rest.put(.name, line.name)
      rest.put(.account, line.account)
      rest.put(.region, line.region)
      rest.put(.cost, line.cost)
      rest.put(.kilobytes, line.kilobytes)
      try rest.write()
    }
    try AroundDays(lines.lines).write(connection)
  }

  /// One share an attempt: its postings of a day may be several.
  private static func merged(_ shares: ArraySlice<Share>) -> [Share] {
    var merged: [Share] = []
    for share in shares {
      if let last = merged.last, last.attempt == share.attempt {
        merged[merged.count - 1].milliseconds += share.milliseconds
      } else {
        merged.append(share)
      }
    }
    return merged
  }

  /// The lines of one day.
  private static func divided(_ shares: ContiguousArray<Share>, _ lines: AroundLines) -> [Divided] {
    let sorted = shares.sorted { ($0.line, $0.queue, $0.attempt) < ($1.line, $1.queue, $1.attempt) }
    var found: [Divided] = []
    var start = 0
    while start < sorted.count {
      let line = sorted[start].line
      let end = sorted[start...].firstIndex { $0.line != line } ?? sorted.count
      if let divided = divided(line, merged(sorted[start..<end]), lines.lines[Int(line)]) { found.append(divided) }
      start = end
    }
    return found
  }

  /// Parts of a queue lie together, so they add up to what the queue would get if it were divided as a whole.
  ///
  /// - Returns: nil if nobody has a part.
  private static func divided(_ position: Int32, _ shares: [Share], _ line: AroundLines.Line) -> Divided? {
    let isBySize = shares.contains { $0.characters > 0 }
    func weight(_ share: Share) -> Int128 { Int128(isBySize ? max(0, share.characters) : share.milliseconds) }
    let whole = shares.reduce(0) { $0 + weight($1) }
    if whole == 0 { return nil }
    var upTo: Int128 = 0
    var given: (cost: Int128, kilobytes: Int128) = (0, 0)
    var parts: [Part] = []
    parts.reserveCapacity(shares.count)
    for share in shares where weight(share) > 0 {
      upTo += weight(share)
      let cost = dividedHalfToEven(Int128(line.cost) * upTo, by: whole)
      let kilobytes = dividedHalfToEven(Int128(line.kilobytes) * upTo, by: whole)
      parts.append(
        Part(
          attempt: share.attempt, queue: share.queue, cost: Int64(cost - given.cost),
          kilobytes: Int64(kilobytes - given.kilobytes)))
      given = (cost, kilobytes)
    }
    return Divided(line: position, isBySize: isBySize, parts: parts.sorted { $0.attempt < $1.attempt })
  }

  private func write(
    _ divided: Divided, _ parts: TableFeed<PartColumn>, _ told: TableWriter<LineColumn>
  ) throws {
    let line = lines.lines[Int(divided.line)]
    for row in divided.parts {
      parts.put(.day, Int64(line.day))
      parts.put(.line, Int64(line.number))
      parts.put(.attempt, row.attempt)
      parts.put(.jobQueue, Int64(row.queue))
      parts.put(.cost, row.cost)
      parts.put(.kilobytes, row.kilobytes)
      try parts.write()
    }
    told.put(.day, line.day)
    told.put(.line, line.number)
    told.put(.kind, line.kind.rawValue)
    told.put(.name, line.name)
    told.put(.account, line.account)
    told.put(.region, line.region)
    told.put(.cost, line.cost)
    told.put(.kilobytes, line.kilobytes)
    told.put(.attempts, Int64(divided.parts.count))
    told.put(.bySize, divided.isBySize)
    try told.write()
  }
}

extension Insight {
  static let aroundParts = Insight.ofJobs(
    "costs around jobs", tables: ["around_line", "around_rest", "around_part", "around_day"], by: .day,
    AroundParts.self)
}
