import Domain

/// How each environment behaved in a period: a replay's assumptions, with their source.
package struct Fit: Sendable {
  /// By environment.
  package private(set) var behaviours: [Behaviour]
  /// By environment: its preferred instance types.
  package private(set) var preferences: [TypePreference]
  /// What began in it was observed.
  package let span: TimeSpan

  /// A job that waited longer than this for a running instance did not wait for Batch alone.
  private static let longestScheduling: Int64 = 60_000
  /// - Parameter span: what began in it is observed.
  init(_ history: History, _ shadow: Shadow, over span: TimeSpan) {
    self.span = span
    behaviours = history.environments.indices.map { Self.behaviour(history, shadow, environment: $0, span) }
    preferences = PreferenceFit(history, over: span).preferences()
  }

  private static func behaviour(
    _ history: History, _ shadow: Shadow, environment: Int, _ span: TimeSpan
  ) -> Behaviour {
    let samples = Samples(history, shadow, environment: environment, span)
    var behaviour = Behaviour()
    behaviour.boot = Delay(samples.boots) ?? Delay(samples.bootsToStart) ?? behaviour.boot
    behaviour.coldPull = Delay(samples.coldPulls) ?? behaviour.coldPull
    behaviour.warmPull = Delay(samples.warmPulls) ?? behaviour.warmPull
    behaviour.scheduling = Delay(samples.schedulings.filter { $0 <= longestScheduling }) ?? behaviour.scheduling
    behaviour.tail = Delay(ended: samples.tails, cutOff: samples.gaps) ?? behaviour.tail
    behaviour.retry = Delay(samples.retries) ?? behaviour.retry
    behaviour.idlePerLaunch = samples.launches > 0 ? Double(samples.idleLives.count) / Double(samples.launches) : 0
    behaviour.idleLife = Delay(samples.idleLives) ?? behaviour.idleLife
    behaviour.placement = shadow.placements[environment].rule
    return behaviour
  }
}

/// What was observed in one environment, in milliseconds.
struct Samples {
  var boots: [Int64] = []
  /// For instances whose first pull is not known: from launch to when it is assumed to have begun, or to the start if
  /// no pull is known.
  var bootsToStart: [Int64] = []
  var coldPulls: [Int64] = []
  var warmPulls: [Int64] = []
  var schedulings: [Int64] = []
  /// Beyond the scale-down delay, for instances that ended by themselves; and idle times that the next job ended.
  var tails: [Int64] = []
  var gaps: [Int64] = []
  var retries: [Int64] = []
  var idleLives: [Int64] = []
  var launches = 0
  init(_ history: History, _ shadow: Shadow, environment: Int, _ span: TimeSpan) {
    let times = span.start.milliseconds..<span.end.milliseconds
    let delay = history.environments[environment].scaleDownDelay
    for life in history.lives where life.environment == environment {
      let isTaken = history.isTaken(life)
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
    if !life.knowsStart { return }
    if first.knowsPull {
      boots.append(first.placed - life.started)
    } else {
      bootsToStart.append(first.placed - life.started)
    }
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
      if attempt.knowsPull, attempt.kind == JobKind.single.rawValue, isFirst, !choice.isWithBoot || life.type < 0 {
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
