/// Infers the runs of a client that names none from the jobs that it submitted to one queue.
///
/// A client submits a job when its run begins, in one burst with others, or because a job of the run has just ended. So
/// a job belongs to a run if a job of the run was created within `burst` before it or ended within
/// `ClientReruns.patience` before it; or if nothing of the run had been waiting or running, for at most `pause`, unless
/// the run began with its step and that succeeded; or if the run has its step, though not from its beginning. If several
/// runs qualify, see `OpenRun.Rank`. If none does, a new run begins.
///
/// Jobs that began in one burst are separated by steps: if a run contains all steps of another run that succeeded, and
/// its other steps began beside them, it is two runs. Jobs that are apart in time are joined if their steps always
/// occur together: runs of different steps within one window are one run if all these steps were seen in the same
/// windows, and there are several such windows.
struct RunsByTime {
  /// The longest time without any job within a run.
  static let pause: Int64 = 3_600_000
  /// The longest time between two jobs that a client submits in sequence.
  static let burst: Int64 = 60_000

  /// Everything within `pause` of each other.
  static func windows(_ jobs: [RunMember]) -> [[RunMember]] {
    var windows: [[RunMember]] = []
    var end = Int64.min
    for next in jobs.sorted(by: { ($0.created, $0.id) < ($1.created, $1.id) }) {
      if windows.isEmpty || next.created > end + pause { windows.append([]) }
      windows[windows.count - 1].append(next)
      end = max(end, next.stopped)
    }
    return windows
  }

  /// The runs of one workflow: everything within `pause` of each other, unless what it began with is submitted again
  /// when nothing of it is left.
  static func runsOfOne(_ jobs: [RunMember], rerun: (Int32) -> Int32) -> [[RunMember]] {
    windows(jobs).flatMap { window in
      var runs: [[RunMember]] = []
      var end = Int64.min
      var opening = Opening()
      var awaited: Set<Int32> = []
      for next in window {
        let isLate = next.created > end &+ ClientReruns.patience
        if runs.isEmpty || isLate && opening.isDone(next.step) && !awaited.contains(next.id) {
          runs.append([])
          opening = Opening()
        }
        runs[runs.count - 1].append(next)
        opening.take(next, isRunAgain: rerun(next.id) >= 0)
        awaited.insert(rerun(next.id))
        end = max(end, next.stopped)
      }
      return runs
    }
  }

  /// The steps with which a run began.
  struct Opening {
    private var steps: Set<Int32> = []
    /// Steps of which a job failed that nothing ran again.
    private var undone: Set<Int32> = []
    private var last: Int64?

    mutating func take(_ job: RunMember, isRunAgain: Bool) {
      if last.map({ job.created <= $0 + burst }) ?? true {
        steps.insert(job.step)
        last = job.created
      }
      if job.hasEnded, !job.succeeded, !isRunAgain { undone.insert(job.step) }
    }

    func contains(_ step: Int32) -> Bool { steps.contains(step) }

    /// Whether the run began with the step, and that succeeded: if it is submitted again, another run begins.
    func isDone(_ step: Int32) -> Bool { steps.contains(step) && !undone.contains(step) }
  }

  /// - Parameters:
  ///   - areAlone: nothing waits for a job to submit the next of its step.
  ///   - rerun: the job that ran a failed one again, by the id of the failed one; −1 for none.
  /// - Returns: the jobs of each run, in order of creation.
  /// - Complexity: O(n · runs at once) in the number of jobs.
  static func runs(
    _ jobs: [RunMember], areAlone: Bool = false, rerun: (Int32) -> Int32 = { _ in -1 }
  ) -> [[RunMember]] {
    var tracer = RunTracer(areAlone: areAlone)
    for job in jobs.sorted(by: { ($0.created, $0.id) < ($1.created, $1.id) }) { tracer.add(job, rerun: rerun(job.id)) }
    let runs = tracer.runs
    let sets = Set(runs.filter { succeeded($0, rerun) }.map { Set($0.map(\.step)) })
    return join(runs.flatMap { split($0, by: sets) }, windows(jobs))
  }

  private static func join(_ runs: [[RunMember]], _ windows: [[RunMember]]) -> [[RunMember]] {
    var seen: [Int32: Set<Int>] = [:]
    var windowOfJob: [Int32: Int] = [:]
    for (index, window) in windows.enumerated() {
      for job in window {
        seen[job.step, default: []].insert(index)
        windowOfJob[job.id] = index
      }
    }
    var joined: [(jobs: [RunMember], steps: Set<Int32>, seen: Set<Set<Int>>, window: Int?)] = []
    for run in runs {
      let steps = Set(run.map(\.step))
      let places = Set(steps.map { seen[$0] ?? [] })
      let window = windowOfJob[run[0].id]
      let partner = joined.firstIndex {
        $0.window == window && $0.seen == places && places.count == 1 && (places.first?.count ?? 0) > 1
          && $0.steps.isDisjoint(with: steps)
      }
      if let partner {
        joined[partner].jobs += run
        joined[partner].steps.formUnion(steps)
      } else {
        joined.append((run, steps, places, window))
      }
    }
    return joined.map { run in run.jobs.sorted { ($0.created, $0.id) < ($1.created, $1.id) } }
  }

  /// Whether nothing in it failed for good.
  private static func succeeded(_ run: [RunMember], _ rerun: (Int32) -> Int32) -> Bool {
    run.allSatisfy { $0.succeeded || $0.hasEnded && rerun($0.id) >= 0 }
  }

