import Foundation
import Synchronization

/// Runs what takes long, or waits without `await`, on a thread of its own: the pool's are as few as processors.
package func onOwnThread<Success: Sendable>(
  _ body: @escaping @Sendable () throws -> Success
) async throws -> Success {
  try await withCheckedThrowingContinuation { continuation in
    let thread = Thread { continuation.resume(with: Result { try body() }) }
    thread.stackSize = 8 << 20
    thread.start()
  }
}

/// Tells work on another thread that nobody waits for it any more.
package final class StopSign: Sendable {
  private struct State {
    var isUp = false
    var action: (@Sendable () -> Void)?
  }

  private let state = Mutex(State())

  package init() {}

  package func raise() {
    state.withLock { state -> (@Sendable () -> Void)? in
      state.isUp = true
      return state.action
    }?()
  }

  /// - Throws: `CancellationError` where it is up.
  package func check() throws {
    if state.withLock(\.isUp) { throw CancellationError() }
  }

  /// Calls `action` when the sign goes up while `body` runs, or is up already.
  package func watch<Success>(
    by action: @escaping @Sendable () -> Void, _ body: () throws -> Success
  ) rethrows -> Success {
    let isUp = state.withLock { state in
      state.action = action
      return state.isUp
    }
    defer { state.withLock { $0.action = nil } }
    if isUp { action() }
    return try body()
  }
}
