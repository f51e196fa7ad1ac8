import Store

/// The columns of `job_dependency` that are collected.
enum JobDependencyColumn: Int32, TableColumns {
  case jobId, dependsOn

  static let table = "job_dependency"
}

extension Table.Layout {
  static let jobDependency = Table.Layout(JobDependencyColumn.self, key: [.jobId, .dependsOn], .keep)
}

/// `dependsOn` of a job: what it waits for before it can run.
extension Page {
  /// - Parameter index: the index of an array child, which waits for one child of another array (`N_TO_N`), or for the
  ///   child before it in its own (`SEQUENTIAL`).
  mutating func addDependencies(_ list: JSONValue, of id: JSONText, _ index: Int64?) {
    for dependency in list.elements {
      let type = dependency["type"]?.text?.string
      let other = dependency["jobId"]?.text
      if let other, !other.isEmpty {
        addDependency(of: id, on: type == "N_TO_N" && index != nil ? "\(other.string):\(index ?? 0)" : other.string)
      } else if type == "SEQUENTIAL", let index, index > 0, let colon = id.firstIndex(of: UInt8(ascii: ":")) {
        addDependency(of: id, on: "\(id.slice(0, colon).string):\(index - 1)")
      }
    }
  }

  private mutating func addDependency(of id: JSONText, on other: String) {
    begin(.jobDependency)
    put(JobDependencyColumn.jobId, id)
    put(JobDependencyColumn.dependsOn, other)
  }
}
