import Store

/// Attempts in groups, each in order of arrival: in memory while the pool has room, beyond that in a temporary file, so
/// that ten million attempts need no more memory than one million.
final class AttemptSpool {
  private enum Block {
    case memory(UnsafeMutablePointer<AttemptFacts>)
    case file(at: Int64)
  }

  private struct Open {
    var block: UnsafeMutablePointer<AttemptFacts>?
    var count = 0
  }

  private let pool: AttemptBlockPool
  /// The block that each group is filling.
  private var open: [Open]
  /// Full blocks.
  private var closed: [[Block]]
  private var file: SpillFile?

  init(groups: Int, pool: AttemptBlockPool) {
    self.pool = pool
    open = [Open](repeating: Open(), count: groups)
    closed = [[Block]](repeating: [], count: groups)
  }

  func count(_ group: Int) -> Int { closed[group].count * AttemptBlockPool.blockSize + open[group].count }

  func append(_ attempt: AttemptFacts, to group: Int) throws {
    let block = try open[group].block ?? pool.take()
    block[open[group].count] = attempt
    open[group] = Open(block: block, count: open[group].count + 1)
    if open[group].count == AttemptBlockPool.blockSize { try close(group, block) }
  }

  private func close(_ group: Int, _ block: UnsafeMutablePointer<AttemptFacts>) throws {
    if pool.hasRoom {
      closed[group].append(.memory(block))
      open[group] = Open()
      return
    }
    let file = try self.file ?? SpillFile()
    self.file = file
    let attempts = UnsafeBufferPointer(start: block, count: AttemptBlockPool.blockSize)
    closed[group].append(.file(at: try file.append(UnsafeRawBufferPointer(attempts))))
    open[group].count = 0
  }

  /// Hands out a group's attempts, a block at a time, and forgets them.
  func drain(_ group: Int, _ body: (UnsafeBufferPointer<AttemptFacts>) throws -> Void) throws {
    let (blocks, last) = (closed[group], open[group])
    closed[group] = []
    open[group] = Open()
    for block in blocks {
      let memory: UnsafeMutablePointer<AttemptFacts>
      switch block {
      case .memory(let kept): memory = kept
      case .file(let place):
        memory = try pool.take()
        try file?.read(
          at: place,
          into: UnsafeMutableRawBufferPointer(
            UnsafeMutableBufferPointer(start: memory, count: AttemptBlockPool.blockSize)))
      }
      defer { pool.giveBack(memory) }
      try body(UnsafeBufferPointer(start: memory, count: AttemptBlockPool.blockSize))
    }
    if let block = last.block {
      defer { pool.giveBack(block) }
      try body(UnsafeBufferPointer(start: block, count: last.count))
    }
  }
}
