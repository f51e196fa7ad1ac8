import Domain
import Store

/// A SageMaker training job, as one attempt of a service job.
struct TrainingFacts {
  var attempt: AttemptFacts
  /// The id in Batch's attempt; if it has none, the job's id and the attempt's number.
  var name: String
  var accountRegion: Int64
  var terms: TrainingTerms
  /// Its time on instances; if it never had any, Batch's times.
  var run: TimeSpan
  /// Nil if unknown.
  var billedMilliseconds: Int64?
  /// What Managed Spot Training would have billed without its discount.
  var trainedMilliseconds: Int64?
  /// The warm pool after the job; nil if there was none.
  var pool: TimeSpan?
  /// SageMaker described it; otherwise the times are Batch's.
  var isDescribed: Bool
  var isOpen: Bool
}

/// The columns read for an attempt on SageMaker: Batch's description of its job, and its training job.
private enum TrainingField: Int32, SelectedColumn {
  case jobId, ordinal, taskId, isDescribed, startedAtMs, endedAtMs, trainingSeconds, billableSeconds, payment,
    instances,
    keepAliveSeconds, poolStatus, poolSeconds

  var sql: String {
    switch self {
    case .jobId: "j.job_id"
    case .ordinal, .taskId: "a.\(name)"
    case .isDescribed: "t.name IS NOT NULL"
    case .payment, .keepAliveSeconds: "COALESCE(t.\(name), s.\(name))"
    case .instances: "COALESCE(\(Self.counts("t.instances")), \(Self.counts("s.instances")))"
    default: "t.\(name)"
    }
  }

  /// `ml.g5.xlarge 2,ml.m5.xlarge 1`
  private static func counts(_ column: String) -> String {
    "(SELECT group_concat(e.key || ' ' || e.value, ',') FROM json_each(\(column)) e)"
  }
}

/// Reads what an attempt on SageMaker needs in addition to its columns.
struct TrainingReader {
  private let connection: Connection
  private let placeOfQueue: [Int64]
  private let places: [Int64: World.Place]

  init(_ connection: Connection, _ placeOfQueue: [Int64], _ places: [Int64: World.Place]) throws {
    self.connection = connection
    self.placeOfQueue = placeOfQueue
    self.places = places
  }

  /// In the same order as the attempts.
  func facts(of attempts: ContiguousArray<AttemptFacts>) throws -> [TrainingFacts] {
    let row = try connection.prepare(
      """
      SELECT \(TrainingField.list)
      FROM attempt a JOIN job j ON j.id = a.job
      LEFT JOIN service_job s ON s.job_id = j.job_id
      LEFT JOIN training_job t ON t.account_region = j.account_region AND t.name = a.task_id
      WHERE a.id = ?
      """)
    var facts: [TrainingFacts] = []
    for attempt in attempts {
      row.bind(attempt.id)
      guard try row.step() else { continue }
      facts.append(fact(of: attempt, row))
      row.reset()
    }
    return facts
  }

  private func fact(of attempt: AttemptFacts, _ row: Statement) -> TrainingFacts {
    let place = placeOfQueue[Int(attempt.jobQueue)]
    let horizon = places[place]?.horizon ?? Plausible.times.upperBound
    let terms = TrainingTerms(
      groups: Self.groups(row.optionalText(TrainingField.instances)),
      payment: row.optionalText(TrainingField.payment).flatMap(TrainingPayment.init(rawValue:)),
      region: places[place]?.region ?? "")
    var facts = TrainingFacts(
      attempt: attempt,
      name: row.optionalText(TrainingField.taskId)
        ?? "\(row.text(TrainingField.jobId)) attempt \(row.integer(TrainingField.ordinal))", accountRegion: place,
      terms: terms,
      run: TimeSpan(Instant(milliseconds: attempt.started), Instant(milliseconds: attempt.stopped)),
      isDescribed: row.integer(TrainingField.isDescribed) == 1, isOpen: attempt.flags.goesOn)
    if facts.isDescribed { facts.describe(row, horizon: horizon) } else { facts.takeBatchTimes() }
    return facts
  }

  /// `ml.g5.xlarge 2,ml.m5.xlarge 1`
  private static func groups(_ text: String?) -> [TrainingTerms.Group] {
    text?.split(separator: ",").compactMap { part in
      let words = part.split(separator: " ")
      guard words.count == 2, let count = Int64(words[1]) else { return nil }
      return TrainingTerms.Group(type: String(words[0]), count: count)
    } ?? []
  }
}

extension TrainingFacts {
  /// From the row of `TrainingReader`.
  fileprivate mutating func describe(_ row: Statement, horizon: Int64) {
    let seconds = row.optionalInteger(TrainingField.billableSeconds)
    trainedMilliseconds = row.optionalInteger(TrainingField.trainingSeconds).map { $0 * 1000 }
    let start = Instant(plausible: row.optionalInteger(TrainingField.startedAtMs))
    guard let started = start, started.milliseconds <= horizon else {
      // It was never on an instance, or is not yet: then it has cost nothing so far.
      isOpen = isOpen || start != nil
      billedMilliseconds = start == nil ? (seconds ?? 0) * 1000 : 0
      if start != nil { trainedMilliseconds = 0 }
      return
    }
    let ended = Instant(plausible: row.optionalInteger(TrainingField.endedAtMs)).map { max(started, $0) }
    // If Batch saw it end, it ended, whatever SageMaker said before.
    isOpen = ended.map { $0.milliseconds > horizon } ?? attempt.flags.goesOn
    let end = min(ended ?? run.end, Instant(milliseconds: horizon))
    run = TimeSpan(started, max(started, end))
    if let seconds, !isOpen {
      billedMilliseconds = seconds * 1000
    } else if terms.payment == .onDemand {
      billedMilliseconds = Self.wholeSeconds(run.milliseconds)
    }
    if isOpen { trainedMilliseconds = trainedMilliseconds.map { min($0, Self.wholeSeconds(run.milliseconds)) } }
    if !isOpen { readPool(row, horizon: horizon) }
    // The attempt is counted on the day on which its charge begins, and ends with it.
    (attempt.started, attempt.stopped) = (run.start.milliseconds, run.end.milliseconds)
  }

  /// How long its instances were kept for the next job.
  private mutating func readPool(_ row: Statement, horizon: Int64) {
    let status = row.optionalText(TrainingField.poolStatus)
    let kept = row.optionalInteger(TrainingField.poolSeconds)
    guard let keepAlive = row.optionalInteger(TrainingField.keepAliveSeconds), keepAlive > 0 || kept != nil else {
      return
    }
    let end: Int64
    if let kept {
      end = run.end.milliseconds + kept * 1000
    } else if status == "Available" {
      end = run.end.milliseconds + keepAlive * 1000
    } else {
      return
    }
    // Anything later is cut off at the time of collection.
    isOpen = end > horizon
    if min(end, horizon) > run.end.milliseconds { pool = TimeSpan(run.end, Instant(milliseconds: min(end, horizon))) }
  }

  /// Batch also counts the time in which SageMaker looks for instances.
  fileprivate mutating func takeBatchTimes() {
    if terms.payment == .onDemand { billedMilliseconds = Self.wholeSeconds(run.milliseconds) }
  }

  private static func wholeSeconds(_ milliseconds: Int64) -> Int64 { (milliseconds + 999) / 1000 * 1000 }
}
