import DequeModule

/// The waiting jobs of a queue, in the order in which Batch takes them: first in, first out; with a fair-share policy,
/// those of the share that used least for its weight, and within a share by scheduling priority.
struct WaitingJobs {
  private struct Entry {
    var job: Int32
    var priority: Int32
  }

  /// A share with its jobs and its usage.
  private struct Line {
    var jobs: Deque<Entry> = []
    var weight = 1.0
    /// Milli-vCPUs of running jobs.
    var running: Int64 = 0
    /// Usage of past and running jobs, milli-vCPU·ms, decayed up to `counted`.
    var used = 0.0
    var counted: Int64 = .min

    mutating func count(until now: Int64, decay: Double) {
      if counted == .min { counted = now }
      guard now > counted else { return }
      let left = (-Double(now - counted) / decay).exponential
      used = used * left + Double(running) * decay * (1 - left)
      counted = now
    }
  }

  private let policy: FairShare?
  /// Only one if there is no policy.
  private var lines: ContiguousArray<Line>
  private(set) var count = 0

  /// - Parameter shares: names of all share identifiers, by their number.
  init(_ policy: FairShare?, shares: [String]) {
    self.policy = policy
    lines =
      policy.map { policy in ContiguousArray(shares.map { Line(weight: policy.weight(of: $0)) }) } ?? [Line()]
  }

  var isEmpty: Bool { count == 0 }
  var isShared: Bool { policy != nil }

  private func line(_ share: Int32) -> Int { policy == nil ? 0 : Int(share) }

  /// - Parameter isAgain: a job that ran before goes ahead of others with its priority.
  mutating func insert(_ job: Int32, share: Int32, priority: Int32, isAgain: Bool) {
    count += 1
    let line = line(share)
    let entry = Entry(job: job, priority: policy == nil ? 0 : priority)
    var place = isAgain ? 0 : lines[line].jobs.count
    if isAgain {
      while place < lines[line].jobs.count, lines[line].jobs[place].priority > entry.priority { place += 1 }
    } else {
      while place > 0, lines[line].jobs[place - 1].priority < entry.priority { place -= 1 }
    }
    lines[line].jobs.insert(entry, at: place)
  }

  /// The next job, with its line; nil if none waits.
  mutating func next(at now: Int64) -> (job: Int32, line: Int)? {
    if count == 0 { return nil }
    guard let policy else { return lines[0].jobs.first.map { ($0.job, 0) } }
    var best: (line: Int, used: Double)?
    for index in lines.indices where !lines[index].jobs.isEmpty {
      lines[index].count(until: now, decay: Double(policy.decay))
      let used = lines[index].used * lines[index].weight
      if best.map({ used < $0.used }) ?? true { best = (index, used) }
    }
    return best.flatMap { found in lines[found.line].jobs.first.map { ($0.job, found.line) } }
  }

  mutating func removeFirst(ofLine line: Int) {
    lines[line].jobs.removeFirst()
    count -= 1
  }

  // MARK: Use

  /// A job of a share gets vCPUs, or returns them.
  mutating func use(_ milliVCPUs: Int64, share: Int32, at now: Int64) {
    guard let policy else { return }
    lines[Int(share)].count(until: now, decay: Double(policy.decay))
    lines[Int(share)].running += milliVCPUs
  }

  /// The vCPUs up to which a job of a share may fill an environment.
  func limit(_ maximum: Int64, share: Int32) -> Int64 {
    guard let policy, policy.reservation > 0, maximum < .max / 2 else { return maximum }
    var active = 0
    for index in lines.indices where index == Int(share) || lines[index].running > 0 || !lines[index].jobs.isEmpty {
      active += 1
    }
    return Int64(Double(maximum) * policy.part(whenActive: active))
  }
}
