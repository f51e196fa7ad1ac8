import Domain
import Store

/// Decides where each attempt ran and how it ended, once all are read: another attempt may identify the instance of a
/// registration.
struct AttemptPlacer {
  private(set) var instances: InstanceReader
  private(set) var groups: AttemptGroups
  private(set) var contradictions = Contradictions()
  /// Attempts that name an instance which is not charged to them, by position.
  private(set) var witnesses: [(instance: Int32, attempt: Int64)]
  private let endings: JobEndings
  private let scope: FactScope
  /// Attempts that name a task which another attempt bears.
  private let doubles: Set<Int64>
  /// New positions, in order of ids, by the positions at which attempts were read.
  private var moved: [Int32] = []
  /// The group of an attempt that counted, by its group before outcomes are known: most attempts count.
  private var counted: ContiguousArray<Int32>

  /// - Parameter reader: consumed, so that none of its data exists twice.
  init(_ reader: consuming AttemptReader, _ endings: JobEndings, _ scope: FactScope, doubles: Set<Int64>) {
    instances = reader.instances
    groups = reader.groups
    witnesses = reader.unstarted
    self.endings = endings
    self.scope = scope
    self.doubles = doubles
    counted = ContiguousArray(repeating: -1, count: groups.list.count)
  }

  mutating func place(_ attempts: Spool<AttemptFacts>, _ pool: SpoolPool) throws -> PlacedAttempts {
    moved = instances.order()
    for index in witnesses.indices { witnesses[index].instance = moved[Int(witnesses[index].instance)] }
    let placed = PlacedAttempts(count: attempts.count(0), instances: instances.instances.count, pool: pool)
    try attempts.drain(0) { block in
      for var attempt in block where doubles.isEmpty || !doubles.contains(attempt.id) {
        locate(&attempt)
        settle(&attempt)
        noteLife(attempt)
        if isKept(attempt) { try placed.append(attempt) }
      }
    }
    return placed
  }

  /// Whether everything that decides about the attempt was read.
  private func isKept(_ attempt: AttemptFacts) -> Bool {
    guard case .part = scope else { return true }
    if attempt.resource >= 0 { return scope.contains(instance: instances.instances[Int(attempt.resource)].id) }
    return !attempt.flags.contains(.context)
  }

  /// The registration says where an attempt ran; if ECS forgot it, another attempt's status reason may.
  private mutating func locate(_ attempt: inout AttemptFacts) {
    if attempt.resource >= 0 { attempt.resource = moved[Int(attempt.resource)] }
    let registration = Int(attempt.registration)
    guard registration >= 0, instances.positionOfRegistration.indices.contains(registration) else { return }
    let registered = instances.positionOfRegistration[registration]
    guard registered >= 0 else { return }
    let named = attempt.resource
    if named >= 0, named != registered {
      contradictions.note(
        Contradictions.Pair(
          registered: instances.instances[Int(registered)].id, named: instances.instances[Int(named)].id),
        from: attempt.started, to: attempt.stopped)
      witnesses.append((named, attempt.id))
    }
    attempt.resource = registered
  }

  /// Only attempts that were run again, and those of jobs that did not succeed, did not count.
  private mutating func settle(_ attempt: inout AttemptFacts) {
    let number = Int(attempt.group)
    let ending = endings[AttemptID.job(of: attempt.id)]
    let isRetried = attempt.flags.contains(.retried)
    if !isRetried, attempt.flags.contains(.open) || ending == .succeeded {
      if counted[number] < 0 {
        var group = groups.list[number]
        (group.retried, group.outcome) = (false, .counted)
        counted[number] = groups.number(of: group)
      }
      attempt.group = counted[number]
      return
    }
    var group = groups.list[number]
    group.retried = isRetried
    if !isRetried, ending == .endedByUser, !group.outcome.isLostHost { group.outcome = .cancelled }
    let resource = Int(attempt.resource)
    if resource >= 0 {
      let host = instances.instances[resource]
      group.outcome = group.outcome.told(by: host.lifecycle, interrupted: host.interrupted)
    }
    attempt.group = groups.number(of: group)
  }

  /// Notes what an attempt says about the life of its instance.
  private mutating func noteLife(_ attempt: AttemptFacts) {
    guard attempt.resource >= 0 else { return }
    instances.update(Int(attempt.resource)) {
      $0.isBatch = true
      if attempt.flags.contains(.managed) { $0.isManaged = true }
      let first = $0.evidence.firstAttempt?.milliseconds ?? attempt.placed
      $0.evidence.firstAttempt = Instant(milliseconds: min(first, attempt.placed))
      if attempt.flags.goesOn {
        $0.evidence.hasOpenAttempt = true
      } else {
        let last = $0.evidence.lastAttemptStop?.milliseconds ?? attempt.stopped
        $0.evidence.lastAttemptStop = Instant(milliseconds: max(last, attempt.stopped))
      }
    }
  }
}
