import Domain
import Store

/// How long the last one in a hundred children delayed an array.
///
///     held = last child's end − the end by which 99 in 100 children had ended
///
/// For up to 100 children, that is the last child and the one before it. The duration of a child is from its first
/// start to its end, retries included. Only arrays whose known children have all ended are included.
struct ArrayRun: Equatable {
  var parent: Int32
  var queue: Int32
  var definition: Int32
  var step: Int32
  var children: Int
  var succeeded: Int
  var cost: Int64
  var started: Int64
  var stopped: Int64
  /// In milliseconds.
  var median: Int64
  var percentile99: Int64
  var held: Int64

  init?(parent: Int32, step: Int32, _ children: some RandomAccessCollection<EndedJob>) {
    guard let first = children.first else { return nil }
    let ends = children.map(\.stopped).sorted()
    let durations = children.map { max(0, $0.stopped - $0.started) }.sorted()
    let late = max(1, children.count / 100)
    (self.parent, self.step) = (parent, step)
    (queue, definition) = (first.queue, first.definition)
    self.children = children.count
    succeeded = children.count { $0.succeeded }
    cost = children.reduce(0) { $0 + $1.cost }
    started = children.map(\.started).min() ?? 0
    stopped = ends.last ?? 0
    median = durations[(durations.count - 1) / 2]
    percentile99 = durations[max(0, (durations.count * 99 + 99) / 100 - 1)]
    held = ends.count > late ? stopped - ends[ends.count - 1 - late] : 0
  }
}

extension Insight {
  static let stragglers = Insight("array stragglers", tables: ["array_run"], by: .parent) { view, connection in
    let jobs = view.jobs.ended
    // Positions of children by parent, in the order of their ids.
    let children = jobs.indices.filter {
      jobs[$0].isArrayChild && jobs[$0].parent >= 0 && view.scope.has(parent: jobs[$0].parent)
    }.map(Int32.init)
      .sorted { (jobs[Int($0)].parent, $0) < (jobs[Int($1)].parent, $1) }
    let writer = try RowWriter(connection, "array_run", columns: 13)
    var start = 0
    while start < children.count {
      let parent = jobs[Int(children[start])].parent
      let end = children[start...].firstIndex { jobs[Int($0)].parent != parent } ?? children.count
      let family = children[start..<end]
      start = end
      if view.jobs.unfinishedParents.contains(Int64(parent)) { continue }
      let step = view.jobs.identities.step(of: Int64(jobs[Int(family[family.startIndex])].id))
      guard let run = ArrayRun(parent: parent, step: step, family.map { jobs[Int($0)] }) else { continue }
      try writer.write(
        .integer(Int64(run.parent)), .integer(Int64(Instant(milliseconds: run.stopped).day.number)),
        .integer(Int64(run.queue)), .integer(Int64(run.definition)), .integer(Int64(run.step)), .integer(run.children),
        .integer(run.succeeded),
        .integer(run.cost),
        .integer(run.started), .integer(run.stopped), .integer(run.median), .integer(run.percentile99),
        .integer(run.held))
    }
  }
}
