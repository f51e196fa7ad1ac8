import AWS
import Domain

/// Things in an account that harmless calls can name, and the call for each operation.
struct PermissionScene {
  enum Probe {
    case call(Call)
    /// There is no harmless call, for this reason.
    case unasked(String)
  }

  let events: [EventPlace]
  let now: Instant
  var queue: String?
  var serviceQueue: String?
  var cluster: String?
  /// The results of the operations that were used to find these.
  var verdicts: [Operation: PermissionFinding.Verdict] = [:]

  /// A name that nothing has.
  private static let nobody = "batchcost-doctor"
  private static let nowhere = "00000000-0000-0000-0000-000000000000"

  func probe(_ operation: Operation) -> Probe {
    let seconds = Double(now.milliseconds) / 1000
    switch operation {
    case Batch.describeJobDefinitionsOperation: return .call(Batch.describeJobDefinitions(["\(Self.nobody):1"]))
    case Batch.describeSchedulingPoliciesOperation:
      return .call(
        Batch.describeSchedulingPolicies(["arn:aws:batch:us-east-1:000000000000:scheduling-policy/\(Self.nobody)"]))
    case Batch.describeJobsOperation: return .call(Batch.describeJobs([Self.nowhere]))
    case Batch.listJobsOperation:
      guard let queue else { return .unasked("there is no job queue") }
      return .call(Batch.listJobs(.queue(queue), .status("RUNNING"), pageSize: 1))
    case Batch.listServiceJobsOperation:
      guard let serviceQueue else { return .unasked("there is no queue of service jobs") }
      return .call(Batch.listServiceJobs(queue: serviceQueue, .status("RUNNING"), pageSize: 1))
    case Batch.describeServiceJobOperation:
      guard serviceQueue != nil else { return .unasked("there is no queue of service jobs") }
      return .call(Batch.describeServiceJob(Self.nowhere))
    case SageMaker.describeTrainingJobOperation: return .call(SageMaker.describeTrainingJob(Self.nobody))
    case ECS.listContainerInstancesOperation: return .call(ECS.listContainerInstances(cluster: cluster ?? Self.nobody))
    case ECS.describeContainerInstancesOperation:
      return .call(ECS.describeContainerInstances([Self.nowhere], cluster: cluster ?? Self.nobody))
    case ECS.listTasksOperation: return .call(ECS.listTasks(cluster: cluster ?? Self.nobody))
    case ECS.describeTasksOperation: return .call(ECS.describeTasks([Self.nowhere], cluster: cluster ?? Self.nobody))
    case CloudTrail.lookupEventsOperation:
      return .call(
        CloudTrail.lookupEvents(attribute: ("EventName", "RunInstances"), start: seconds - 1, end: seconds))
    case EC2.describeInstancesOperation: return .call(EC2.describeInstances(ids: ["i-00000000000000000"]))
    case EC2.describeInstanceTypesOperation: return .call(EC2.describeInstanceTypes([Self.nobody]))
    case EC2.describeCapacityBlocksOperation: return .call(EC2.describeCapacityBlocks())
    case EC2.describeCapacityReservationsOperation: return .call(EC2.describeCapacityReservations())
    case EC2.describeVolumesOperation: return .call(EC2.describeVolumes(ids: ["vol-00000000000000000"]))
    case EC2.describeSpotPriceHistoryOperation:
      return .call(
        EC2.describeSpotPriceHistory(
          instanceTypes: ["m5.large"], productDescriptions: ["Linux/UNIX"], start: now.description,
          end: now.description))
    case Pricing.getProductsOperation:
      return .call(Pricing.getProducts(serviceCode: "AmazonEC2", matching: [("instanceType", Self.nobody)]))
    case Logs.startQueryOperation:
      return .call(
        Logs.startQuery(
          "limit 1", groups: ["/aws/ecs/containerinsights/\(Self.nobody)/performance"],
          start: now.milliseconds / 1000 - 1, end: now.milliseconds / 1000, limit: 1))
    case Logs.getQueryResultsOperation: return .call(Logs.getQueryResults(Self.nowhere))
    case CloudWatch.listMetricsOperation: return .call(CloudWatch.listMetrics(namespace: Self.nobody))
    case CloudWatch.getMetricDataOperation: return .unasked("AWS charges for every metric that is asked for")
    default: return eventProbe(operation)
    }
  }

  private func eventProbe(_ operation: Operation) -> Probe {
    for place in events {
      switch (operation, place) {
      case (S3.listObjectsOperation, .bucket(let bucket, let prefix)):
        return .call(S3.listObjects(bucket: bucket, prefix: "\(prefix)\(Self.nobody)/"))
      case (S3.getObjectOperation, .bucket(let bucket, let prefix)):
        return .call(S3.getObject(bucket: bucket, key: "\(prefix)\(Self.nobody)"))
      case (SQS.deleteMessageBatchOperation, .queue(let url)):
        return .call(SQS.deleteMessages(queueURL: url, receiptHandles: [Self.nobody]))
      case (SQS.receiveMessageOperation, .queue):
        return .unasked("a message that is received counts towards the queue's dead-letter limit")
      default: continue
      }
    }
    return .unasked("no harmless call is known")
  }
}
