import Domain
import Store

/// An On-Demand Capacity Reservation in which instances of Batch's ran, and when it stood idle (method page, §2.13).
struct ReservationFacts {
  /// What was there when AWS was asked.
  struct State: Equatable {
    var at: Instant
    var instances: Int64
    var available: Int64
    /// Of those that are not available: lent on, and paid for as a reservation of their own.
    var lent: Int64 = 0
  }

  /// The instances of a stretch of time in which nothing starts or ends.
  private struct Step {
    var time: Int64
    /// By how many instances more run from here on.
    var change: Int64
  }

  var id: String
  var accountRegion: Int64
  var instanceType: String?
  /// As EC2 names it; nil: Linux.
  var platform: String?
  var zone: String?
  var tenancy: String?
  /// Of all instances that ran in it; nil where they are of several.
  var computeEnvironment: Int64?
  /// While it is known to have been there.
  var span: TimeSpan
  var isOpen: Bool
  /// In order of time; empty where it was over before anybody asked.
  var states: [State]
  /// When instances ran in it that are known.
  var stays: [TimeSpan]

  /// Instance-time in which none ran, by day, in milliseconds. A state holds for the time before it, back to the one
  /// before; instances that are not known and were counted by it, or are lent on, count as there for that time.
  var idle: [(day: Day, milliseconds: Int64)] {
    var found: [Day: Int64] = [:]
    var start = span.start
    for (index, state) in states.enumerated() {
      let end = index == states.count - 1 ? span.end : min(state.at, span.end)
      guard end > start else { continue }
      addIdle(TimeSpan(start, end), free: state.instances - taken(state), &found)
      start = end
    }
    return found.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  /// The most instances at once that ran in it and are not known.
  var mostStrangers: Int64 { states.map { max(0, taken($0) - $0.lent) }.max() ?? 0 }

  /// Instances that are neither available nor known to run there: other people's, or lent on.
  private func taken(_ state: State) -> Int64 {
    let known = Int64(stays.count { $0.start <= state.at && $0.end >= state.at })
    return max(0, state.instances - state.available - known)
  }

  private func addIdle(_ stretch: TimeSpan, free: Int64, _ found: inout [Day: Int64]) {
    var steps: [Step] = []
    for stay in stays where stay.start < stretch.end && stay.end > stretch.start {
      steps.append(Step(time: max(stay.start, stretch.start).milliseconds, change: 1))
      steps.append(Step(time: min(stay.end, stretch.end).milliseconds, change: -1))
    }
    var midnight = (stretch.start.day + 1).start
    while midnight < stretch.end {
      steps.append(Step(time: midnight.milliseconds, change: 0))
      midnight = (midnight.day + 1).start
    }
    steps.append(Step(time: stretch.end.milliseconds, change: 0))
    steps.sort { $0.time < $1.time }
    var (time, running) = (stretch.start.milliseconds, Int64(0))
    for step in steps {
      let idle = (step.time - time) * max(0, free - running)
      if idle > 0 { found[Instant(milliseconds: time).day, default: 0] += idle }
      (time, running) = (step.time, running + step.change)
    }
  }

  /// The price of its hours; nil where there is none.
  func listed(_ prices: PriceBook, region: String) -> PriceHistory? {
    operatingSystem.flatMap { system in
      prices.onDemand(
        region: region, zone: zone, instanceType: instanceType ?? "", operatingSystem: system, tenancy: tenancy)
    }
  }

  /// Idle instance-time of a day at the rate in force at its start, or at the start of the reservation.
  func cost(of milliseconds: Int64, on day: Day, _ listed: PriceHistory?) -> Money? {
    listed?.rate(at: max(day.start, span.start)).map { Money($0, for: milliseconds) }
  }

  /// What its hours are priced as; nil for a platform that no price here is of.
  var operatingSystem: OperatingSystem? {
    guard let platform else { return .linux }
    return OperatingSystem.allCases.first { $0.reservationPlatform == platform }
  }
}

extension OperatingSystem {
  /// `InstancePlatform` of DescribeCapacityReservations.
  fileprivate var reservationPlatform: String {
    switch self {
    case .linux: "Linux/UNIX"
    case .rhel: "Red Hat Enterprise Linux"
    case .suse: "SUSE Linux"
    case .windows: "Windows"
    case .ubuntuPro: "Ubuntu Pro"
    }
  }
}
