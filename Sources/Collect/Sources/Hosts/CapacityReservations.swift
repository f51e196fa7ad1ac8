import Domain
import Store

/// The columns of `capacity_reservation`.
enum CapacityReservationColumn: Int32, TableColumns {
  case reservationId, accountRegion, instanceType, platform, zone, tenancy, state, instances, available, startedAtMs,
    endedAtMs, createdAtMs, kind, blockId, interruptible, lent, progress, digest

  static let table = "capacity_reservation"
}

/// The columns of `reservation_state`.
enum ReservationStateColumn: Int32, TableColumns {
  case reservationId, atMs, instances, available, lent

  static let table = "reservation_state"
}

/// The columns of `capacity_block`.
enum CapacityBlockColumn: Int32, TableColumns {
  case blockId, accountRegion, zone, state, startedAtMs, endedAtMs, reservations, progress, digest

  static let table = "capacity_block"
}

extension Table.Layout {
  static let capacityReservation = Table.Layout(CapacityReservationColumn.self, key: [.reservationId], .latest)
  static let reservationState = Table.Layout(ReservationStateColumn.self, key: [.reservationId, .atMs], .keep)
  static let capacityBlock = Table.Layout(CapacityBlockColumn.self, key: [.blockId], .latest)
}

extension Page {
  /// EC2 DescribeCapacityReservations: the reserved capacity, and how much of it was free when AWS was asked.
  mutating func addCapacityReservation(_ reservation: JSONValue) {
    guard let id = reservation["CapacityReservationId"]?.text, !id.isEmpty else {
      findings.add(.missingField, "CapacityReservationId", "is missing: the reservation is left out")
      return
    }
    if let outpost = reservation["OutpostArn"]?.text, !outpost.isEmpty {
      return leaveUnused("capacity reservations on Outposts are paid for with the Outpost and are not used")
    }
    count(.capacityReservations)
    let zone = text(reservation["AvailabilityZone"], "AvailabilityZone")
    let place = place(zone: zone, owner: text(reservation["OwnerId"], "OwnerId")?.string ?? "")
    let state = text(reservation["State"], "State")
    let instances = reservation["TotalInstanceCount"].flatMap { quantity($0, "TotalInstanceCount") }
    let available = reservation["AvailableInstanceCount"].flatMap { quantity($0, "AvailableInstanceCount") }
    let allocation = object(reservation["InterruptibleCapacityAllocation"], "InterruptibleCapacityAllocation")
    let lent = allocation?["InstanceCount"].flatMap { quantity($0, "InterruptibleCapacityAllocation.InstanceCount") }
    let createdAt = reservation["CreateDate"].flatMap { time($0, "CreateDate") }
    begin(.capacityReservation)
    typealias Column = CapacityReservationColumn
    put(Column.reservationId, id)
    put(Column.accountRegion, reference: place)
    put(Column.instanceType, text(reservation["InstanceType"], "InstanceType"))
    put(Column.platform, text(reservation["InstancePlatform"], "InstancePlatform"))
    put(Column.zone, zone)
    put(Column.tenancy, text(reservation["Tenancy"], "Tenancy"))
    put(Column.state, state)
    put(Column.instances, instances)
    put(Column.available, available)
    put(Column.startedAtMs, reservation["StartDate"].flatMap { time($0, "StartDate") })
    put(Column.endedAtMs, reservation["EndDate"].flatMap { time($0, "EndDate") })
    put(Column.createdAtMs, createdAt)
    put(Column.kind, text(reservation["ReservationType"], "ReservationType"))
    put(Column.blockId, text(reservation["CapacityBlockId"], "CapacityBlockId"))
    put(Column.interruptible, reservation["Interruptible"]?.bool.map { $0 ? 1 : 0 })
    put(Column.lent, lent)
    end(Column.progress, observedAt << 2 | Self.reservationRank(state))
    note(createdAt, in: place)
    guard observedAt > 0, let instances, let available, state?.string == "active" else { return }
    begin(.reservationState)
    put(ReservationStateColumn.reservationId, id)
    put(ReservationStateColumn.atMs, observedAt)
    put(ReservationStateColumn.instances, instances)
    put(ReservationStateColumn.available, available)
    put(ReservationStateColumn.lent, lent)
  }

  /// EC2 DescribeCapacityBlocks.
  mutating func addCapacityBlock(_ block: JSONValue) {
    guard let id = block["CapacityBlockId"]?.text, !id.isEmpty else {
      findings.add(.missingField, "CapacityBlockId", "is missing: the block is left out")
      return
    }
    count(.capacityBlocks)
    let zone = text(block["AvailabilityZone"], "AvailabilityZone")
    let place = place(zone: zone, owner: "")
    let state = text(block["State"], "State")
    let createdAt = block["CreateDate"].flatMap { time($0, "CreateDate") }
    begin(.capacityBlock)
    put(CapacityBlockColumn.blockId, id)
    put(CapacityBlockColumn.accountRegion, reference: place)
    put(CapacityBlockColumn.zone, zone)
    put(CapacityBlockColumn.state, state)
    put(CapacityBlockColumn.startedAtMs, block["StartDate"].flatMap { time($0, "StartDate") })
    put(CapacityBlockColumn.endedAtMs, block["EndDate"].flatMap { time($0, "EndDate") })
    let reservations = list(block["CapacityReservationIds"], "CapacityReservationIds").compactMap(\.text)
    put(CapacityBlockColumn.reservations, bytes: jsonArray(reservations))
    end(CapacityBlockColumn.progress, observedAt << 2 | Self.reservationRank(state))
    note(createdAt, in: place)
  }

  /// Of two documents without a time, the one with the later state counts.
  private static func reservationRank(_ state: JSONText?) -> Int64 {
    switch state?.string {
    case "scheduled", "pending", "payment-pending", "assessing", "delayed": 0
    case "active", "unavailable": 1
    default: 2
    }
  }
}
