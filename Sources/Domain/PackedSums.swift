/// Values added up by key, based on a `PackedTable`.
public struct PackedSums<Key: PackedKey, Value> {
  @usableFromInline var table = PackedTable<Key>()
  @usableFromInline var values: ContiguousArray<Value> = []

  @inlinable public init() {}

  /// Changes the value of a key, which starts as `start`.
  @inlinable public mutating func update(
    _ key: Key, from start: @autoclosure () -> Value, _ change: (inout Value) -> Void
  ) {
    let (position, isNew) = table.position(of: key)
    if isNew { values.append(start()) }
    change(&values[position])
  }

  /// Keys and values in the order in which they were first seen.
  @inlinable public var unsorted: Zip2Sequence<ContiguousArray<Key>, ContiguousArray<Value>> { zip(table.keys, values) }

  /// Keys and values in the order of the keys.
  @inlinable public func sorted(by order: (Key, Key) -> Bool) -> [(key: Key, value: Value)] {
    values.indices.sorted { order(table.keys[$0], table.keys[$1]) }.map { (table.keys[$0], values[$0]) }
  }
}

extension PackedSums where Key: Comparable {
  /// Keys and values in ascending order of the keys.
  @inlinable public func sorted() -> [(key: Key, value: Value)] { sorted(by: <) }
}

extension PackedSums: Sendable where Key: Sendable, Value: Sendable {}
