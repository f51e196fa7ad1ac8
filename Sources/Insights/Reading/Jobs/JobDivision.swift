import Domain
import Store

/// How jobs are divided into blocks of adjacent ids, so that only one block is in memory.
enum JobDivision: Sendable {
  case blocks(of: Int64)
  /// All jobs are one block, which stays in memory.
  case whole

  func block(of job: Int64) -> Int {
    switch self {
    case .blocks(let size): Int(max(0, job) / size)
    case .whole: 0
    }
  }

  /// The ids of a block's jobs.
  func jobs(of block: Int) -> Range<Int64>? {
    switch self {
    case .blocks(let size): Int64(block) * size..<Int64(block + 1) * size
    case .whole: nil
    }
  }

  /// For records by block.
  func spool<Record>(of record: Record.Type) -> Spool<Record> {
    switch self {
    case .blocks: Spool(pool: SpoolPool(capacity: SpoolPool.capacity / 4))
    case .whole: Spool(pool: SpoolPool(capacity: .max))
    }
  }
}
