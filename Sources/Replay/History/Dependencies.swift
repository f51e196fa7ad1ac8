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
    enum Field: Int32, SelectedColumn {
      case before, kindBefore, after, kindAfter
      var sql: String {
        switch self {
        case .before: "b.id"
        case .kindBefore: "b.kind"
        case .after: "j.id"
        case .kindAfter: "j.kind"
        }
      }
    }
    let rows = try connection.prepare(
      """
      SELECT \(Field.list) FROM job_dependency d
      JOIN job j ON j.job_id = d.job_id JOIN job b ON b.job_id = d.depends_on
      """)
    var parents: Set<Int64> = []
    while try rows.step() {
      let (before, after) = (rows.integer(Field.before), rows.integer(Field.after))
      let (isParentBefore, isParentAfter) = (
        Self.isParent(rows.integer(Field.kindBefore)), Self.isParent(rows.integer(Field.kindAfter))
      )
      edges.append(
        Edge(before: isParentBefore ? .end(before) : .job(before), after: isParentAfter ? .begin(after) : .job(after)))
      if isParentBefore { parents.insert(before) }
      if isParentAfter { parents.insert(after) }
    }
    if parents.isEmpty { return }
    var rowsOfParents: [Int64: Int64] = [:]
    var children: [(job: Int64, parent: Int64)] = []
    enum ChildField: Int32, SelectedColumn {
      case id, kind, parent
    }
    try connection.scan(ChildField.list, from: "job WHERE parent IS NOT NULL") { row in
      if Self.isParent(row.integer(ChildField.kind)) {
        rowsOfParents[row.integer(ChildField.parent)] = row.integer(ChildField.id)
      } else {
        children.append((row.integer(ChildField.id), row.integer(ChildField.parent)))
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
