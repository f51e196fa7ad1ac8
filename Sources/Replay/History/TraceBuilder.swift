import Domain

/// Extracts the jobs of a span of time from history.
struct TraceBuilder {
  /// Stands for the run time of an attempt that had not ended.
  private static let never: Int64 = 1 << 50

  private let history: History
  private let shadow: Shadow
  private let span: TimeSpan
  private let durations: Durations
  private var jobs: ContiguousArray<Trace.Job> = []
  private var runs: ContiguousArray<Trace.Run> = []
  private var tries: ContiguousArray<Trace.Try> = []
  private var runTypes: ContiguousArray<Int16> = []
  /// By row of `job`: jobs that have yet to run or to end.
  private var positions: [Int64: Int] = [:]
  /// By life: what had run on its instance when the span begins.
  private var past: [Int32: [Trace.Past]] = [:]
  private var present: [Int32: [Trace.Present]] = [:]

  static func trace(_ history: History, _ shadow: Shadow, over span: TimeSpan) -> Trace {
    var builder = TraceBuilder(history: history, shadow: shadow, span: span)
    return builder.build()
  }

  private init(history: History, shadow: Shadow, span: TimeSpan) {
    self.history = history
    self.shadow = shadow
    self.span = span
    durations = Durations(history)
  }

  private mutating func build() -> Trace {
    var attempts: [Range<Int>] = []
    var first = 0
    while first < history.attempts.count {
      var end = first + 1
      while end < history.attempts.count, history.attempts[end].job == history.attempts[first].job { end += 1 }
      attempts.append(first..<end)
      first = end
    }
    // Jobs of the same time are adjacent, so that a replay finds most of its data in the processor's cache.
    attempts.sort {
      (history.attempts[$0.lowerBound].ready, $0.lowerBound) < (history.attempts[$1.lowerBound].ready, $1.lowerBound)
    }
    for own in attempts { addJob(own) }
    let dependencies = dependencies()
    var trace = Trace(
      jobs: jobs, runs: runs, tries: tries,
      span: TimeSpan(span.start, min(span.end, history.asOf)), zones: history.zones)
    trace.runTypes = runTypes
    trace.shares = history.shares
    trace.order(dependencies)
    trace.carried = carried()
    for life in history.lives { trace.courses.append(course(of: life, &trace.idles)) }
    trace.isNarrowed = history.narrowing != nil
    trace.lives = history.lives.count
    let running = Set(trace.carried.flatMap { $0.present.map(\.job) })
    let ended = span.start.milliseconds
    trace.arrivals.removeAll { running.contains($0) || jobs[Int($0)].ready < ended || jobs[Int($0)].runs == 0 }
    return trace
  }

  private mutating func addJob(_ attempts: Range<Int>) {
    let (start, end) = (span.start.milliseconds, span.end.milliseconds)
    let left = attempts.drop { history.attempts[$0].stopped <= start }
    let done = attempts.prefix(attempts.count - left.count)
    guard let next = left.first.map({ history.attempts[$0] }) ?? done.last.map({ history.attempts[$0] }),
      next.ready < end
    else { return }
    let number = Int32(jobs.count)
    let isOnCarried = done.contains { isCarried(history.attempts[$0].life) }
    if left.isEmpty, !isOnCarried { return }
    var job = Trace.Job(
      ready: left.isEmpty ? .max : next.ready, need: next.need, queue: next.queue, firstRun: Int32(runs.count), runs: 0,
      isExclusive: next.kind == JobKind.node.rawValue, ephemeralGiB: next.ephemeralGiB, isARM: next.isARM,
      definition: next.definition)
    job.isChosen = history.narrowing?.jobs.contains(next.job) ?? true
    addRuns(left)
    job.runs = Int32(runs.count) - job.firstRun
    // A job that was tried more often than its strategy says, most likely because none was collected, could be.
    let allowed = max(next.retryAttempts, Int32(attempts.count))
    job.spareAttempts = max(0, allowed - Int32(done.count) - job.runs)
    (job.share, job.priority) = (next.share, next.priority)
    if job.runs > 0 { positions[next.job] = jobs.count }
    jobs.append(job)
    for position in done where isCarried(history.attempts[position].life) {
      let attempt = history.attempts[position]
      past[attempt.life, default: []].append(
        Trace.Past(job: number, placed: attempt.charged, started: attempt.started, stopped: attempt.stopped))
    }
    if !left.isEmpty, next.ready < start {
      present[next.life, default: []].append(
        Trace.Present(job: number, run: 0, placed: next.charged, started: next.started))
    }
  }

