/// An attempt where it is in `World.attempts`.
struct PlacedAttempt {
  var position: Int
  var facts: AttemptFacts
}

/// Positions of attempts grouped by resource: a counting sort, then by (start, attempt id) within each.
struct AttemptsByResource {
  private var offsets: [Int32]
  private var positions: ContiguousArray<Int32>

  init(_ attempts: ContiguousArray<AttemptFacts>, resources: Int) {
    offsets = [Int32](repeating: 0, count: resources + 2)
    for attempt in attempts where attempt.resource >= 0 { offsets[Int(attempt.resource) + 2] += 1 }
    for index in 2..<max(2, offsets.count) { offsets[index] += offsets[index - 1] }
    positions = ContiguousArray(repeating: 0, count: Int(offsets.last ?? 0))
    for (index, attempt) in attempts.enumerated() where attempt.resource >= 0 {
      positions[Int(offsets[Int(attempt.resource) + 1])] = Int32(index)
      offsets[Int(attempt.resource) + 1] += 1
    }
  }

  /// The attempts of a resource, copied together: they lie scattered, and a read from memory takes longer than to post
  /// one of them, unless many are under way at once.
  func attempts(of resource: Int, _ facts: ContiguousArray<AttemptFacts>) -> [PlacedAttempt] {
    var attempts = positions[Int(offsets[resource])..<Int(offsets[resource + 1])].map {
      PlacedAttempt(position: Int($0), facts: facts[Int($0)])
    }
    attempts.sort {
      $0.facts.started != $1.facts.started ? $0.facts.started < $1.facts.started : $0.facts.id < $1.facts.id
    }
    return attempts
  }
}
