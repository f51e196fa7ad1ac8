/// A key of a `PackedTable`, which mixes its bits into one word.
public protocol PackedKey: Equatable {
  /// All of the key's bits, mixed. Different keys may share a word, but the more do, the slower is every look-up.
  var word: UInt64 { get }
}

extension UInt64: PackedKey {
  @inlinable public var word: UInt64 { self }
}

/// Numbers keys from 0 in the order in which they are first seen. It uses open addressing on a power of two, because a
/// general dictionary's hash costs more than what a rollup does with the row.
///
/// Public because package declarations are not specialised in other modules.
public struct PackedTable<Key: PackedKey> {
  /// All keys: the one at index `i` has the number `i`.
  @usableFromInline var slots: ContiguousArray<Int32>
  @inlinable public var keys: ContiguousArray<Key> { numbered }
  @usableFromInline var numbered: ContiguousArray<Key> = []

  @inlinable public init() { slots = ContiguousArray(repeating: -1, count: 1 << 12) }

  /// The number of a key, which is given the next one if it is new.
  ///
  /// - Complexity: O(1) on average.
  @inlinable public mutating func position(of key: Key) -> (position: Int, isNew: Bool) {
    if numbered.count * 2 >= slots.count { grow() }
    var slot = Self.slot(key, slots.count)
    while true {
      let position = slots[slot]
      if position < 0 {
        slots[slot] = Int32(numbered.count)
        numbered.append(key)
        return (numbered.count - 1, true)
      }
      if numbered[Int(position)] == key { return (Int(position), false) }
      slot = (slot + 1) & (slots.count - 1)
    }
  }

  /// The number of a key; nil if it has none.
  @inlinable public func known(_ key: Key) -> Int? {
    var slot = Self.slot(key, slots.count)
    while true {
      let position = slots[slot]
      if position < 0 { return nil }
      if numbered[Int(position)] == key { return Int(position) }
      slot = (slot + 1) & (slots.count - 1)
    }
  }

  @inlinable static func slot(_ key: Key, _ count: Int) -> Int {
    let product = key.word.multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15)
    return Int(truncatingIfNeeded: product.high ^ product.low) & (count - 1)
  }

  @inlinable mutating func grow() {
    slots = ContiguousArray(repeating: -1, count: slots.count * 4)
    for (position, key) in numbered.enumerated() {
      var slot = Self.slot(key, slots.count)
      while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = Int32(position)
    }
  }
}

extension PackedTable: Sendable where Key: Sendable {}
