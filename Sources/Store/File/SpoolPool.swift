#if canImport(Glibc)
  import Glibc
#endif

/// Memory for records in blocks of one size. It comes from the system, and returns to it with the last spool: the heap
/// would keep it fragmented. Used by one thread at a time.
public final class SpoolPool {
  /// The size of a block: 32 KiB.
  public static let blockBytes = 1 << 15

  /// In blocks: 32 MiB.
  public static let capacity = 1024

  private let capacity: Int
  private var slabs: [UnsafeMutableRawPointer] = []
  private var free: [UnsafeMutableRawPointer] = []
  private static let blocksOfSlab = 128
  private static let slabBytes = blocksOfSlab * blockBytes

  /// - Parameter capacity: the number of blocks beyond which `hasRoom` is false.
  public init(capacity: Int = SpoolPool.capacity) { self.capacity = capacity }

  deinit { for slab in slabs { munmap(slab, Self.slabBytes) } }

  /// Whether another full block may stay in memory.
  var hasRoom: Bool { slabs.count * Self.blocksOfSlab - free.count < capacity }

  /// A block without meaningful contents, even beyond the capacity.
  ///
  /// - Throws: `StoreError` if the system has no memory.
  func take() throws -> UnsafeMutableRawPointer {
    if free.isEmpty { try grow() }
    return free.removeLast()
  }

  func giveBack(_ block: UnsafeMutableRawPointer) { free.append(block) }

  private func grow() throws {
    guard let slab = mmap(nil, Self.slabBytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0),
      slab != MAP_FAILED
    else { throw StoreError(.unusable, "no memory for records: \(String(cString: strerror(errno)))") }
    slabs.append(slab)
    for number in (0..<Self.blocksOfSlab).reversed() { free.append(slab + number * Self.blockBytes) }
  }
}
