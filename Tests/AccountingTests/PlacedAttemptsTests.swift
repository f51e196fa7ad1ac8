import Store
import Testing

@testable import Accounting

/// An attempt of which only the id, the start and the instance matter.
private func attempt(_ id: Int64, on instance: Int32, at start: Int64, _ flags: AttemptFacts.Flags = []) -> AttemptFacts
{
  AttemptFacts(
    id: id, placed: start, started: start, stopped: start + 1, resource: instance, registration: -1, milliVCPUs: 1000,
    memoryMiB: 1024, jobQueue: 1, group: 0, gpus: 0, flags: flags)
}

@Suite struct PlacedAttemptsTests {
  /// A group holds whole instances, and more than one only where that leaves it near its size.
  @Test(
    "Every attempt comes out once, with its instance, ordered by start and id",
    arguments: [(1, 11), (10, 11), (1000, 4), (100_000, 1)])
  func byInstance(groupSize: Int, groups: Int) throws {
    let placed = PlacedAttempts(
      count: 3003, instances: 11, pool: SpoolPool(capacity: 1), groupSize: groupSize)
    // Instance 4 has none; starts run backwards and repeat.
    for id in 0..<Int64(3000) {
      let instance = Int32(id % 11)
      try placed.append(attempt(id, on: instance == 4 ? 5 : instance, at: 10_000 - id / 2))
    }
    try placed.append(attempt(3000, on: -1, at: 1))
    try placed.append(attempt(3001, on: -1, at: 1, .fargate))
    try placed.append(attempt(3002, on: -1, at: 0))
    var (drained, instances) = (0, [Int]())
    var ids: Set<Int64> = []
    try placed.drainGroups { group in
      drained += 1
      for instance in group.instances {
        instances.append(instance)
        let attempts = group.attempts.attempts(of: instance)
        #expect(attempts.isEmpty == (instance == 4))
        #expect(attempts.allSatisfy { Int($0.resource) == instance })
        for (one, next) in zip(attempts, attempts.dropFirst()) {
          #expect(one.started < next.started || one.started == next.started && one.id < next.id)
        }
        ids.formUnion(attempts.map(\.id))
      }
    }
    #expect(drained == groups)
    #expect(instances == Array(0..<11))
    #expect(ids == Set(0..<3000))
    var others: [Int64] = []
    try placed.drainFargate { others += $0.map(\.id) }
    #expect(others == [3001])
    try placed.drainUnplaced { others.append($0.id) }
    #expect(others == [3001, 3000, 3002])
  }
}
