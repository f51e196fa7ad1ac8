import Store

/// A table for collected rows.
enum Table: UInt8, CaseIterable {
  case job, attempt, jobDependency, jobBucket, serviceJob, trainingJob
  case jobQueue, schedulingPolicy, jobDefinition, jobDefinitionResource, jobDefinitionAddress, computeEnvironment
  case containerInstance, missingContainerInstance, task
  case taskUsageSample, taskUsageWindow, jobUsage
  case capacityReservation, reservationState, capacityBlock
  case instanceDescription, instanceAddress, instanceEvent, spotRequestEvent, volume, instanceType
  case spotPrice, listPrice
  case spotAdvice
  case gpuUsage, taskGPU
  case listedObject
  case logStreamDay
  case kubernetesNode, instanceHostName

  /// How rows of the table are written; the fields of a row are in the order of `columns`.
  struct Layout {
    let name: String
    let columns: [String]
    let key: [String]
    let conflict: Upsert.Conflict
  }
}

extension Table.Layout {
  init<Column: TableColumns>(_ columns: Column.Type, key: [Column], _ conflict: Upsert.Conflict) {
    self.init(
      name: Column.table, columns: Column.allCases.map(\.name), key: key.map(\.name), conflict: conflict)
  }
}
