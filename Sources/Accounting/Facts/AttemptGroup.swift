/// Everything that rollups group attempts by, kept once for all attempts that share it.
struct AttemptGroup: Hashable {
  var jobQueue: Int32
  var jobDefinition: Int32
  var tagSet: Int32
  var outcome: Outcome
  var retried: Bool
}

/// The groups of a world, numbered in the order in which they were first seen.
struct AttemptGroups {
  private(set) var list: ContiguousArray<AttemptGroup> = []
  private var numbers: [AttemptGroup: Int32] = [:]
  private var last: (group: AttemptGroup, number: Int32)?

  mutating func number(of group: AttemptGroup) -> Int32 {
    // Children of an array come one after the other, and mostly share a group.
    if let last, last.group == group { return last.number }
    let number: Int32
    if let known = numbers[group] {
      number = known
    } else {
      number = Int32(list.count)
      list.append(group)
      numbers[group] = number
    }
    last = (group, number)
    return number
  }
}
