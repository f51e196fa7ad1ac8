/// Records in groups, each in order of arrival: in memory while the pool has room, beyond that in a temporary file, so
/// that ten million need no more memory than one million. Records hold numbers only.
///
/// Public because package declarations are not specialised in other modules.
public final class Spool<Record> {
  @usableFromInline enum Block {
    case memory(UnsafeMutableRawPointer)
    case file(at: Int64)
  }

  @usableFromInline struct Group {
    /// The block that it is filling.
    @usableFromInline var open: UnsafeMutablePointer<Record>?
    @usableFromInline var count = 0
    /// Full blocks.
    @usableFromInline var closed: [Block] = []

    @inlinable init() {}
  }

  @usableFromInline let pool: SpoolPool
  @usableFromInline var groups: ContiguousArray<Group> = []
  private var file: SpillFile?

  /// How many records a block has room for.
  @inlinable static var blockSize: Int { SpoolPool.blockBytes / MemoryLayout<Record>.stride }

  /// - Parameter pool: may serve several spools.
  public init(pool: SpoolPool) { self.pool = pool }

  deinit {
    for group in groups {
      if let block = group.open { pool.giveBack(block) }
      for case .memory(let block) in group.closed { pool.giveBack(block) }
    }
  }

  /// One more than the last group with records.
  public var groupCount: Int { groups.count }

  /// The number of records in a group; 0 for a group that never had any.
  public func count(_ group: Int) -> Int {
    group < groups.count ? groups[group].closed.count * Self.blockSize + groups[group].count : 0
  }

  /// Groups count from 0, and exist once they are named: leave no large gaps.
  ///
  /// - Throws: `StoreError` if there is no memory or no room on disk.
  @inlinable public func append(_ record: Record, to group: Int) throws {
    while group >= groups.count { groups.append(Group()) }
    let block = try groups[group].open ?? open(group)
    let count = groups[group].count
    (block + count).initialize(to: record)
    groups[group].count = count + 1
    if count + 1 == Self.blockSize { try close(group) }
  }

  @usableFromInline func open(_ group: Int) throws -> UnsafeMutablePointer<Record> {
    let block = try pool.take().bindMemory(to: Record.self, capacity: Self.blockSize)
    groups[group].open = block
    return block
  }

  @usableFromInline func close(_ group: Int) throws {
    guard let block = groups[group].open else { return }
    groups[group].count = 0
    if pool.hasRoom {
      groups[group].closed.append(.memory(block))
      groups[group].open = nil
      return
    }
    let file = try self.file ?? SpillFile()
    self.file = file
    let records = UnsafeBufferPointer(start: block, count: Self.blockSize)
    groups[group].closed.append(.file(at: try file.append(UnsafeRawBufferPointer(records))))
  }

  /// Hands out a group's records, a block at a time, and forgets them.
  ///
  /// - Throws: what `body` throws, and then the rest is lost; `StoreError` if the file cannot be read.
  public func drain(_ group: Int, _ body: (UnsafeBufferPointer<Record>) throws -> Void) throws {
    guard group < groups.count else { return }
    let (blocks, last, count) = (groups[group].closed, groups[group].open, groups[group].count)
    groups[group] = Group()
    for block in blocks {
      let memory: UnsafeMutableRawPointer
      switch block {
      case .memory(let kept): memory = kept
      case .file(let place):
        memory = try pool.take()
        let bytes = Self.blockSize * MemoryLayout<Record>.stride
        try file?.read(at: place, into: UnsafeMutableRawBufferPointer(start: memory, count: bytes))
      }
      defer { pool.giveBack(memory) }
      let records = memory.bindMemory(to: Record.self, capacity: Self.blockSize)
      try body(UnsafeBufferPointer(start: records, count: Self.blockSize))
    }
    if let last {
      defer { pool.giveBack(last) }
      try body(UnsafeBufferPointer(start: last, count: count))
    }
  }

  /// All records of a group together, which it then forgets.
  ///
  /// - Throws: `StoreError` if the file cannot be read.
  public func take(_ group: Int) throws -> ContiguousArray<Record> {
    var records: ContiguousArray<Record> = []
    records.reserveCapacity(count(group))
    try drain(group) { records.append(contentsOf: $0) }
    return records
  }
}

/// Used by one thread at a time.
extension Spool: @unchecked Sendable {}
