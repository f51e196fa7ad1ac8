import Domain
import Store

/// The whole derivation of the idle cost of an On-Demand Capacity Reservation.
package struct ReservationExplanation: Sendable {
  /// Idle instance-time of a day.
  package struct Idle: Equatable, Sendable {
    /// UTC.
    package var day: Day
    /// Instance-time: three idle instances for an hour are three hours.
    package var milliseconds: Int64
    /// The rate in force; nil if unpriced.
    package var rate: Rate?
    /// When that price began.
    package var rateSince: Instant?
    /// Nil if unpriced.
    package var cost: Money?
  }

  /// Its capacity when AWS was asked.
  package struct State: Equatable, Sendable {
    /// When AWS was asked.
    package var at: Instant
    /// `TotalInstanceCount` of DescribeCapacityReservations.
    package var instances: Int64
    /// `AvailableInstanceCount`
    package var available: Int64
  }

  /// The reservation's id.
  package var name: String
  package var instanceType: String?
  /// `InstancePlatform` of DescribeCapacityReservations.
  package var platform: String?
  package var zone: String?
  /// The time during which it is known to have existed.
  package var span: TimeSpan
  /// It had not ended at the time of collection.
  package var isOpen: Bool
  /// In order of time; one each time AWS was asked.
  package var states: [State]
  /// Instances known to have run in it.
  package var instances: Int
  /// At list prices.
  package var days: [Idle]
  /// The ledger's rows, in its order.
  package var rows: [ExplainedPosting]
}

extension Ledger {
  static func explain(
    _ facts: ReservationFacts, _ world: World, _ connection: Connection
  ) throws -> ReservationExplanation {
    let listed = facts.listed(world.prices, region: world.places[facts.accountRegion]?.region ?? "")
    let days = facts.idle.map { day, milliseconds in
      let step = listed?.step(at: max(day.start, facts.span.start))
      return ReservationExplanation.Idle(
        day: day, milliseconds: milliseconds, rate: step?.rate, rateSince: step?.at,
        cost: facts.cost(of: milliseconds, on: day, listed))
    }
    return ReservationExplanation(
      name: facts.id, instanceType: facts.instanceType, platform: facts.platform, zone: facts.zone, span: facts.span,
      isOpen: facts.isOpen,
      states: facts.states.map {
        ReservationExplanation.State(at: $0.at, instances: $0.instances, available: $0.available)
      },
      instances: facts.stays.count, days: days, rows: try postings(of: facts.id, connection))
  }
}
