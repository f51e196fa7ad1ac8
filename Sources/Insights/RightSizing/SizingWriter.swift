import Domain
import Store

private enum SizeColumn: Int32, TableColumns {
  case id, jobDefinition, jobNamePattern, status, confidence, samples, outliers, requestedMilliVcpus, requestedMib
  case usedMilliVcpusP95, usedMibP95, advisedMilliVcpus, advisedMib, usedMibImputed
  static let table = "right_sizing"
}

private enum SizeDayColumn: Int32, TableColumns {
  case rightSizing, day, attempts, measuredAttempts, cost, saving, killed
  static let table = "right_sizing_day"
}

private enum MeasuredColumn: Int32, TableColumns {
  case day, jobQueue, attempts, cost
  static let table = "measured_day"
}

private enum ImplausibleColumn: Int32, TableColumns {
  case taskId, attempts
  static let table = "implausible_usage"
}

private enum BackTestColumn: Int32, TableColumns {
  case percentile, marginPercent, coversPeaks, isDefault, fitted, attempts, cost, saved, killed, killedCost
  static let table = "right_sizing_back_test"
}

/// Writes the results of sizing to its tables.
struct SizingWriter {
  private let connection: Connection

  init(_ connection: Connection) { self.connection = connection }

  func write(_ advice: [SizeAdvice]) throws {
    let rows = try TableWriter<SizeColumn>(connection)
    let days = try TableWriter<SizeDayColumn>(connection)
    for (position, advice) in advice.enumerated() {
      rows.put(.id, position + 1)
      rows.put(.jobDefinition, advice.group.definition)
      rows.put(.jobNamePattern, advice.group.pattern)
      rows.put(.status, advice.status.rawValue)
      rows.put(.confidence, advice.confidence.rawValue)
      rows.put(.samples, advice.samples)
      rows.put(.outliers, advice.outliers)
      rows.put(.requestedMilliVcpus, advice.requested.milliVCPUs)
      rows.put(.requestedMib, advice.requested.memoryMiB)
      rows.put(.usedMilliVcpusP95, advice.used?.milliVCPUs)
      rows.put(.usedMibP95, advice.used?.memoryMiB)
      rows.put(.advisedMilliVcpus, advice.advised.milliVCPUs)
      rows.put(.advisedMib, advice.advised.memoryMiB)
      rows.put(.usedMibImputed, advice.isMemoryImputed)
      try rows.write()
      for (day, replay) in advice.days.sorted(by: { $0.key < $1.key }) {
        days.put(.rightSizing, position + 1)
        days.put(.day, day)
        days.put(.attempts, replay.attempts)
        days.put(.measuredAttempts, replay.measured)
        if !advice.isUnpriced {
          days.put(.cost, replay.cost)
          days.put(.saving, replay.net)
        }
        days.put(.killed, replay.killed)
        try days.write()
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
    let rows = try TableWriter<MeasuredColumn>(connection)
    for (key, sum) in sums.sorted(by: { $0.key < $1.key }) {
      rows.put(.day, key.day)
      rows.put(.jobQueue, key.queue)
      rows.put(.attempts, sum.attempts)
      rows.put(.cost, sum.cost)
      try rows.write()
    }
  }

  func writeImplausible(_ history: UsageHistory) throws {
    guard let usage = history.implausible else { return }
    let rows = try TableWriter<ImplausibleColumn>(connection)
    rows.put(.taskId, usage.task)
    rows.put(.attempts, usage.attempts)
    try rows.write()
  }

  func write(_ test: BackTest, _ settings: SizingSettings, isDefault: Bool) throws {
    let replay = test.replay
    let rows = try TableWriter<BackTestColumn>(connection)
    rows.put(.percentile, settings.percentile)
    rows.put(.marginPercent, settings.memoryMarginPercent)
    rows.put(.coversPeaks, settings.coversPeaks)
    rows.put(.isDefault, isDefault)
    rows.put(.fitted, test.fitted)
    rows.put(.attempts, replay.attempts)
    rows.put(.cost, replay.cost)
    rows.put(.saved, replay.saved)
    rows.put(.killed, replay.killed)
    rows.put(.killedCost, replay.killedCost)
    try rows.write()
  }
}
