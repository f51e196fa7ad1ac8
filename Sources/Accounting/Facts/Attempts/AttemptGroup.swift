import Domain

/// Everything that rollups group attempts by, stored once for all attempts that share it.
package struct AttemptGroup: PackedKey {
  var jobQueue: Int32
  var jobDefinition: Int32
  var tagSet: Int32
  var outcome: Outcome
  var retried: Bool

  package init(jobQueue: Int32, jobDefinition: Int32, tagSet: Int32, outcome: Outcome, retried: Bool) {
    (self.jobQueue, self.jobDefinition, self.tagSet) = (jobQueue, jobDefinition, tagSet)
    (self.outcome, self.retried) = (outcome, retried)
  }

  package var word: UInt64 {
    let first = UInt64(UInt32(bitPattern: jobDefinition)) << 32 | UInt64(UInt32(bitPattern: tagSet))
    let second = UInt64(UInt32(bitPattern: jobQueue)) << 8 | UInt64(outcome.rawValue) << 1 | (retried ? 1 : 0)
    return first ^ second &* 0xFF51_AFD7_ED55_8CCD
  }
}

/// The groups of a world, numbered in the order in which they were first seen.
package struct AttemptGroups {
  private var table = PackedTable<AttemptGroup>()

  package init() {}

  var list: ContiguousArray<AttemptGroup> { table.keys }

  /// A group's number, from 0; a new group gets the next.
  package mutating func number(of group: AttemptGroup) -> Int32 { Int32(table.position(of: group).position) }
}
