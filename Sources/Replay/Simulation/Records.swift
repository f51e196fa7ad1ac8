/// A replayed instance.
struct ReplayedInstance {
  var environment: Int32
  var type: Int16
  var zone: Int16
  var slot: Int32
  var started: Int64
  /// The time when the first job can start on it.
  var booted: Int64
  var stopped: Int64
  /// Attempts on it now, and the first of their list.
  var running: Int32 = 0
  var firstRunning: Int32 = -1
  /// Counts idle periods.
  var token: Int32 = 0
  var hadJobs = false
  var isReclaimed = false
  /// Bought On-Demand in an environment of Spot.
  var isOnDemand = false
  /// Nothing was ever meant to run on it.
  var isSpare = false
  /// Until then it does not end for lack of jobs.
  var heldUntil: Int64 = .min
  /// The real instance that it stands for, `Trace.Try.life`; −1 for none. How often it was without a job.
  var life: Int32 = -1
  var idles: Int32 = 0
  /// Already ran when the replay began.
  var carried: Int32 = -1

  var isGone: Bool { stopped >= 0 }
}

/// An attempt as it was replayed.
struct ReplayedAttempt {
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
