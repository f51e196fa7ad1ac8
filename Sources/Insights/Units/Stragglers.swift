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
  /// Of all children, in nanodollars.
  var cost: Int64
  /// When the first child started and, next, when the last ended: milliseconds since 1970.
  var started: Int64
  var stopped: Int64
  /// Of the children's durations, in milliseconds; so is the 99th percentile.
  var median: Int64
  var percentile99: Int64
  /// How long the last children delayed it, in milliseconds.
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

/// Children wait by parent: those of one array may be in several blocks.
private struct Stragglers: BlockSums {
  private let view: LedgerView
  private let connection: Connection
  private let children = Spool<EndedJob>(pool: SpoolPool(capacity: SpoolPool.capacity / 4))
  /// Parents per group of the spool, as a power of two.
  private static let shift: Int32 = 10

  init(_ view: LedgerView, _ connection: Connection) { (self.view, self.connection) = (view, connection) }

  func add(_ block: JobBlock) throws {
    for job in block.ended where job.isArrayChild && job.parent >= 0 && view.scope.has(parent: job.parent) {
      try children.append(job, to: Int(job.parent >> Self.shift))
    }
  }

  func finish() throws {
    let writer = try RowWriter(connection, "array_run", columns: 13)
    try SideReading.each(
      children.groupCount, make: { [view, children] in try Self.runs(children.take($0), view) },
      use: { _, runs in for run in runs { try Self.write(run, writer) } })
  }

  /// - Parameter jobs: in the order of their ids, as blocks are.
  private static func runs(_ jobs: ContiguousArray<EndedJob>, _ view: LedgerView) -> [ArrayRun] {
    var runs: [ArrayRun] = []
    let order = jobs.indices.sorted { (jobs[$0].parent, $0) < (jobs[$1].parent, $1) }
    var start = 0
    while start < order.count {
      let first = jobs[order[start]]
      let end = order[start...].firstIndex { jobs[$0].parent != first.parent } ?? order.count
      if !view.jobs.unfinishedParents.contains(Int64(first.parent)),
        let run = ArrayRun(
          parent: first.parent, step: view.jobs.identities.step(of: Int64(first.id)),
          order[start..<end].map { jobs[$0] })
      {
        runs.append(run)
      }
      start = end
    }
    return runs
  }

  private static func write(_ run: ArrayRun, _ writer: RowWriter) throws {
    try writer.write(
      .integer(Int64(run.parent)), .integer(Int64(Instant(milliseconds: run.stopped).day.number)),
      .integer(Int64(run.queue)), .integer(Int64(run.definition)), .integer(Int64(run.step)), .integer(run.children),
      .integer(run.succeeded), .integer(run.cost), .integer(run.started), .integer(run.stopped), .integer(run.median),
      .integer(run.percentile99), .integer(run.held))
  }
}

extension Insight {
  static let stragglers = Insight.ofJobs("array stragglers", tables: ["array_run"], by: .parent, Stragglers.self)
}
