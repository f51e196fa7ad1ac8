import Domain

/// Walks through what really happened and notes, for every attempt, which choices there were when it was placed.
///
/// An attempt that began with its instance was assigned at the launch. Batch does not record when a job became
/// runnable. If a job got room at once, or an instance was launched for it that could have been launched earlier, it
/// became runnable then, and its earlier wait was not for capacity. If its environments were at their maximum, it
/// waited for them from its creation.
struct Shadow {
  struct Choice: Sendable {
    /// The instance was launched for this attempt.
    var isLaunch = false
    /// It began with its instance.
    var isWithBoot = false
    /// When it was assigned to its instance.
    var assigned: Int64 = 0
    /// Environments before its own, in the queue's order, that had nothing for it.
    var firstEnvironment: Int16 = 0
    /// The queue's first environment had room for it.
    var hadRoomFirst = false
    /// Whether it proves that the environments before its own had nothing for it.
    var shows: Bool { isLaunch || hadRoomFirst }
    /// Its environments were at their maximum.
    var isHeldByMaximum = false
  }

  /// By position of the attempt.
  private(set) var choices: ContiguousArray<Choice>
  /// By environment: placements on a running instance while others had room too, and how many followed each rule.
  private(set) var placements: [Placements]
  /// By queue: jobs for which an environment could have launched while a later one had room, and how many took that
  /// room.
  private(set) var passings: [Passings]

  struct Passings: Sendable, Equatable {
    var count = 0
    var tookRoom = 0

    /// What most of them did; without evidence, true.
    var takesRoomFirst: Bool { 2 * tookRoom >= count }
  }

  struct Placements: Sendable, Equatable {
    var count = 0
    var byRule: [PlacementRule: Int] = [:]

    /// The rule that most of them followed.
    var rule: PlacementRule { PlacementRule.allCases.max { (byRule[$0] ?? 0) < (byRule[$1] ?? 0) } ?? .oldest }
  }

  /// Attempts assigned before the instance was ready begin their pulls within this time of the first.
  private static let withBoot: Int64 = 5_000

  private enum Step {
    case leave(Int32)
    case end(Int32)
    case start(Int32)
    case place(Int32)

    /// At the same time, room is freed before it is taken.
    var rank: Int {
      switch self {
      case .leave: 0
      case .end: 1
      case .start: 2
      case .place: 3
      }
    }
  }

  init(_ history: History) {
    choices = ContiguousArray(repeating: Choice(), count: history.attempts.count)
    placements = history.environments.map { _ in Placements() }
    passings = history.queues.map { _ in Passings() }
    assign(history)
    walk(history)
  }

  private mutating func assign(_ history: History) {
    for life in history.lives {
      guard let first = life.attempts.first else { continue }
      let booted = history.attempts[Int(first)].placed
      var launching = (position: Int(first), runnable: Int64.max)
      for position in life.attempts.map(Int.init) {
        let attempt = history.attempts[position]
        let isWithBoot = position == Int(first) || attempt.placed <= booted + Self.withBoot
        choices[position].isWithBoot = isWithBoot
        choices[position].assigned = attempt.placed
        if !isWithBoot { continue }
        let runnable = max(min(life.started, attempt.placed), min(history.earliest(position), attempt.placed))
        choices[position].assigned = runnable
        // Of those runnable at the launch, the first to be placed.
        if runnable < launching.runnable { launching = (position, runnable) }
      }
      choices[launching.position].isLaunch = true
    }
  }

