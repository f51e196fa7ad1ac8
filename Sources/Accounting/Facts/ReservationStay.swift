import Domain
import Store

/// An instance that was launched in a capacity reservation, and when it ran. These are rows of `reservation_stay`,
/// because a reservation's idle time depends on all instances that ran in it.
struct ReservationStay {
  private enum Column: Int32, TableColumns {
    case instance, reservation, startedAtMs, stoppedAtMs, batch, computeEnvironment

    static let table = "reservation_stay"
  }

  var instance: String
  var reservation: String
  /// Nil if unknown.
  var start: Instant?
  /// Nil while it is running.
  var end: Instant?
  /// Whether it belongs to Batch.
  var isBatch: Bool
  var computeEnvironment: Int64?

  /// Nil for an instance outside any reservation.
  init?(_ facts: InstanceFacts) {
    guard let reservation = facts.reservation else { return nil }
    let life = facts.evidence.span(asOf: Self.farAway)
    instance = facts.id
    self.reservation = reservation
    start = life?.span.start
    end = life.flatMap { $0.isOpen ? nil : $0.span.end }
    isBatch = facts.isBatch
    computeEnvironment = facts.computeEnvironment
  }

  private static let farAway = Instant(milliseconds: .max / 2)

  /// As known at the time of collection; nil if its start is unknown.
  func span(asOf: Instant) -> TimeSpan? {
    guard let start else { return nil }
    let cut = end.map { asOf.milliseconds > 0 ? min($0, asOf) : $0 } ?? asOf
    return TimeSpan(start, max(start, cut))
  }

  // MARK: Rows

  private init(_ rows: Statement) {
    instance = rows.text(Column.instance)
    reservation = rows.text(Column.reservation)
    start = rows.optionalInteger(Column.startedAtMs).map { Instant(milliseconds: $0) }
    end = rows.optionalInteger(Column.stoppedAtMs).map { Instant(milliseconds: $0) }
    isBatch = rows.integer(Column.batch) == 1
    computeEnvironment = rows.optionalInteger(Column.computeEnvironment)
  }

  /// Stays in all reservations, or in a part's; for instances outside the part, as they were when the ledger was built.
  static func read(_ connection: Connection, _ instances: [InstanceFacts], _ scope: FactScope) throws
    -> [ReservationStay]
  {
    var stays = own(instances, scope)
    if !scope.isPart { return stays }
    let rows = try connection.prepare(
      """
      SELECT \(Column.list) FROM reservation_stay
      WHERE reservation IN (\(FactScope.reservations))
        AND instance NOT IN (SELECT name FROM scope_instance)
      """)
    while try rows.step() { stays.append(ReservationStay(rows)) }
    return stays
  }

  private static func own(_ instances: [InstanceFacts], _ scope: FactScope) -> [ReservationStay] {
    instances.lazy.filter { $0.reservation != nil && scope.contains(instance: $0.id) }.compactMap(ReservationStay.init)
  }

  /// Writes the stays of a world, replacing what was known about its instances.
  static func write(of world: World, _ connection: Connection) throws {
    try connection.execute("DELETE FROM reservation_stay WHERE \(world.scope.holds(instance: "instance"))")
    let row = try TableWriter<Column>(connection)
    for stay in own(world.instances, world.scope) {
      row.put(.instance, stay.instance)
      row.put(.reservation, stay.reservation)
      row.put(.startedAtMs, stay.start?.milliseconds)
      row.put(.stoppedAtMs, stay.end?.milliseconds)
      row.put(.batch, stay.isBatch)
      row.put(.computeEnvironment, stay.computeEnvironment)
      try row.write()
    }
  }
}
