import Store

/// Attempts by the instance they ran on, several ten thousand at a time; handed out once.
final class PlacedAttempts {
  /// The attempts of instances with adjacent ids.
  struct Group {
    /// Positions in `World.instances`.
    var instances: Range<Int>
    var attempts: AttemptsByInstance
  }

  let count: Int
  private let instances: Int
  private let instancesPerGroup: Int
  private let groupCount: Int
  private let spool: Spool<AttemptFacts>
  private var fargateGroup: Int { groupCount }
  private var trainingGroup: Int { groupCount + 1 }
  private var unplacedGroup: Int { groupCount + 2 }

  /// The number of attempts in memory together, so that those of one instance can be gathered without cache misses.
  static let groupSize = 1 << 16

  init(count: Int, instances: Int, pool: SpoolPool, groupSize: Int = PlacedAttempts.groupSize) {
    self.count = count
    self.instances = instances
    let wanted = max(1, (count + groupSize - 1) / groupSize)
    instancesPerGroup = max(1, (instances + wanted - 1) / wanted)
    groupCount = (instances + instancesPerGroup - 1) / instancesPerGroup
    spool = Spool(pool: pool)
  }

  func append(_ attempt: AttemptFacts) throws {
    try spool.append(attempt, to: group(of: attempt))
  }

  private func group(of attempt: AttemptFacts) -> Int {
    if attempt.flags.contains(.training) { return trainingGroup }
    if attempt.resource >= 0 { return Int(attempt.resource) / instancesPerGroup }
    return attempt.flags.contains(.fargate) ? fargateGroup : unplacedGroup
  }

  /// Hands out groups in the order of their instances.
  func drainGroups(_ body: (Group) throws -> Void) throws {
    var attempts: ContiguousArray<AttemptFacts> = []
    for number in 0..<groupCount {
      attempts.removeAll(keepingCapacity: true)
      attempts.reserveCapacity(spool.count(number))
      try spool.drain(number) { attempts.append(contentsOf: $0) }
      let range = number * instancesPerGroup..<min(instances, (number + 1) * instancesPerGroup)
      try body(Group(instances: range, attempts: AttemptsByInstance(attempts, range)))
    }
  }

  var hasFargate: Bool { spool.count(fargateGroup) > 0 }

  /// Hands out attempts on Fargate by id, some at a time.
  func drainFargate(_ body: (ContiguousArray<AttemptFacts>) throws -> Void) throws {
    try spool.drain(fargateGroup) { try body(ContiguousArray($0)) }
  }

  var hasTraining: Bool { spool.count(trainingGroup) > 0 }

  /// Hands out attempts on SageMaker by id, some at a time.
  func drainTraining(_ body: (ContiguousArray<AttemptFacts>) throws -> Void) throws {
    try spool.drain(trainingGroup) { try body(ContiguousArray($0)) }
  }

  /// Hands out attempts on unknown instances, by id.
  func drainUnplaced(_ body: (AttemptFacts) throws -> Void) throws {
    try spool.drain(unplacedGroup) { try $0.forEach(body) }
  }
}

/// Attempts gathered by instance: a counting sort, then sorted by (start, attempt id) within each.
struct AttemptsByInstance {
  private let first: Int
  private let offsets: [Int32]
  private var sorted: ContiguousArray<AttemptFacts>

  init(_ attempts: ContiguousArray<AttemptFacts>, _ instances: Range<Int>) {
    let first = instances.lowerBound
    self.first = first
    var ends = [Int32](repeating: 0, count: instances.count + 2)
    for attempt in attempts { ends[Int(attempt.resource) - first + 2] += 1 }
    for index in 2..<max(2, ends.count) { ends[index] += ends[index - 1] }
    sorted = ContiguousArray(unsafeUninitializedCapacity: attempts.count) { buffer, initialized in
      for attempt in attempts {
        let instance = Int(attempt.resource) - first + 1
        (buffer.baseAddress! + Int(ends[instance])).initialize(to: attempt)
        ends[instance] += 1
      }
      initialized = attempts.count
    }
    offsets = ends
    sorted.withUnsafeMutableBufferPointer { buffer in
      for instance in 0..<instances.count {
        let range = Int(ends[instance])..<Int(ends[instance + 1])
        var own = UnsafeMutableBufferPointer(rebasing: buffer[range])
        own.sort(by: Self.precedes)
      }
    }
  }

  private static func precedes(_ first: AttemptFacts, _ second: AttemptFacts) -> Bool {
    first.started == second.started ? first.id < second.id : first.started < second.started
  }

  /// - Parameter instance: position in `World.instances`.
  func attempts(of instance: Int) -> [AttemptFacts] {
    Array(sorted[Int(offsets[instance - first])..<Int(offsets[instance - first + 1])])
  }
}
