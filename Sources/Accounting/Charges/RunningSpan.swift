import Domain

/// When the billing of an instance began and ended, and how we know (method page, §2.1).
package struct RunningSpan: Equatable, Sendable {
  /// From best to worst. Raw values are those of `resource.start_source`.
  package enum StartSource: String, Sendable {
    /// The state-change event `running`, at which billing starts.
    case event
    /// `LaunchTime` of DescribeInstances.
    case ec2
    /// CloudTrail's RunInstances.
    case cloudTrail = "cloudtrail"
    /// Registration with ECS: a lower bound, because the instance ran before it registered.
    case registration
    /// The first attempt known to have run there: also a lower bound.
    case firstAttempt = "first-attempt"
  }

  /// From best to worst, `open` apart. Raw values are those of `resource.stop_source`.
  package enum EndSource: String, Sendable {
    /// The state-change event `shutting-down`, `stopping`, `terminated` or `stopped`.
    case event
    /// The time in `StateTransitionReason` of DescribeInstances.
    case ec2
    /// CloudTrail's TerminateInstances or BidEvictedEvent.
    case cloudTrail = "cloudtrail"
    /// The status of its Spot request, for interruptions by EC2.
    case spotRequest = "spot-request"
    /// The last stop of an attempt on it, or its registration.
    case lastSeen = "last-seen"
    /// Still running at the time of collection.
    case open
  }

  /// The time that is billed, before it is rounded up to seconds.
  package var span: TimeSpan
  /// The best source that had a time.
  package var startSource: StartSource
  /// The best source that had a time after the start.
  package var endSource: EndSource

  /// 2^40 ms, 34 years: longer than EC2 exists.
  static let longest: Int64 = 1 << 40

  /// It ends at the time of collection; a later collection restates it.
  package var isOpen: Bool { endSource == .open }
  /// It may have cost more: the true start is earlier.
  package var startIsLowerBound: Bool { startSource == .registration || startSource == .firstAttempt }
}

/// Everything that sources say about the life of an instance. Implausible times are nil, and so is what no source says.
package struct LifeEvidence: Equatable, Sendable {
  /// The earliest state-change event `running`.
  package var runningEvent: Instant?
  /// `LaunchTime` of DescribeInstances.
  package var launchTime: Instant?
  /// The earliest RunInstances in CloudTrail.
  package var runInstances: Instant?
  /// The earliest registration with ECS; on EKS, when the node joined.
  package var registered: Instant?
  /// The earliest placement of an attempt on it.
  package var firstAttempt: Instant?

  /// The earliest of `shutting-down` and `stopping`.
  package var stoppingEvent: Instant?
  /// The time in `StateTransitionReason` of DescribeInstances.
  package var stateTransition: Instant?
  /// The earliest of TerminateInstances and BidEvictedEvent.
  package var terminateCall: Instant?
  /// The earliest of `terminated` and `stopped`: after the end of billing.
  package var terminatedEvent: Instant?
  /// When EC2 took it back, according to its Spot request.
  package var reclaimedRequest: Instant?
  /// The latest stop of an attempt on it.
  package var lastAttemptStop: Instant?
  /// An attempt on it had not ended at the time of collection.
  package var hasOpenAttempt = false
  /// The last state in DescribeInstances: `running`, `terminated` …
  package var state: String?

  package init() {}

  /// - Parameter asOf: the time of collection, up to which an open instance is charged.
  /// - Returns: nil if no source gives its start.
  package func span(asOf: Instant) -> RunningSpan? {
    let starts: [(Instant?, RunningSpan.StartSource)] = [
      (runningEvent, .event), (launchTime, .ec2), (runInstances, .cloudTrail), (registered, .registration),
      (firstAttempt, .firstAttempt),
    ]
    guard let (start, startSource) = Self.best(starts) else { return nil }
    var (end, endSource) = end(after: start, asOf: asOf)
    // Nothing is charged beyond the time of collection, if that is known.
    if asOf.milliseconds > 0, end > asOf { (end, endSource) = (asOf, .open) }
    return RunningSpan(span: TimeSpan(start, max(start, end)), startSource: startSource, endSource: endSource)
  }

  private func end(after start: Instant, asOf: Instant) -> (Instant, RunningSpan.EndSource) {
    let ends: [(Instant?, RunningSpan.EndSource)] = [
      (stoppingEvent, .event), (stateTransition, .ec2), (terminateCall, .cloudTrail), (terminatedEvent, .event),
      (reclaimedRequest, .spotRequest),
    ]
    if let known = Self.best(ends.map { ($0.0.flatMap { $0 >= start ? $0 : nil }, $0.1) }) { return known }
    let runs = state == "running" || state == "pending"
    if runs || hasOpenAttempt { return (asOf, .open) }
    if let lastAttemptStop { return (max(lastAttemptStop, start), .lastSeen) }
    if state == "terminated" || state == "shutting-down" || state == "stopped" {
      return (max(registered ?? start, start), .lastSeen)
    }
    return (asOf, .open)
  }

  private static func best<Source>(_ candidates: [(Instant?, Source)]) -> (Instant, Source)? {
    for (time, source) in candidates {
      if let time { return (time, source) }
    }
    return nil
  }
}
