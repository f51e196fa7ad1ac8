import Synchronization

/// The requests that this process sent to AWS: counts and times by operation. Shared by all clients of a session.
package final class CallLog: Sendable {
  /// What one operation took.
  package struct Entry: Sendable, Equatable {
    /// Requests sent, retries included.
    package var requests = 0
    /// Those of the requests that were sent again.
    package var retries = 0
    /// Answers that asked us to slow down.
    package var throttles = 0
    /// Bodies of answers.
    package var bytes = 0
    /// Seconds from sending a request to its complete answer, summed over requests that may have run in parallel.
    package var waitingSeconds = 0.0
    /// Seconds spent waiting for pacing and between retries, summed in the same way.
    package var heldSeconds = 0.0
  }

  private let state = Mutex<[Operation: Entry]>([:])

  package init() {}

  /// By service and name, sorted.
  package var entries: [(operation: Operation, entry: Entry)] {
    state.withLock { $0.map { ($0.key, $0.value) } }.sorted { $0.operation.description < $1.operation.description }
  }

  /// Zeros if it was never called.
  package subscript(operation: Operation) -> Entry { state.withLock { $0[operation] ?? Entry() } }

  func update(_ operation: Operation, _ change: (inout Entry) -> Void) {
    state.withLock { change(&$0[operation, default: Entry()]) }
  }
}
