import Foundation
import Synchronization

/// Runs long or blocking work on its own thread, with a stack of 8 MiB: the concurrency pool has only as many threads
/// as there are processors. Cancelling the task does not end the work; see `StopSign`.
///
/// - Throws: what `body` throws.
package func onOwnThread<Success: Sendable>(
  _ body: @escaping @Sendable () throws -> Success
) async throws -> Success {
  try await withCheckedThrowingContinuation { continuation in
    let thread = Thread { continuation.resume(with: Result { try body() }) }
    thread.stackSize = 8 << 20
    thread.start()
  }
}

/// Tells work on another thread that nobody is waiting for it any more.
package final class StopSign: Sendable {
  private struct State {
    var isUp = false
    var action: (@Sendable () -> Void)?
  }

  private let state = Mutex(State())

  package init() {}

  /// Cannot be undone. Runs the action of a `watch` under way, on this thread.
  package func raise() {
    state.withLock { state -> (@Sendable () -> Void)? in
      state.isUp = true
      return state.action
    }?()
  }

  /// - Throws: `CancellationError` if the sign is up.
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
