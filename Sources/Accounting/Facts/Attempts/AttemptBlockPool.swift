import Store

#if canImport(Glibc)
  import Glibc
#endif

/// Memory for attempts in blocks of one size. It comes from the system, and returns to it with the last spool: the heap
/// would keep it fragmented.
final class AttemptBlockPool {
  static let blockSize = 512

  /// 32 MB: half a million attempts.
  static let capacity = 1024

  private let capacity: Int
  private var slabs: [UnsafeMutableRawPointer] = []
  private var free: [UnsafeMutablePointer<AttemptFacts>] = []
  private static let blocksOfSlab = 128
  private static let slabBytes = blocksOfSlab * blockSize * MemoryLayout<AttemptFacts>.stride

  /// - Parameter capacity: the number of blocks beyond which `hasRoom` is false.
  init(capacity: Int = AttemptBlockPool.capacity) { self.capacity = capacity }

  deinit { for slab in slabs { munmap(slab, Self.slabBytes) } }

  /// Whether another full block may stay in memory.
  var hasRoom: Bool { slabs.count * Self.blocksOfSlab - free.count < capacity }

  /// A block without meaningful contents, even beyond the capacity.
  ///
  /// - Throws: `StoreError` if the system has no memory.
  func take() throws -> UnsafeMutablePointer<AttemptFacts> {
    if free.isEmpty { try grow() }
    return free.removeLast()
  }

  func giveBack(_ block: UnsafeMutablePointer<AttemptFacts>) { free.append(block) }

  private func grow() throws {
    guard let slab = mmap(nil, Self.slabBytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0),
      slab != MAP_FAILED
    else { throw StoreError(.unusable, "no memory for attempts: \(String(cString: strerror(errno)))") }
    slabs.append(slab)
    let first = slab.bindMemory(to: AttemptFacts.self, capacity: Self.blocksOfSlab * Self.blockSize)
    for number in (0..<Self.blocksOfSlab).reversed() { free.append(first + number * Self.blockSize) }
  }
}
