import Domain

/// Everything that rollups group attempts by, kept once for all attempts that share it.
struct AttemptGroup: PackedKey {
  var jobQueue: Int32
  var jobDefinition: Int32
  var tagSet: Int32
  var outcome: Outcome
  var retried: Bool

  var word: UInt64 {
    let first = UInt64(UInt32(bitPattern: jobDefinition)) << 32 | UInt64(UInt32(bitPattern: tagSet))
    let second = UInt64(UInt32(bitPattern: jobQueue)) << 8 | UInt64(outcome.rawValue) << 1 | (retried ? 1 : 0)
    return first ^ second &* 0xFF51_AFD7_ED55_8CCD
  }
}

/// The groups of a world, numbered in the order in which they were first seen.
struct AttemptGroups {
  private var table = PackedTable<AttemptGroup>()

  var list: ContiguousArray<AttemptGroup> { table.keys }

  mutating func number(of group: AttemptGroup) -> Int32 { Int32(table.position(of: group).position) }
}
