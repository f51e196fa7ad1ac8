import Domain
import Store

/// Writes what sizing found into its tables.
struct SizingWriter {
  private let connection: Connection

  init(_ connection: Connection) { self.connection = connection }

  func write(_ advice: [SizeAdvice]) throws {
    let row = try connection.prepare("INSERT INTO right_sizing VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
    let dayRow = try connection.prepare("INSERT INTO right_sizing_day VALUES (?, ?, ?, ?, ?, ?, ?)")
    for (position, advice) in advice.enumerated() {
      let id = Int64(position + 1)
      row.bind(1, id)
      row.bind(2, advice.group.definition)
      row.bind(3, advice.group.pattern)
      row.bind(4, advice.status.rawValue)
      row.bind(5, advice.confidence.rawValue)
      row.bind(6, Int64(advice.samples))
      row.bind(7, Int64(advice.outliers))
      row.bind(8, advice.requested.milliVCPUs)
      row.bind(9, advice.requested.memoryMiB)
      row.bind(10, advice.used?.milliVCPUs)
      row.bind(11, advice.used?.memoryMiB)
      row.bind(12, advice.advised.milliVCPUs)
      row.bind(13, advice.advised.memoryMiB)
      row.bind(14, Int64(advice.isMemoryImputed ? 1 : 0))
      try row.run()
      for (day, replay) in advice.days.sorted(by: { $0.key < $1.key }) {
        dayRow.bind(1, id)
        dayRow.bind(2, Int64(day))
        dayRow.bind(3, Int64(replay.attempts))
        dayRow.bind(4, Int64(replay.measured))
        dayRow.bind(5, advice.isUnpriced ? nil : replay.cost)
        dayRow.bind(6, advice.isUnpriced ? nil : replay.net)
        dayRow.bind(7, Int64(replay.killed))
        try dayRow.run()
      }
    }
  }

  func writeMeasured(_ history: UsageHistory) throws {
    struct Key: Hashable, Comparable {
      var day: Int32
      var queue: Int32

      static func < (a: Key, b: Key) -> Bool { (a.day, a.queue) < (b.day, b.queue) }
    }
    var sums: [Key: (attempts: Int64, cost: Int64)] = [:]
    for attempt in history.attempts where attempt.used != nil {
      let day = Instant(milliseconds: attempt.started).day.number
      sums[Key(day: day, queue: attempt.queue), default: (0, 0)].attempts += 1
    }
    for posting in history.postings {
      let attempt = history.attempts[Int(posting.attempt)]
      guard attempt.used != nil else { continue }
      sums[Key(day: posting.day, queue: attempt.queue), default: (0, 0)].cost += posting.cost
    }
    let row = try connection.prepare("INSERT INTO measured_day VALUES (?, ?, ?, ?)")
    for (key, sum) in sums.sorted(by: { $0.key < $1.key }) {
      row.bind(1, Int64(key.day))
      row.bind(2, Int64(key.queue))
      row.bind(3, sum.attempts)
      row.bind(4, sum.cost)
      try row.run()
    }
  }

  func writeImplausible(_ history: UsageHistory) throws {
    guard let usage = history.implausible else { return }
    let row = try connection.prepare("INSERT INTO implausible_usage VALUES (?, ?)")
    row.bind(1, usage.task)
    row.bind(2, usage.attempts)
    try row.run()
  }

  func write(_ test: BackTest, _ settings: SizingSettings, isDefault: Bool) throws {
    let replay = test.replay
    let row = try connection.prepare("INSERT INTO right_sizing_back_test VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
    row.bind(1, Int64(settings.percentile))
    row.bind(2, Int64(settings.memoryMarginPercent))
    row.bind(3, settings.coversPeaks ? 1 : 0 as Int64)
    row.bind(4, isDefault ? 1 : 0 as Int64)
    row.bind(5, Int64(test.fitted))
    row.bind(6, Int64(replay.attempts))
    row.bind(7, replay.cost)
    row.bind(8, replay.saved)
    row.bind(9, Int64(replay.killed))
    row.bind(10, replay.killedCost)
    try row.run()
  }
}
