import Dispatch

/// A read of the last commit on another core, while this one continues.
package final class SideReading<Value>: @unchecked Sendable {
  private let ended = DispatchSemaphore(value: 0)
  private var result: Result<Value, any Error>?

  fileprivate init(_ read: @escaping @Sendable () throws -> Value) {
    DispatchQueue.global(qos: .userInitiated).async {
      self.result = Result { try read() }
      self.ended.signal()
    }
  }

  /// Waits for the value and returns it; call once.
  ///
  /// - Throws: what the read threw.
  package func value() throws -> Value {
    ended.wait()
    defer { result = nil }
    guard let result else { throw StoreError(.unusable, "nothing was read") }
    return try result.get()
  }
}

extension Database {
  /// Begins a read in parallel; nil for a database in memory, which has only one reader.
  ///
  /// It sees what was committed, not the changes of a transaction under way.
  package func readBeside<Value>(_ body: @escaping @Sendable (Connection) throws -> Value) -> SideReading<Value>? {
    path == ":memory:" ? nil : SideReading { try self.read { try $0.withSmallCache(body) } }
  }
}
