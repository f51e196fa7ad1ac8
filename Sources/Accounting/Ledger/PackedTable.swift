/// A key of a `PackedTable`, which mixes its bits into one word.
protocol PackedKey: Equatable {
  var word: UInt64 { get }
}

extension UInt64: PackedKey {
  var word: UInt64 { self }
}

/// Numbers keys from 0 in the order in which they are first seen: open addressing on a power of two, since a general
/// dictionary's hash costs more than what a rollup does with the row.
struct PackedTable<Key: PackedKey> {
  private var slots: ContiguousArray<Int32>
  private(set) var keys: ContiguousArray<Key> = []

  init() { slots = ContiguousArray(repeating: -1, count: 1 << 12) }

  /// - Complexity: O(1) on average.
  mutating func position(of key: Key) -> (position: Int, isNew: Bool) {
    if keys.count * 2 >= slots.count { grow() }
    var slot = Self.slot(key, slots.count)
    while true {
      let position = slots[slot]
      if position < 0 {
        slots[slot] = Int32(keys.count)
        keys.append(key)
        return (keys.count - 1, true)
      }
      if keys[Int(position)] == key { return (Int(position), false) }
      slot = (slot + 1) & (slots.count - 1)
    }
  }

  private static func slot(_ key: Key, _ count: Int) -> Int {
    var hash = key.word &* 0x9E37_79B9_7F4A_7C15
    hash ^= hash >> 32
    return Int(truncatingIfNeeded: hash) & (count - 1)
  }

  private mutating func grow() {
    slots = ContiguousArray(repeating: -1, count: slots.count * 4)
    for (position, key) in keys.enumerated() {
      var slot = Self.slot(key, slots.count)
      while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = Int32(position)
    }
  }
}
