import Domain
import Store

/// An On-Demand Capacity Reservation in which instances of Batch ran, and when it was idle (method page, §2.13).
struct ReservationFacts {
  /// Its state when AWS was asked.
  struct State: Equatable {
    var at: Instant
    /// `TotalInstanceCount`
    var instances: Int64
    /// `AvailableInstanceCount`
    var available: Int64
    /// Of the instances that are not available: those lent out, which are paid for as a separate reservation.
    var lent: Int64 = 0
  }

  /// The number of instances during a stretch of time in which none starts or ends.
  private struct Step {
    var time: Int64
    /// The change in the number of running instances from here on.
    var change: Int64
  }

  var id: String
  /// Row of `account_region`.
  var accountRegion: Int64
  var instanceType: String?
  /// EC2's name for it; nil: Linux.
  var platform: String?
  var zone: String?
  var tenancy: String?
  /// The environment of all instances that ran in it; nil if there are several.
  var computeEnvironment: Int64?
  /// The time during which it is known to have existed.
  var span: TimeSpan
  /// It had not ended at the time of collection.
  var isOpen: Bool
  /// In order of time; empty if it was over before it was first described.
  var states: [State]
  /// When known instances ran in it.
  var stays: [TimeSpan]

  /// Instance-time without a running instance, by day, in milliseconds. A state covers the time before it, back to the
  /// previous one. Unknown instances that it counts, and those lent out, count as running during that time.
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

  /// The largest number of unknown instances in it at once.
  var mostStrangers: Int64 { states.map { max(0, taken($0) - $0.lent) }.max() ?? 0 }

  /// Instances that are neither available nor known to run there: other people's, or lent out.
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

  /// The price of its hours; nil if there is none.
  func listed(_ prices: PriceBook, region: String) -> PriceHistory? {
    operatingSystem.flatMap { system in
      prices.onDemand(
        region: region, zone: zone, instanceType: instanceType ?? "", operatingSystem: system, tenancy: tenancy)
    }
  }

  /// The cost of a day's idle instance-time, at the rate in force at the start of the day or of the reservation.
  func cost(of milliseconds: Int64, on day: Day, _ listed: PriceHistory?) -> Money? {
    listed?.rate(at: max(day.start, span.start)).map { Money($0, for: milliseconds) }
  }

  /// The operating system that its hours are priced as; nil for a platform without prices here.
  var operatingSystem: OperatingSystem? {
    guard let platform else { return .linux }
    return OperatingSystem.allCases.first { $0.reservationPlatform == platform }
  }
}
