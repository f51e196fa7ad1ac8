/// How far a job has come.
struct Progress {
  /// Which of its runs it is in.
  var run: Int32 = 0
  /// Tries of this run that were lost with their host.
  var lost: Int32 = 0
  /// Lost hosts that its retry strategy still allows.
  var spare: Int32
  /// Jobs that must end first.
  var predecessors: Int32
  /// When it became runnable for its first attempt.
  var ready: Int64
  /// Milliseconds since 1970, like `end`; −1 until then.
  var firstStart: Int64 = -1
  var end: Int64 = -1
  var isDone = false
}
