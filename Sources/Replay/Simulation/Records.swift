/// A replayed instance, or a Fargate task. Moments are in milliseconds since 1970.
struct ReplayedInstance {
  /// Position in `Model.environments`; `type` is one in `Model.shapes`, −1 for a Fargate task, and `zone` one in
  /// `Trace.zones`.
  var environment: Int32
  var type: Int16
  var zone: Int16
  var slot: Int32
  var started: Int64
  /// The time when the first job can start on it.
  var booted: Int64
  /// −1 while it runs.
  var stopped: Int64
  /// Attempts on it now, and the first of their list.
  var running: Int32 = 0
  var firstRunning: Int32 = -1
  /// Counts idle periods.
  var token: Int32 = 0
  var hadJobs = false
  var isReclaimed = false
  /// Bought On-Demand in a Spot environment.
  var isOnDemand = false
  /// No job was ever meant to run on it.
  var isSpare = false
  /// Until then it does not end for lack of jobs.
  var heldUntil: Int64 = .min
  /// The real instance it stands for, `Trace.Try.life`; −1 for none. And how often it was idle.
  var life: Int32 = -1
  var idles: Int32 = 0
  /// Position in `Trace.carried` if it was already running when the replay began; otherwise −1.
  var carried: Int32 = -1

  var isGone: Bool { stopped >= 0 }
}

/// A replayed attempt. Moments are in milliseconds since 1970.
struct ReplayedAttempt {
  /// Position in `Trace.jobs`; `instance` is one among the replayed.
  var job: Int32
  var instance: Int32
  var placed: Int64
  var started: Int64
  var stopped: Int64
  /// Neighbours in its instance's list of running attempts.
  var next: Int32 = -1
  var previous: Int32 = -1
  var isOver = false
}
