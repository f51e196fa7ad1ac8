/// What a document is, by its content: the answer of an AWS API, an event, a record of a log.
package enum DocumentKind: String, CaseIterable, Comparable, Sendable {
  case jobs = "Batch jobs"
  case serviceJobs = "Batch service jobs"
  case trainingJobs = "SageMaker training jobs"
  case jobQueues = "Batch job queues"
  case jobDefinitions = "Batch job definitions"
  case computeEnvironments = "Batch compute environments"
  case containerInstances = "ECS container instances"
  case tasks = "ECS tasks"
  case instances = "EC2 instances"
  case instanceTypes = "EC2 instance types"
  case spotPrices = "EC2 Spot prices"
  case spotRequests = "EC2 Spot requests"
  case spotAdvice = "Spot Advisor files"
  case volumes = "EBS volumes"
  case listPrices = "list prices"
  case cloudTrail = "CloudTrail events"
  case logsInsights = "Logs Insights results"
  case performanceRecords = "Container Insights records"
  case nextflowTasks = "Nextflow tasks"
  case listedObjects = "S3 objects"
  case gpuMinutes = "GPU minutes"
  case events = "EventBridge events"
  case billing = "billing exports (left to `--bill`)"
  case spotDataFeed = "Spot data feed files (left to `--bill`)"

  package static func < (a: DocumentKind, b: DocumentKind) -> Bool { a.rawValue < b.rawValue }
}