  /// Pairs of positions in `jobs`. A dependent job becomes runnable as long after its last predecessor as it really
  /// did; predecessors that ended before the span are dropped.
  private mutating func dependencies() -> [(before: Int, after: Int)] {
    let edges = history.dependencies.edges
    if edges.isEmpty { return [] }
    var before: [Dependencies.Node: [Dependencies.Node]] = [:]
    for edge in edges { before[edge.after, default: []].append(edge.before) }
    var ends: [Int: Int64] = [:]
    var created: [Int: Int64] = [:]
    for attempt in history.attempts {
      guard let position = positions[attempt.job] else { continue }
      ends[position] = max(ends[position] ?? .min, attempt.stopped)
      created[position] = attempt.created
    }
    var barriers: [Dependencies.Node: Int?] = [:]
    var pairs: [(before: Int, after: Int)] = []

    /// The position of a node; nil if it is over when the span begins.
    func position(_ node: Dependencies.Node) -> Int? {
      if case .job(let row) = node { return positions[row] }
      if let known = barriers[node] { return known }
      barriers[node] = .some(nil)
      let own = (before[node] ?? []).compactMap(position)
      guard !own.isEmpty else { return nil }
      let place = jobs.count
      jobs.append(
        Trace.Job(ready: .max, need: Need(milliVCPUs: 0, memoryMiB: 0), queue: 0, firstRun: 0, runs: 0))
      ends[place] = own.compactMap { ends[$0] }.max()
      pairs += own.map { ($0, place) }
      barriers[node] = place
      return place
    }

    for (node, nodes) in before.sorted(by: { $0.key.order < $1.key.order }) {
      guard case .job(let row) = node, let after = positions[row], jobs[after].ready >= span.start.milliseconds else {
        continue
      }
      let own = nodes.compactMap(position)
      guard !own.isEmpty else { continue }
      let last = own.compactMap { ends[$0] }.max() ?? .max
      jobs[after].lag = last < jobs[after].ready ? jobs[after].ready - last : 0
      jobs[after].ready = max(span.start.milliseconds, min(created[after] ?? .min, jobs[after].ready))
      pairs += own.map { ($0, after) }
    }
    return pairs
  }

  /// An attempt lost with its host is a try of the run that finally ended.
  private mutating func addRuns(_ attempts: some Sequence<Int>) {
    var firstTry = Int32(tries.count)
    var before: Int64?
    var ready: Int64?
    for position in attempts {
      let attempt = history.attempts[position]
      let choice = shadow.choices[position]
      let life = history.lives[Int(attempt.life)]
      var given =
        Trace.Try(
          firstEnvironment: choice.shows ? choice.firstEnvironment : -1,
          type: choice.isLaunch ? Int16(clamping: life.type) : -1,
          zone: choice.isLaunch ? Int16(life.zone) : -1,
          fate: choice.isLaunch || life.type < 0 ? fate(of: life) : Trace.Fate())
      given.environment = Int16(
        history.queues[Int(attempt.queue)].environments.firstIndex(of: life.environment) ?? -1)
      given.life = attempt.life
      if attempt.knowsPull || life.type >= 0 {
        given.pull = Int32(clamping: attempt.started - attempt.placed)
        if !choice.isWithBoot { given.scheduling = Int32(clamping: max(0, attempt.placed - attempt.ready)) }
      }
      let next = position + 1
      if attempt.isLost, next < history.attempts.count, history.attempts[next].job == attempt.job {
        given.pause = Int32(clamping: max(0, history.attempts[next].ready - life.stopped))
      }
      tries.append(given)
      ready = ready ?? attempt.ready
      if attempt.isLost { continue }
      runTypes.append(Int16(clamping: life.type))
      runs.append(
        Trace.Run(
          duration: attempt.isOpen ? Self.never : durations.duration(of: attempt, history),
          pause: before.map { max(0, (ready ?? $0) - $0) } ?? 0, firstTry: firstTry,
          tries: Int32(tries.count) - firstTry))
      firstTry = Int32(tries.count)
      before = attempt.stopped
      ready = nil
    }
  }

  private func fate(of life: History.Life) -> Trace.Fate {
    Trace.Fate(
      until: life.stopped, isReclaimed: history.isTaken(life),
      lastPlaced: life.attempts.last.map { history.attempts[Int($0)].placed } ?? .min)
  }

  /// Idle time before the span begins is left out.
  private func course(of life: History.Life, _ idles: inout ContiguousArray<Int32>) -> Trace.Course {
    var course = Trace.Course(firstIdle: Int32(idles.count))
    guard life.type >= 0, let first = life.attempts.first.map({ history.attempts[Int($0)] }) else { return course }
    if life.knowsStart { course.boot = Int32(clamping: max(0, first.placed - life.started)) }
    let delay = history.environments[life.environment].scaleDownDelay
    var until = Int64.min
    for position in life.attempts {
      let attempt = history.attempts[Int(position)]
      if until != .min, attempt.placed > until, attempt.placed > span.start.milliseconds {
        idles.append(Int32(clamping: max(0, attempt.placed - until - delay)))
      }
      until = max(until, attempt.stopped)
    }
    course.endsItself = life.knowsEnd && !life.isOpen && !history.isTaken(life)
    if course.endsItself { idles.append(Int32(clamping: max(0, life.stopped - until - delay))) }
    course.idles = Int32(idles.count) - course.firstIdle
    return course
  }

  private func isCarried(_ index: Int32) -> Bool {
    let life = history.lives[Int(index)]
    let start = span.start.milliseconds
    return life.started < start && (life.stopped > start || life.isOpen)
  }

  private func carried() -> [Trace.Carried] {
    var carried: [Trace.Carried] = []
    for (index, life) in history.lives.enumerated() where isCarried(Int32(index)) && !life.attempts.isEmpty {
      var kept =
        Trace.Carried(
          environment: life.environment, type: life.type, zone: life.zone, started: life.started,
          booted: history.attempts[Int(life.attempts[0])].placed, fate: fate(of: life), past: past[Int32(index)] ?? [],
          present: present[Int32(index)] ?? [])
      kept.life = Int32(index)
      carried.append(kept)
    }
    return carried.sorted { $0.started < $1.started }
  }
}
