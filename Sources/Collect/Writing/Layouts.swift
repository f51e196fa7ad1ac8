import Store

extension Table {
  /// How the table's rows are written; nil for tables with their own writer.
  var layout: Layout? {
    switch self {
    case .job, .attempt, .taskUsageSample, .taskUsageWindow: nil
    case .jobDependency: .jobDependency
    case .jobBucket: .jobBucket
    case .serviceJob: .serviceJob
    case .trainingJob: .trainingJob
    case .jobQueue: .jobQueue
    case .schedulingPolicy: .schedulingPolicy
    case .jobDefinition: .jobDefinition
    case .jobDefinitionResource: .jobDefinitionResource
    case .jobDefinitionAddress: .jobDefinitionAddress
    case .computeEnvironment: .computeEnvironment
    case .containerInstance: .containerInstance
    case .missingContainerInstance: .missingContainerInstance
    case .task: .task
    case .jobUsage: .jobUsage
    case .capacityReservation: .capacityReservation
    case .reservationState: .reservationState
    case .capacityBlock: .capacityBlock
    case .instanceDescription: .instanceDescription
    case .instanceAddress: .instanceAddress
    case .instanceEvent: .instanceEvent
    case .spotRequestEvent: .spotRequestEvent
    case .volume: .volume
    case .instanceType: .instanceType
    case .spotPrice: .spotPrice
    case .listPrice: .listPrice
    case .spotAdvice: .spotAdvice
    case .gpuUsage: .gpuUsage
    case .taskGPU: .taskGPU
    case .listedObject: .listedObject
    case .logStreamDay: .logStreamDay
    case .kubernetesNode: .kubernetesNode
    case .instanceHostName: .instanceHostName
    }
  }
}
