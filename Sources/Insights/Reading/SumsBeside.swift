import Dispatch

/// What needs no connection while it gathers, so that it may run on another core.
protocol BlockSums: JobGathering {}

/// Sums that are gathered on another core, block by block, while this one gathers the rest and reads the next block. It
/// never is more than one block ahead, so that few are in memory.
final class SumsBeside: @unchecked Sendable {
  private let queue = DispatchQueue(label: "sums", qos: .userInitiated)
  private let room = DispatchSemaphore(value: 1)
  // Used on the queue.
  private var sums: [any BlockSums]
  private var failure: (any Error)?

  init(_ sums: [any BlockSums]) { self.sums = sums }

  func add(_ block: JobBlock) {
    room.wait()
    queue.async {
      defer { self.room.signal() }
      guard self.failure == nil else { return }
      do {
        for position in self.sums.indices { try self.sums[position].add(block) }
      } catch {
        self.failure = error
      }
    }
  }

  /// Waits for the last block, and returns the sums in the order in which they were given.
  func gathered() throws -> [any BlockSums] {
    try queue.sync {
      defer { sums = [] }
      if let failure { throw failure }
      return sums
    }
  }
}
