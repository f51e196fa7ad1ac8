import Domain

/// The jobs to replay: when they became runnable, what they requested, how long they really ran. Moments are in
/// milliseconds since 1970.
///
/// Arrays of small structs, which refer to each other by position: a million attempts take about 100 MB.
package struct Trace: Sendable {
  /// A job, an array child or a node.
  package struct Job: Sendable {
    /// When it became runnable, in milliseconds since 1970.
    package var ready: Int64
    /// What it requests.
    package var need: Need
    /// Position in `Model.queues`.
    package var queue: Int32
    /// Position in `Trace.runs` of the first of its runs, one after another; all but the last failed by themselves and
    /// were run again.
    package var firstRun: Int32
    /// The number of its runs; 0 for a barrier.
    package var runs: Int32
    /// How many lost hosts its retry strategy still allows.
    package var spareAttempts: Int32
    /// A node of a multi-node job, which has its instance to itself.
    package var isExclusive: Bool
    /// For Fargate: disk, the first 20 GiB of which are free.
    package var ephemeralGiB: Int16
    /// For Fargate.
    package var isARM: Bool
    /// Row of `job_definition`, for changed sizes.
    package var definition: Int32
    /// Position in `Trace.shares`; used if the queue has a fair-share policy.
    package var share: Int32 = 0
    /// Within the share: larger first.
    package var priority: Int32 = 0
    /// Position in `Trace.followers` of the first job that waits for this one to end.
    package var firstFollower: Int32 = 0
    /// How many do.
    package var followers: Int32 = 0
    /// Jobs that must end before this one becomes runnable.
    package var predecessors: Int32 = 0
    /// One of the jobs to which answers are narrowed.
    package var isChosen = true
    /// From the end of its last predecessor to runnable, in milliseconds.
    package var lag: Int64 = 0
    /// Stands for all jobs of an array: ends when its predecessors have, and runs nothing.
    var isBarrier: Bool { runs == 0 }

    package init(
      ready: Int64, need: Need, queue: Int32, firstRun: Int32, runs: Int32, spareAttempts: Int32 = 0,
      isExclusive: Bool = false, ephemeralGiB: Int16 = 20, isARM: Bool = false, definition: Int32 = 0
    ) {
      self.ready = ready
      self.need = need
      self.queue = queue
      self.firstRun = firstRun
      self.runs = runs
      self.spareAttempts = spareAttempts
      self.isExclusive = isExclusive
      self.ephemeralGiB = ephemeralGiB
      self.isARM = isARM
      self.definition = definition
    }
  }

  /// A run of a job to its end, however many tries it takes.
  package struct Run: Sendable {
    /// From start to stop, in milliseconds; for a run that had not ended, what is known of it.
    package var duration: Int64
    /// From the end of the previous run to runnable.
    package var pause: Int64
    /// Position in `Trace.tries` of the first of its tries in history: all but the last were lost with their host.
    package var firstTry: Int32
    /// The number of its tries.
    package var tries: Int32

    package init(duration: Int64, pause: Int64 = 0, firstTry: Int32, tries: Int32 = 1) {
      self.duration = duration
      self.pause = pause
      self.firstTry = firstTry
      self.tries = tries
    }
  }

  /// What the market gave a try of a run.
  package struct Try: Sendable {
    /// Environments before this one in the queue's order had nothing for it; −1 if that is not known.
    package var firstEnvironment: Int16
    /// The launch made for it in that environment: the instance's pool; −1 for none.
    package var type: Int16
    /// Position in `Trace.zones`.
    package var zone: Int16
    /// What became of that instance.
    package var fate: Fate
    /// Where it really ran: the environment's position in the queue's order; −1 if unknown.
    package var environment: Int16 = -1
    /// The number of the instance on which it really ran; −1 if unknown.
    package var life: Int32 = -1
    /// How long its placement took, in milliseconds; −1 if unknown.
    package var scheduling: Int32 = -1
    /// How long its pull took, in milliseconds; −1 if unknown.
    package var pull: Int32 = -1
    /// If it was lost with its host: from the host's end until the next try was runnable, in milliseconds; −1 if
    /// unknown.
    package var pause: Int32 = -1

    package init(firstEnvironment: Int16 = -1, type: Int16 = -1, zone: Int16 = -1, fate: Fate = Fate()) {
      self.firstEnvironment = firstEnvironment
      self.type = type
      self.zone = zone
      self.fate = fate
    }
  }

  /// How long an instance's phases took, in milliseconds.
  package struct Course: Sendable {
    /// From launch to the first pull; −1 if unknown.
    package var boot: Int32 = -1
    /// Position in `Trace.idles` of its first idle time. All but the last ended with another job, and so did the last
    /// unless `endsItself`.
    package var firstIdle: Int32 = 0
    /// The number of its idle times.
    package var idles: Int32 = 0
    /// The instance ended after its last idle time, for lack of jobs.
    package var endsItself = false
  }

  /// Until when EC2 is known to have left an instance alone.
  package struct Fate: Sendable {
    /// The last moment at which it was known to run.
    package var until: Int64
    /// It was reclaimed then; otherwise, what would have come later is not known.
    package var isReclaimed: Bool
    /// When it got its last job; until then it did not end for lack of jobs.
    package var lastPlaced: Int64

    package init(until: Int64 = .min, isReclaimed: Bool = false, lastPlaced: Int64 = .min) {
      self.until = until
      self.isReclaimed = isReclaimed
      self.lastPlaced = lastPlaced
    }
  }

  /// An instance already running when the replay begins.
  package struct Carried: Sendable {
    /// Position in `Model.environments`; `type` is one in `Model.shapes`, −1 for a Fargate task.
    package var environment: Int
    package var type: Int
    /// Position in `Trace.zones`.
    package var zone: Int
    /// When it was launched.
    package var started: Int64
    /// When the first job could start there.
    package var booted: Int64
    /// What EC2 is known to have done with it.
    package var fate: Fate
    /// The same number as in `Try.life`.
    package var life: Int32 = -1
    /// Attempts on it that had ended.
    package var past: [Past]
    /// Attempts running on it.
    package var present: [Present]

    package init(
      environment: Int, type: Int, zone: Int, started: Int64, booted: Int64, fate: Fate = Fate(), past: [Past] = [],
      present: [Present] = []
    ) {
      self.fate = fate
      self.environment = environment
      self.type = type
      self.zone = zone
      self.started = started
      self.booted = booted
      self.past = past
      self.present = present
    }
  }

  /// An attempt that had ended on such an instance.
  package struct Past: Sendable {
    /// Position in `jobs`.
    package var job: Int32
    /// Its pull, from which on it holds its room.
    package var placed: Int64
    package var started: Int64
    /// When it gave up its room.
    package var stopped: Int64
  }

  /// An attempt that runs on such an instance when the replay begins.
  package struct Present: Sendable {
    /// Position in `jobs`.
    package var job: Int32
    /// Which of the job's runs.
    package var run: Int32
    /// Its pull, from which on it holds its room.
    package var placed: Int64
    package var started: Int64
  }

  /// Also those already running when the time begins.
  package var jobs: ContiguousArray<Job>
  /// By job: `Job.firstRun` and `Job.runs` say which are whose.
  package var runs: ContiguousArray<Run>
  /// By run: `Run.firstTry` and `Run.tries`.
  package var tries: ContiguousArray<Try>
  /// By run: the type on which its duration was measured, −1 for none; empty if no run's is known.
  package var runTypes: ContiguousArray<Int16> = []
  /// Positions in `jobs`: `Job.firstFollower` and `Job.followers` say which wait for whom.
  package var followers: ContiguousArray<Int32> = []
  /// Instances that already run when the time begins.
  package var carried: [Carried] = []
  /// Jobs in the order they become runnable, without those already running at the beginning.
  package var arrivals: ContiguousArray<Int32>
  /// The time that is replayed.
  package var span: TimeSpan
  /// Zones by number.
  package var zones: [String]
  /// Share identifiers by number.
  package var shares = [""]
  /// By `Try.life`.
  package var courses: ContiguousArray<Course> = []
  /// Idle times of all instances, in milliseconds beyond the scale-down delay.
  package var idles: ContiguousArray<Int32> = []
  /// The number of instances in `Try.life`.
  package var lives = 0
  /// Whether the part of some jobs, `Job.isChosen`, is reported.
  package var isNarrowed = false

  package init(
    jobs: ContiguousArray<Job>, runs: ContiguousArray<Run>, tries: ContiguousArray<Try>, span: TimeSpan,
    zones: [String] = []
  ) {
    self.jobs = jobs
    self.runs = runs
    self.tries = tries
    self.span = span
    self.zones = zones
    arrivals = ContiguousArray(
      jobs.indices.filter { jobs[$0].predecessors == 0 }.sorted { (jobs[$0].ready, $0) < (jobs[$1].ready, $1) }
        .map(Int32.init))
  }

  /// Makes jobs wait for the end of others.
  ///
  /// - Parameter dependencies: pairs of positions in `jobs`.
  package mutating func order(_ dependencies: [(before: Int, after: Int)]) {
    let sorted = dependencies.sorted { ($0.before, $0.after) < ($1.before, $1.after) }
    followers = ContiguousArray(sorted.map { Int32($0.after) })
    for (index, pair) in sorted.enumerated() {
      if jobs[pair.before].followers == 0 { jobs[pair.before].firstFollower = Int32(index) }
      jobs[pair.before].followers += 1
      jobs[pair.after].predecessors += 1
    }
    arrivals.removeAll { jobs[Int($0)].predecessors > 0 }
  }
}
