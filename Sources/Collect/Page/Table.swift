import Store

/// A table that collected rows go to.
enum Table: UInt8, CaseIterable {
  case job, attempt, jobDependency, serviceJob, trainingJob
  case jobQueue, jobDefinition, computeEnvironment
  case containerInstance, missingContainerInstance, task
  case taskUsageSample, taskUsageWindow, jobUsage
  case instanceDescription, instanceAddress, instanceEvent, volume, instanceType
  case spotPrice, listPrice
  case spotAdvice

  /// How rows of the table are written; the fields of a row stand in the order of `columns`.
  struct Layout {
    let name: String
    let columns: [String]
    let key: [String]
    let conflict: Upsert.Conflict

    /// Whether rows end with `progress` and `digest`.
    var isVersioned: Bool { if case .latest = conflict { true } else { false } }
  }

  /// Whether a row ends with its progress and its digest.
  var isVersioned: Bool {
    switch self {
    case .job, .serviceJob, .trainingJob, .jobQueue, .jobDefinition, .computeEnvironment, .containerInstance, .task,
      .instanceDescription, .volume,
      .spotAdvice:
      true
    case .attempt, .jobDependency, .missingContainerInstance, .taskUsageSample, .taskUsageWindow, .jobUsage,
      .instanceAddress,
      .instanceEvent,
      .instanceType, .spotPrice, .listPrice:
      false
    }
  }
}

extension Table.Layout {
  init(_ name: String, _ columns: String, key: String, _ conflict: Upsert.Conflict) {
    func list(_ text: String) -> [String] { text.split(whereSeparator: { $0 == " " || $0 == "\n" }).map(String.init) }
    var columns = list(columns)
    if case .latest = conflict { columns += ["progress", "digest"] }
    self.init(name: name, columns: columns, key: list(key), conflict: conflict)
  }
}
