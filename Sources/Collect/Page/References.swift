#if canImport(Glibc)
  import Glibc
#endif

/// The distinct references of a page, so that each is looked up once per page, not once per row. An open-addressing
/// hash table over bytes in an arena.
struct References {
  private(set) var list: [Reference] = []
  private(set) var arena: [UInt8] = []
  private var slots: [Int32] = Array(repeating: -1, count: 256)

  var count: Int { list.count }

  mutating func removeAll() {
    if list.isEmpty { return }
    list.removeAll(keepingCapacity: true)
    arena.removeAll(keepingCapacity: true)
    for index in slots.indices { slots[index] = -1 }
  }

  func text(_ reference: Reference) -> ArraySlice<UInt8> {
    arena[reference.offset..<(reference.offset + reference.length)]
  }

  /// Calls `body` with every reference in order.
  func visit(_ body: (Reference.Kind, JSONText, UInt64) throws -> Void) rethrows {
    try arena.withUnsafeBufferPointer { bytes in
      for reference in list {
        let text = UnsafeBufferPointer(rebasing: bytes[reference.offset..<(reference.offset + reference.length)])
        try body(reference.kind, JSONText(bytes: text), reference.hash)
      }
    }
  }

  /// The reference's index; a new one is appended. Complexity: O(length), amortized.
  mutating func index(_ kind: Reference.Kind, _ text: JSONText) -> Int {
    index(kind, text, hash: text.hash(seed: UInt64(kind.rawValue)))
  }

  /// - Parameter hash: the text's, with the kind as seed.
  mutating func index(_ kind: Reference.Kind, _ text: JSONText, hash: UInt64) -> Int {
    var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
    while slots[slot] >= 0 {
      let index = Int(slots[slot])
      let found = list[index]
      if found.hash == hash, found.kind == kind, found.length == text.count, same(found, text) { return index }
      slot = (slot + 1) & (slots.count - 1)
    }
    let index = list.count
    slots[slot] = Int32(index)
    list.append(Reference(kind: kind, hash: hash, offset: arena.count, length: text.count))
    arena.append(contentsOf: text.buffer)
    if list.count * 2 > slots.count { grow() }
    return index
  }

  private func same(_ reference: Reference, _ text: JSONText) -> Bool {
    arena.withUnsafeBufferPointer { bytes in
      guard let start = bytes.baseAddress else { return text.count == 0 }
      return memcmp(start + reference.offset, text.start, text.count) == 0
    }
  }

  private mutating func grow() {
    slots = Array(repeating: -1, count: slots.count * 2)
    for (index, reference) in list.enumerated() {
      var slot = Int(truncatingIfNeeded: reference.hash) & (slots.count - 1)
      while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = Int32(index)
    }
  }
}
