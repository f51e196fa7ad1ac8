import Domain
import Store

/// The columns of `training_job` that are collected.
enum TrainingJobColumn: Int32, TableColumns {
  case accountRegion, name, status, createdAtMs, startedAtMs, endedAtMs, trainingSeconds, billableSeconds, payment,
    instances, keepAliveSeconds, poolStatus, poolSeconds, progress, digest

  static let table = "training_job"
}

extension Table.Layout {
  static let trainingJob = Table.Layout(TrainingJobColumn.self, key: [.accountRegion, .name], .latest)
}

/// SageMaker DescribeTrainingJob, and the `detail` of its event: what is billed for a service job of Batch.
extension Page {
  mutating func addTrainingJob(_ job: JSONValue) {
    guard let arn = job["TrainingJobArn"]?.text, let parts = ARN(arn) else {
      findings.add(.missingField, "TrainingJobArn", "is not an ARN: the training job is left out")
      return
    }
    count(.trainingJobs)
    let place = accountRegion(arn)
    let request = TrainingRequest(job, &self)
    let createdAt = job["CreationTime"].flatMap { time($0, "CreationTime") }
    let startedAt = job["TrainingStartTime"].flatMap { time($0, "TrainingStartTime") }
    let endedAt = job["TrainingEndTime"].flatMap { time($0, "TrainingEndTime") }
    let modifiedAt = job["LastModifiedTime"].flatMap { time($0, "LastModifiedTime") }
    let pool = job["WarmPoolStatus"]
    begin(.trainingJob)
    put(TrainingJobColumn.accountRegion, reference: place)
    put(TrainingJobColumn.name, parts.name)
    put(TrainingJobColumn.status, job["TrainingJobStatus"]?.text)
    put(TrainingJobColumn.createdAtMs, createdAt)
    put(TrainingJobColumn.startedAtMs, startedAt)
    put(TrainingJobColumn.endedAtMs, endedAt)
    put(
      TrainingJobColumn.trainingSeconds, job["TrainingTimeInSeconds"].flatMap { quantity($0, "TrainingTimeInSeconds") })
    put(
      TrainingJobColumn.billableSeconds, job["BillableTimeInSeconds"].flatMap { quantity($0, "BillableTimeInSeconds") })
    put(TrainingJobColumn.payment, request.payment.rawValue)
    put(TrainingJobColumn.instances, request.instancesText)
    put(TrainingJobColumn.keepAliveSeconds, request.keepAliveSeconds)
    put(TrainingJobColumn.poolStatus, pool?["Status"]?.text)
    put(
      TrainingJobColumn.poolSeconds,
      pool?["ResourceRetainedBillableTimeInSeconds"].flatMap {
        quantity($0, "WarmPoolStatus.ResourceRetainedBillableTimeInSeconds")
      })
    let newest = max(createdAt ?? 0, startedAt ?? 0, endedAt ?? 0, modifiedAt ?? 0)
    // An event has less data than a description at the same moment.
    end(TrainingJobColumn.progress, max(newest, observedAt) << 1 | (job["BillableTimeInSeconds"] == nil ? 0 : 1))
    if newest > 0 { note(newest, since: createdAt, in: place) }
  }
}

/// What was requested from SageMaker, or provided: CreateTrainingJob and DescribeTrainingJob have the same members.
struct TrainingRequest {
  struct Group {
    var type: String
    var count: Int64
  }

  var payment = TrainingPayment.onDemand
  /// Empty if unknown.
  var instances: [Group] = []
  var keepAliveSeconds: Int64?

  init() {}

  init(_ document: JSONValue, _ page: inout Page) {
    let resources = document["ResourceConfig"]
    if document["ServerlessJobConfig"]?.isObject == true {
      payment = .serverless
    } else if resources?["TrainingPlanArn"]?.text != nil {
      payment = .trainingPlan
    } else if document["EnableManagedSpotTraining"]?.bool == true {
      payment = .managedSpot
    }
    guard let resources else { return }
    keepAliveSeconds = resources["KeepAlivePeriodInSeconds"].flatMap {
      page.quantity($0, "ResourceConfig.KeepAlivePeriodInSeconds")
    }
    // Of several preferences, the selected one is billed, once there is one.
    if resources["SelectedInstanceType"]?.text != nil {
      add(resources["SelectedInstanceType"], resources["SelectedInstanceCount"] ?? resources["InstanceCount"], &page)
    } else if let groups = resources["InstanceGroups"], groups.firstElement != nil {
      for group in groups.elements { add(group["InstanceType"], group["InstanceCount"], &page) }
    } else {
      add(resources["InstanceType"], resources["InstanceCount"], &page)
    }
  }

  private mutating func add(_ type: JSONValue?, _ count: JSONValue?, _ page: inout Page) {
    guard let type = type?.text, !type.isEmpty else { return }
    guard let count = count.flatMap({ page.quantity($0, "ResourceConfig.InstanceCount", in: 0...100_000) }) else {
      return
    }
    instances.append(Group(type: type.string, count: count))
  }

  /// A JSON object, types in order.
  var instancesText: String? {
    if instances.isEmpty { return nil }
    let counts = Dictionary(instances.map { ($0.type, $0.count) }, uniquingKeysWith: +)
    var text: [UInt8] = [UInt8(ascii: "{")]
    for (index, (type, count)) in counts.sorted(by: { $0.key < $1.key }).enumerated() {
      if index > 0 { text += Array(", ".utf8) }
      appendQuoted(type.utf8, to: &text)
      text += Array(": \(count)".utf8)
    }
    text.append(UInt8(ascii: "}"))
    return String(decoding: text, as: UTF8.self)
  }
}
