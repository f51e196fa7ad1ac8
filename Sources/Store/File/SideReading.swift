import Dispatch

/// A read of the last commit, or a computation, on another core, while this one continues.
package final class SideReading<Value>: @unchecked Sendable {
  private let ended = DispatchSemaphore(value: 0)
  private var result: Result<Value, any Error>?

  package init(
    on queue: DispatchQueue = .global(qos: .userInitiated), _ read: @escaping @Sendable () throws -> Value
  ) {
    queue.async {
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
  ///
  /// - Parameter inTurn: whether it waits for the others of which this is true, so that all of them use one core.
  package func readBeside<Value>(
    inTurn: Bool = false, _ body: @escaping @Sendable (Connection) throws -> Value
  ) -> SideReading<Value>? {
    if path == ":memory:" { return nil }
    return SideReading(on: inTurn ? turns : .global(qos: .userInitiated)) {
      try self.read { try $0.withSmallCache(body) }
    }
  }
}

extension SideReading {
  /// Uses values in the order of their numbers, each of which is made on another core while the one before it is used.
  ///
  /// - Parameters:
  ///   - begin: begins to make a value; nil if only this core can.
  ///   - here: makes a value on this core.
  package static func each(
    _ count: Int, begin: (Int) -> SideReading?, here: (Int) throws -> Value, use: (Int, Value) throws -> Void
  ) throws {
    var next = count > 0 ? begin(0) : nil
    for number in 0..<count {
      let value = try next?.value() ?? here(number)
      next = number + 1 < count ? begin(number + 1) : nil
      try use(number, value)
    }
  }

  /// The same for values that every core can make.
  package static func each(
    _ count: Int, make: @escaping @Sendable (Int) throws -> Value, use: (Int, Value) throws -> Void
  ) throws {
    try each(count, begin: { number in SideReading { try make(number) } }, here: make, use: use)
  }
}
