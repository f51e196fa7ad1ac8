import Dispatch

/// What is read from the last commit on another core, while this one goes on.
package final class SideReading<Value>: @unchecked Sendable {
  private let ended = DispatchSemaphore(value: 0)
  private var result: Result<Value, any Error>?

  fileprivate init(_ read: @escaping @Sendable () throws -> Value) {
    DispatchQueue.global(qos: .userInitiated).async {
      self.result = Result { try read() }
      self.ended.signal()
    }
  }

  /// Waits for it and hands it over; once.
  package func value() throws -> Value {
    ended.wait()
    defer { result = nil }
    guard let result else { throw StoreError(.unusable, "nothing was read") }
    return try result.get()
  }
}

extension Database {
  /// Begins to read beside what goes on; nil where the database is in memory, which one alone can read.
  ///
  /// It sees what was committed, not what a transaction that is under way has changed.
  package func readBeside<Value>(_ body: @escaping @Sendable (Connection) throws -> Value) -> SideReading<Value>? {
    path == ":memory:" ? nil : SideReading { try self.read { try $0.withSmallCache(body) } }
  }
}
