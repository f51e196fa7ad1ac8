import Domain

/// How each environment behaved in a span of time: what a replay assumes, with its source.
package struct Fit: Sendable {
  /// By environment.
  package private(set) var behaviours: [Behaviour]
  /// By queue: the part of attempts after a lost host that went past the first environment although it had room.
  package private(set) var diversions: [Double]
  package let span: TimeSpan
  /// Of all Spot environments together, for those that become Spot.
  package private(set) var spotRates = ReclaimRates()

  /// Beyond this a job that waited for an instance that ran did not wait for Batch alone.
  private static let longestScheduling: Int64 = 60_000
  /// Instance-hours of the environment's own rate that stand before those of a type.
  private static let priorHours = 200.0

  /// - Parameter span: of what began in it.
  init(_ history: History, _ shadow: Shadow, over span: TimeSpan) {
    self.span = span
    behaviours = history.environments.indices.map { Self.behaviour(history, shadow, environment: $0, span) }
    diversions = Self.diversions(history, shadow, span)
    spotRates = Self.rates(
      history.environments.indices.filter { history.environments[$0].kind == .spot }
        .map { Samples(history, shadow, environment: $0, span) })
  }

  /// By type where one is known, drawn towards the rate of all of them.
  private static func rates(_ samples: [Samples]) -> ReclaimRates {
    var hours: [Int: Double] = [:]
    var reclaims: [Int: Int] = [:]
    for sample in samples {
      hours.merge(sample.hours, uniquingKeysWith: +)
      reclaims.merge(sample.reclaims, uniquingKeysWith: +)
    }
    let all = hours.values.reduce(0, +)
    guard all > 0 else { return ReclaimRates() }
    let hourly = Double(reclaims.values.reduce(0, +)) / all
    return ReclaimRates(
      hourly: hourly,
      byType: Dictionary(
        uniqueKeysWithValues: hours.map { type, hours in
          (type, (Double(reclaims[type] ?? 0) + hourly * priorHours) / (hours + priorHours))
        }))
  }

  private static func diversions(_ history: History, _ shadow: Shadow, _ span: TimeSpan) -> [Double] {
    var again = [Int](repeating: 0, count: history.queues.count)
    var diverted = again
    for (index, attempt) in history.attempts.enumerated().dropFirst() {
      let before = history.attempts[index - 1]
      let isWithin = attempt.placed >= span.start.milliseconds && attempt.placed < span.end.milliseconds
      guard isWithin, before.job == attempt.job, before.isLost else { continue }
      let queue = Int(attempt.queue)
      if history.queues[queue].environments.count < 2 { continue }
      again[queue] += 1
      if shadow.choices[index].firstEnvironment > 0 { diverted[queue] += 1 }
    }
    return zip(again, diverted).map { $0 > 0 ? Double($1) / Double($0) : 0 }
  }

  private static func behaviour(
    _ history: History, _ shadow: Shadow, environment: Int, _ span: TimeSpan
  ) -> Behaviour {
    let samples = Samples(history, shadow, environment: environment, span)
    var behaviour = Behaviour()
    behaviour.boot = Delay(samples.boots) ?? behaviour.boot
    behaviour.coldPull = Delay(samples.coldPulls) ?? behaviour.coldPull
    behaviour.warmPull = Delay(samples.warmPulls) ?? behaviour.warmPull
    behaviour.scheduling = Delay(samples.schedulings.filter { $0 <= longestScheduling }) ?? behaviour.scheduling
    behaviour.tail = Delay(ended: samples.tails, cutOff: samples.gaps) ?? behaviour.tail
    behaviour.retry = Delay(samples.retries) ?? behaviour.retry
    behaviour.idleShare = samples.launches > 0 ? Double(samples.idleLives.count) / Double(samples.launches) : 0
    behaviour.idleLife = Delay(samples.idleLives) ?? behaviour.idleLife
    behaviour.placement = shadow.placements[environment].rule
    behaviour.reclaims = rates([samples])
    return behaviour
  }
}

/// What was observed of one environment, in milliseconds.
struct Samples {
  var boots: [Int64] = []
  var coldPulls: [Int64] = []
  var warmPulls: [Int64] = []
  var schedulings: [Int64] = []
  /// Beyond the scale-down delay, of instances that ended by themselves; and times without a job that the next one ended.
  var tails: [Int64] = []
  var gaps: [Int64] = []
  var retries: [Int64] = []
  var idleLives: [Int64] = []
  var launches = 0
  /// By type.
  var reclaims: [Int: Int] = [:]
  var hours: [Int: Double] = [:]

  init(_ history: History, _ shadow: Shadow, environment: Int, _ span: TimeSpan) {
    let times = span.start.milliseconds..<span.end.milliseconds
    let delay = history.environments[environment].scaleDownDelay
    for life in history.lives where life.environment == environment {
      let within = max(0, min(life.stopped, times.upperBound) - max(life.started, times.lowerBound))
      hours[life.type, default: 0] += Double(within) / Double(millisecondsPerHour)
      let isTaken = history.isTaken(life)
      if isTaken, times.contains(life.stopped) { reclaims[life.type, default: 0] += 1 }
      if times.contains(life.started) { begun(life, history) }
      addAttempts(life, history, shadow, times)
      addEnd(life, history, times, delay: delay, isTaken: isTaken)
    }
  }

  private mutating func begun(_ life: History.Life, _ history: History) {
    guard life.type >= 0 else { return }
    if life.attempts.isEmpty {
      if life.knowsEnd, !life.isOpen { idleLives.append(life.stopped - life.started) }
      return
    }
    launches += 1
    let first = history.attempts[Int(life.attempts[0])]
    if life.knowsStart, first.knowsPull { boots.append(first.placed - life.started) }
  }

  private mutating func addAttempts(
    _ life: History.Life, _ history: History, _ shadow: Shadow, _ times: Range<Int64>
  ) {
    for (order, position) in life.attempts.enumerated() {
      let attempt = history.attempts[Int(position)]
      guard times.contains(attempt.placed) else { continue }
      if attempt.knowsPull {
        if order == 0 {
          coldPulls.append(attempt.started - attempt.placed)
        } else {
          warmPulls.append(attempt.started - attempt.placed)
        }
      }
      let choice = shadow.choices[Int(position)]
      let isFirst = attempt.id % 1024 == 1
      if attempt.knowsPull, attempt.kind == 0, isFirst, !choice.isWithBoot || life.type < 0 {
        schedulings.append(attempt.placed - attempt.created)
      }
      let next = Int(position) + 1
      if attempt.isLost, next < history.attempts.count, history.attempts[next].job == attempt.job {
        retries.append(max(0, shadow.choices[next].assigned - attempt.stopped))
      }
    }
  }

  private mutating func addEnd(
    _ life: History.Life, _ history: History, _ times: Range<Int64>, delay: Int64, isTaken: Bool
  ) {
    guard life.type >= 0, !life.attempts.isEmpty else { return }
    var until = Int64.min
    for position in life.attempts {
      let attempt = history.attempts[Int(position)]
      if until != .min, attempt.placed > until, times.contains(until) {
        gaps.append(max(0, attempt.placed - until - delay))
      }
      until = max(until, attempt.stopped)
    }
    guard life.knowsEnd, !life.isOpen, !isTaken, times.contains(life.stopped) else { return }
    tails.append(max(0, life.stopped - until - delay))
  }
}
