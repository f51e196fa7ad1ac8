/// The instances of an environment that take jobs, in the order of their launch, with the free resources of each.
struct Fleet {
  /// Free vCPUs, memory and GPUs, and the instance's position among all; −1: gone. In one vector, so that all are
  /// compared at once: a job, with a position of 0, fits if nothing is less.
  private typealias Slot = SIMD4<Int32>

  private static var goneSlot: Slot { Slot(repeating: -1) }
  /// An upper bound of the room in a block of slots: a block without room is skipped as a whole.
  private static let blockSize = 16

  private var slots: ContiguousArray<Slot> = []
  private var bounds: ContiguousArray<Slot> = []
  private var gone = 0

  /// The slot of a new instance, until `compact` gives it another.
  mutating func add(_ instance: Int32, _ room: Need) -> Int32 {
    let slot = slots.count
    slots.append(Slot(room, instance))
    if slot % Self.blockSize == 0 { bounds.append(slots[slot]) } else { raise(slot) }
    return Int32(slot)
  }

  func room(_ slot: Int32) -> Need { slots[Int(slot)].need }

  mutating func take(_ need: Need, _ slot: Int32) { slots[Int(slot)] &-= Slot(need, 0) }

  mutating func release(_ need: Need, _ slot: Int32) {
    slots[Int(slot)] &+= Slot(need, 0)
    raise(Int(slot))
  }

  private mutating func raise(_ slot: Int) {
    let block = slot / Self.blockSize
    bounds[block] = pointwiseMax(bounds[block], slots[slot])
  }

  mutating func remove(_ slot: Int32) {
    slots[Int(slot)] = Self.goneSlot
    gone += 1
  }

  /// Whether most slots belong to instances that are gone.
  var isSparse: Bool { gone > 2 * Self.blockSize && gone * 2 > slots.count }

  /// Removes instances that are gone.
  ///
  /// - Returns: the new slots of the others.
  mutating func compact() -> [(instance: Int32, slot: Int32)] {
    slots.removeAll { $0.instance < 0 }
    gone = 0
    bounds.removeAll(keepingCapacity: true)
    for index in slots.indices { if index % Self.blockSize == 0 { bounds.append(slots[index]) } else { raise(index) } }
    return slots.enumerated().map { ($1.instance, Int32($0)) }
  }

  /// The instance that gets a job; nil if none has room.
  /// - Complexity: O(n) in instances, one block at a time if nothing in the block has room.
  mutating func find(_ need: Need, _ rule: PlacementRule) -> Int32? {
    let wanted = Slot(need, 0)
    return switch rule {
    case .oldest: oldest(wanted)
    case .fullest: fullest(wanted)
    }
  }

  private mutating func oldest(_ wanted: Slot) -> Int32? {
    for block in bounds.indices where wanted.fits(bounds[block]) {
      for index in range(of: block) where wanted.fits(slots[index]) { return slots[index].instance }
      lower(block)
    }
    return nil
  }

  private mutating func fullest(_ wanted: Slot) -> Int32? {
    var best: (slot: Int, memory: Int32)?
    for block in bounds.indices where wanted.fits(bounds[block]) {
      var hasRoom = false
      for index in range(of: block) where wanted.fits(slots[index]) {
        hasRoom = true
        let memory = slots[index].need.memoryMiB
        if best.map({ memory < $0.memory }) ?? true { best = (index, memory) }
      }
      if !hasRoom { lower(block) }
    }
    return best.map { slots[$0.slot].instance }
  }

  @inline(__always)
  private func range(of block: Int) -> Range<Int> {
    block * Self.blockSize..<min((block + 1) * Self.blockSize, slots.count)
  }

  private mutating func lower(_ block: Int) {
    var bound = Self.goneSlot
    for index in range(of: block) { bound = pointwiseMax(bound, slots[index]) }
    bounds[block] = bound
  }
}

extension SIMD4<Int32> {
  @inline(__always)
  fileprivate init(_ need: Need, _ instance: Int32) {
    self.init(need.milliVCPUs, need.memoryMiB, need.gpus, instance)
  }

  fileprivate var need: Need { Need(milliVCPUs: self[0], memoryMiB: self[1], gpus: self[2]) }
  fileprivate var instance: Int32 { self[3] }

  @inline(__always)
  fileprivate func fits(_ room: Self) -> Bool { all(self .<= room) }
}