  private mutating func walk(_ history: History) {
    var steps: [(at: Int64, step: Step)] = []
    steps.reserveCapacity(2 * (history.lives.count + history.attempts.count))
    for (index, life) in history.lives.enumerated() where life.type >= 0 {
      steps.append(
        (min(life.started, life.attempts.first.map { choices[Int($0)].assigned } ?? life.started), .start(Int32(index)))
      )
      steps.append((life.stopped, .end(Int32(index))))
    }
    for (index, attempt) in history.attempts.enumerated() {
      steps.append((choices[index].assigned, .place(Int32(index))))
      steps.append((max(attempt.stopped, choices[index].assigned + 1), .leave(Int32(index))))
    }
    steps.sort { $0.at != $1.at ? $0.at < $1.at : $0.step.rank < $1.step.rank }
    var fleets = history.environments.map { _ in Fleet() }
    var inUse = history.environments.map { _ in Int64(0) }
    var slots = [Int32](repeating: -1, count: history.lives.count)
    for (_, step) in steps {
      switch step {
      case .start(let index):
        let life = history.lives[Int(index)]
        let shape = history.shapes[life.type]
        slots[Int(index)] = fleets[life.environment].add(index, shape.room)
        inUse[life.environment] += shape.nominal.milliVCPUs
      case .end(let index):
        let life = history.lives[Int(index)]
        guard slots[Int(index)] >= 0 else { continue }
        fleets[life.environment].remove(slots[Int(index)])
        if fleets[life.environment].isSparse {
          for (other, slot) in fleets[life.environment].compact() { slots[Int(other)] = slot }
        }
        slots[Int(index)] = -1
        inUse[life.environment] -= history.shapes[life.type].nominal.milliVCPUs
      case .place(let index):
        look(history, Int(index), &fleets, inUse)
        let attempt = history.attempts[Int(index)]
        let slot = slots[Int(attempt.life)]
        if slot >= 0 { fleets[history.lives[Int(attempt.life)].environment].take(attempt.need, slot) }
      case .leave(let index):
        let attempt = history.attempts[Int(index)]
        let slot = slots[Int(attempt.life)]
        if slot >= 0 { fleets[history.lives[Int(attempt.life)].environment].release(attempt.need, slot) }
      }
    }
  }

  /// Retries prove nothing: they may pass over an environment whatever it has.
  private mutating func notePassing(
    _ history: History, _ index: Int, _ order: [Int], _ place: Int, fleets: inout [Fleet], _ inUse: [Int64]
  ) {
    let attempt = history.attempts[index]
    if attempt.id % 1024 != 1 { return }
    if choices[index].isLaunch {
      let hadRoom = order.dropFirst(place + 1).contains { fleets[$0].find(attempt.need, .oldest) != nil }
      if hadRoom { passings[Int(attempt.queue)].count += 1 }
    } else if !choices[index].isWithBoot, place > 0, choices[index].firstEnvironment == 0 {
      let couldLaunch = order.prefix(place).contains { inUse[$0] < history.environments[$0].mostMilliVCPUs }
      if couldLaunch {
        passings[Int(attempt.queue)].count += 1
        passings[Int(attempt.queue)].tookRoom += 1
      }
    }
  }

  private mutating func look(_ history: History, _ index: Int, _ fleets: inout [Fleet], _ inUse: [Int64]) {
    let attempt = history.attempts[index]
    let own = history.lives[Int(attempt.life)].environment
    let order = history.queues[Int(attempt.queue)].environments
    let place = order.firstIndex(of: own) ?? 0
    let isLaunch = choices[index].isLaunch
    for (position, environment) in order.prefix(place).enumerated() {
      let isFull = inUse[environment] >= history.environments[environment].mostMilliVCPUs
      let hadRoom = fleets[environment].find(attempt.need, .oldest) != nil
      if hadRoom || (isLaunch && !isFull) { choices[index].firstEnvironment = Int16(position + 1) }
    }
    notePassing(history, index, order, place, fleets: &fleets, inUse)
    choices[index].hadRoomFirst = order.first.map { fleets[$0].find(attempt.need, .oldest) != nil } ?? false
    choices[index].isHeldByMaximum = order.allSatisfy { environment in
      let place = history.environments[environment]
      let least = place.types.map { history.shapes[$0].nominal.milliVCPUs }.min() ?? 0
      return !place.kind.isFargate && inUse[environment] + least > place.mostMilliVCPUs
    }
    guard !choices[index].isWithBoot, history.lives[Int(attempt.life)].type >= 0 else { return }
    let oldest = fleets[own].find(attempt.need, .oldest)
    let fullest = fleets[own].find(attempt.need, .fullest)
    // Without a choice there is no evidence.
    guard let oldest, let fullest, oldest != fullest else { return }
    placements[own].count += 1
    if oldest == attempt.life { placements[own].byRule[.oldest, default: 0] += 1 }
    if fullest == attempt.life { placements[own].byRule[.fullest, default: 0] += 1 }
  }
}
