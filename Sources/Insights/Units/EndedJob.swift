/// A job that ended, with the cost of all its attempts. Array and multi-node parents are not among them; nodes are.
struct EndedJob: Sendable {
  var id: Int64
  var parent: Int64?
  var isArrayChild: Bool
  /// False for the nodes of a multi-node job but its first: the job is counted once.
  var isCounted: Bool
  var queue: Int64
  var definition: Int64
  var succeeded: Bool
  var created: Int64
  var started: Int64
  var stopped: Int64
  /// Its own, not its parent's.
  var tagSet: Int64?
  /// Where its name is that of a process of nf-core.
  var pipeline: String?
  var cost: Int64
}
