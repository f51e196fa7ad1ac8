import Domain
import Store

/// Reads the On-Demand Capacity Reservations in which instances of Batch ran.
enum ReservationReader {
  private enum Field: Int32, SelectedColumn {
    case reservationId, accountRegion, instanceType, platform, zone, tenancy, state, instances, available, startedAtMs,
      endedAtMs, lent

    /// A reservation that begins at once has only its creation time.
    var sql: String { self == .startedAtMs ? "COALESCE(started_at_ms, created_at_ms)" : name }
  }

  private enum StateField: Int32, SelectedColumn { case reservationId, atMs, instances, available, lent }

  static func read(
    _ connection: Connection, _ instances: [InstanceFacts], _ places: [Int64: World.Place], _ scope: FactScope
  ) throws -> [ReservationFacts] {
    let hosts = Dictionary(grouping: try ReservationStay.read(connection, instances, scope)) { $0.reservation }
    if hosts.isEmpty { return [] }
    let states = try states(connection, scope)
    let rows = try connection.prepare(
      """
      SELECT \(Field.list) FROM capacity_reservation
      WHERE kind IS NOT 'capacity-block' AND interruptible IS NOT 1 AND instances IS NOT NULL AND \(isWanted(scope))
      ORDER BY reservation_id
      """)
    var found: [ReservationFacts] = []
    while try rows.step() {
      let id = rows.text(Field.reservationId)
      guard let own = hosts[id], own.contains(where: \.isBatch), let place = places[rows.integer(Field.accountRegion)],
        let start = Instant(plausible: rows.optionalInteger(Field.startedAtMs))
      else { continue }
      let stays = own.compactMap { $0.span(asOf: place.asOf) }
      let isOver = rows.optionalText(Field.state).map { $0 != "active" } ?? false
      let ended = Instant(plausible: rows.optionalInteger(Field.endedAtMs))
      var known = states[id] ?? []
      // A document without a time holds at the time of collection.
      if known.isEmpty, !isOver, let available = rows.optionalInteger(Field.available) {
        known = [
          ReservationFacts.State(
            at: place.asOf, instances: rows.integer(Field.instances), available: available,
            lent: rows.integer(Field.lent))
        ]
      }
      // If it is over and its end is unknown, it is known up to when it was last seen.
      let end = min(ended ?? (isOver ? known.last?.at ?? start : place.asOf), place.asOf)
      guard let first = (stays.map(\.start) + known.map(\.at)).min(), max(start, first) < end else { continue }
      let environments = Set(own.filter(\.isBatch).map(\.computeEnvironment))
      found.append(
        ReservationFacts(
          id: id, accountRegion: rows.integer(Field.accountRegion), instanceType: rows.optionalText(Field.instanceType),
          platform: rows.optionalText(Field.platform),
          zone: rows.optionalText(Field.zone), tenancy: rows.optionalText(Field.tenancy),
          computeEnvironment: environments.count == 1 ? environments.first ?? nil : nil,
          span: TimeSpan(max(start, first), end), isOpen: !isOver && ended.map { $0 > place.asOf } ?? true,
          states: known, stays: stays))
    }
    return found
  }

  /// A condition on the column `reservation_id`.
  private static func isWanted(_ scope: FactScope) -> String {
    switch scope {
    case .all: "1"
    case .part: "reservation_id IN (\(FactScope.reservations))"
    }
  }

  private static func states(
    _ connection: Connection, _ scope: FactScope
  ) throws -> [String: [ReservationFacts.State]] {
    let rows = try connection.prepare(
      "SELECT \(StateField.list) FROM reservation_state WHERE \(isWanted(scope)) ORDER BY reservation_id, at_ms")
    var states: [String: [ReservationFacts.State]] = [:]
    while try rows.step() {
      states[rows.text(StateField.reservationId), default: []].append(
        ReservationFacts.State(
          at: Instant(milliseconds: rows.integer(StateField.atMs)), instances: rows.integer(StateField.instances),
          available: rows.integer(StateField.available), lent: rows.integer(StateField.lent)))
    }
    return states
  }
}