  private static func split(_ run: [RunMember], by sets: Set<Set<Int32>>) -> [[RunMember]] {
    let steps = Set(run.map(\.step))
    let parts = sets.filter { $0.count < steps.count && $0.isSubset(of: steps) }
      .sorted { ($0.count, $1.min() ?? 0) > ($1.count, $0.min() ?? 0) }
    for part in parts {
      let inside = run.filter { part.contains($0.step) }
      let outside = run.filter { !part.contains($0.step) }
      // Runs that did not begin together were already separated by time.
      guard let first = inside.first?.created, let other = outside.first?.created, abs(first - other) <= burst else {
        continue
      }
      return [inside] + split(outside, by: sets)
    }
    return [run]
  }
}

/// Assigns jobs to runs in order of creation.
private struct RunTracer {
  private let areAlone: Bool
  private var ended: [[RunMember]] = []
  private var open: [OpenRun] = []
  /// The failed job that another one runs again, by the id of the other.
  private var awaited: [Int32: Int32] = [:]

  init(areAlone: Bool) { self.areAlone = areAlone }

  var runs: [[RunMember]] {
    (ended + open.map(\.jobs)).sorted { ($0[0].created, $0[0].id) < ($1[0].created, $1[0].id) }
  }

  mutating func add(_ job: RunMember, rerun: Int32) {
    for index in open.indices { open[index].advance(to: job.created) }
    ended += open.filter { $0.isOver(at: job.created) }.map(\.jobs)
    open.removeAll { $0.isOver(at: job.created) }
    let best = open.indices.compactMap { index in open[index].rank(job, isAlone: areAlone).map { (index, $0) } }
      .max { ($0.1, $1.0) < ($1.1, $0.0) }
    let position = awaitedRun(of: job.id) ?? best?.0 ?? open.count
    if position == open.count { open.append(OpenRun()) }
    open[position].take(job, isRunAgain: rerun >= 0)
    if rerun >= 0 { awaited[rerun] = job.id }
  }

  /// The run with the failed job that this one runs again.
  private func awaitedRun(of job: Int32) -> Int? {
    guard let failed = awaited[job] else { return nil }
    return open.firstIndex { $0.jobs.contains { $0.id == failed } }
  }
}

/// A run that may get more jobs.
private struct OpenRun {
  private(set) var jobs: [RunMember] = []
  private var steps: Set<Int32> = []
  /// If a step with which it began is seen again and time does not connect it, another run begins.
  private var opening = RunsByTime.Opening()
  private var done: Set<Work> = []
  private var lastCreated: Int64 = .min
  private var lastEnded: Int64 = .min
  /// Ends of running jobs, the next one last.
  private var ends: [Int64] = []

  private struct Work: Hashable {
    var step, task: Int32
  }

  /// Of two runs, the one with the higher rank gets the job; of equal ones, the one with the latest event.
  struct Rank: Comparable {
    enum Reason: Int {
      /// It has the step, though not from its beginning.
      case knowsStep
      /// One of its jobs, of another step, has just been created or has just ended, and others are still running.
      case isActive
      /// Nothing of it is running: it waits for its next step.
      case waits
      /// It waits or has the step, and one of its jobs has just been created or has just ended.
      case isNext
    }

    var reason: Reason
    var last: Int64

    static func < (a: Rank, b: Rank) -> Bool { (a.reason.rawValue, a.last) < (b.reason.rawValue, b.last) }
  }

  mutating func advance(to time: Int64) {
    while let end = ends.last, end <= time + ClientReruns.skew {
      lastEnded = max(lastEnded, end)
      ends.removeLast()
    }
  }

  func isOver(at time: Int64) -> Bool { ends.isEmpty && time > lastEnded + RunsByTime.pause }

  /// Nil if the job cannot belong to this run.
  ///
  /// - Parameter isAlone: nothing waited for a job to submit this one of its step.
  func rank(_ job: RunMember, isAlone: Bool) -> Rank? {
    if job.task >= 0, done.contains(Work(step: job.step, task: job.task)) { return nil }
    let isBurst = job.created <= lastCreated + RunsByTime.burst
    let isNext = lastEnded > .min && job.created <= lastEnded + ClientReruns.patience
    let follows = isNext && !(isAlone && opening.isDone(job.step))
    let (waits, knowsStep) = (ends.isEmpty, steps.contains(job.step))
    let reason: Rank.Reason? =
      switch (isBurst || follows, waits, knowsStep) {
      case (true, true, _), (true, _, true): .isNext
      case (false, true, _): opening.isDone(job.step) ? nil : .waits
      case (true, false, false): .isActive
      case (false, false, true): opening.contains(job.step) ? nil : .knowsStep
      case (false, false, false): nil
      }
    return reason.map { Rank(reason: $0, last: max(lastCreated, lastEnded)) }
  }

  mutating func take(_ job: RunMember, isRunAgain: Bool) {
    opening.take(job, isRunAgain: isRunAgain)
    jobs.append(job)
    steps.insert(job.step)
    if job.succeeded, job.task >= 0 { done.insert(Work(step: job.step, task: job.task)) }
    lastCreated = max(lastCreated, job.created)
    ends.insert(job.stopped, at: ends.firstIndex { $0 < job.stopped } ?? ends.endIndex)
  }
}
