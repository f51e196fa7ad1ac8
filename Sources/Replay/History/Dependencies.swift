import Domain
import Store

/// The dependencies between jobs (`dependsOn`), in which an array stands for all of its children.
struct Dependencies: Sendable {
  /// A job by its row, or an array or multi-node job before its first child and after its last.
  enum Node: Hashable, Sendable {
    case job(Int64)
    case begin(Int64)
    case end(Int64)

    /// A stable order: which jobs come first is the same in every run.
    var order: Int64 {
      switch self {
      case .job(let row), .begin(let row), .end(let row): row
      }
    }
  }

  struct Edge: Sendable {
    var before: Node
    var after: Node
  }

  private(set) var edges: [Edge] = []

  init() {}

  init(edges: [Edge]) { self.edges = edges }

  init(_ connection: Connection) throws {
    let rows = try connection.prepare(
      """
      SELECT b.id, b.kind, j.id, j.kind FROM job_dependency d
      JOIN job j ON j.job_id = d.job_id JOIN job b ON b.job_id = d.depends_on
      """)
    var parents: Set<Int64> = []
    while try rows.step() {
      let (before, after) = (rows.integer(0), rows.integer(2))
      let (isParentBefore, isParentAfter) = (Self.isParent(rows.integer(1)), Self.isParent(rows.integer(3)))
      edges.append(
        Edge(before: isParentBefore ? .end(before) : .job(before), after: isParentAfter ? .begin(after) : .job(after)))
      if isParentBefore { parents.insert(before) }
      if isParentAfter { parents.insert(after) }
    }
    if parents.isEmpty { return }
    var rowsOfParents: [Int64: Int64] = [:]
    var children: [(job: Int64, parent: Int64)] = []
    try connection.scan("id, kind, parent", from: "job WHERE parent IS NOT NULL") { row in
      if Self.isParent(row.integer(1)) {
        rowsOfParents[row.integer(2)] = row.integer(0)
      } else {
        children.append((row.integer(0), row.integer(2)))
      }
    }
    for child in children {
      guard let parent = rowsOfParents[child.parent], parents.contains(parent) else { continue }
      edges.append(Edge(before: .job(child.job), after: .end(parent)))
      edges.append(Edge(before: .begin(parent), after: .job(child.job)))
    }
  }

  /// An array parent or a multi-node parent: `job.kind`.
  private static func isParent(_ kind: Int64) -> Bool { JobKind(rawValue: kind)?.runs == false }
}
