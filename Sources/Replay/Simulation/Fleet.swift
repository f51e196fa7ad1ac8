/// The instances of an environment that take jobs, in the order of their launch, with what each has left.
struct Fleet {
  private struct Slot {
    var room: Need
    /// Position among all instances; −1: gone.
    var instance: Int32
  }

  /// An upper bound of the room in a block of slots: a block without room is passed over as one.
  private static let blockSize = 32

  private var slots: ContiguousArray<Slot> = []
  private var bounds: ContiguousArray<Need> = []
  private var gone = 0

  /// The number of a new instance's slot, until `compact` gives it another.
  mutating func add(_ instance: Int32, _ room: Need) -> Int32 {
    let slot = slots.count
    if slot % Self.blockSize == 0 { bounds.append(room) } else { raise(slot, room) }
    slots.append(Slot(room: room, instance: instance))
    return Int32(slot)
  }

  func room(_ slot: Int32) -> Need { slots[Int(slot)].room }

  mutating func take(_ need: Need, _ slot: Int32) { slots[Int(slot)].room = slots[Int(slot)].room - need }

  mutating func release(_ need: Need, _ slot: Int32) {
    let room = slots[Int(slot)].room + need
    slots[Int(slot)].room = room
    raise(Int(slot), room)
  }

  private mutating func raise(_ slot: Int, _ room: Need) {
    let block = slot / Self.blockSize
    bounds[block].milliVCPUs = max(bounds[block].milliVCPUs, room.milliVCPUs)
    bounds[block].memoryMiB = max(bounds[block].memoryMiB, room.memoryMiB)
    bounds[block].gpus = max(bounds[block].gpus, room.gpus)
  }

  mutating func remove(_ slot: Int32) {
    slots[Int(slot)] = Slot(room: Need(milliVCPUs: -1, memoryMiB: -1, gpus: -1), instance: -1)
    gone += 1
  }

  /// Whether most of its slots are of instances that are gone.
  var isSparse: Bool { gone > 2 * Self.blockSize && gone * 2 > slots.count }

  /// Forgets instances that are gone.
  ///
  /// - Returns: the new slots of the others.
  mutating func compact() -> [(instance: Int32, slot: Int32)] {
    slots.removeAll { $0.instance < 0 }
    gone = 0
    bounds.removeAll(keepingCapacity: true)
    for index in slots.indices {
      if index % Self.blockSize == 0 { bounds.append(slots[index].room) } else { raise(index, slots[index].room) }
    }
    return slots.enumerated().map { ($1.instance, Int32($0)) }
  }

  /// The instance that gets a job; nil where none has room.
  /// - Complexity: O(n) in instances, a block at a time where none of the block has room.
  mutating func find(_ need: Need, _ rule: PlacementRule) -> Int32? {
    var best: (slot: Int, left: Int32)?
    for block in bounds.indices where need.fits(bounds[block]) {
      let start = block * Self.blockSize
      var bound = Need(milliVCPUs: -1, memoryMiB: -1, gpus: -1)
      for slot in start..<min(start + Self.blockSize, slots.count) {
        let room = slots[slot].room
        if need.fits(room), slots[slot].instance >= 0 {
          if rule == .oldest { return slots[slot].instance }
          let left = room.memoryMiB - need.memoryMiB
          if best.map({ left < $0.left }) ?? true { best = (slot, left) }
        }
        bound.milliVCPUs = max(bound.milliVCPUs, room.milliVCPUs)
        bound.memoryMiB = max(bound.memoryMiB, room.memoryMiB)
        bound.gpus = max(bound.gpus, room.gpus)
      }
      bounds[block] = bound
    }
    return best.map { slots[$0.slot].instance }
  }
}
