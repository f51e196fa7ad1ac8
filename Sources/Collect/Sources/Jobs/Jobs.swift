import Domain

/// Batch DescribeJobs, and the `detail` of a `Batch Job State Change` event: one job.
///
/// The members of a job, found in one pass, because their meanings depend on each other.
struct JobMembers {
  var arn, id, name, queue, definition, status, statusReason, shareIdentifier: JSONText?
  var createdAt, startedAt, stoppedAt: Int64?
  var attempts, eksAttempts, ecsProperties, eksProperties, dependsOn: JSONValue?
  var container: ContainerMembers?
  var arrayProperties, nodeProperties, nodeDetails, tags, parameters: JSONValue?
  var retryAttempts, timeoutSeconds, schedulingPriority: Int64?
  var cancelled = false
  var terminated = false
  /// Whether its ECS task, and so the bill, gets the job's tags; nil if unknown.
  var propagatesTags: Bool?
  var isFargate = false
  var isService = false

  init(_ job: JSONValue, _ page: inout Page) {
    // Some clients write members that a job does not have as null.
    for (key, value) in job.members where !value.isNull {
      switch key {
      case "jobArn": arn = page.text(value, "jobArn")
      case "jobId": id = page.text(value, "jobId")
      case "jobName": name = page.text(value, "jobName")
      case "jobQueue": queue = page.text(value, "jobQueue")
      case "jobDefinition": definition = page.text(value, "jobDefinition")
      case "status": status = page.text(value, "status")
      case "statusReason": statusReason = page.text(value, "statusReason")
      case "shareIdentifier": shareIdentifier = page.text(value, "shareIdentifier")
      case "schedulingPriority": schedulingPriority = page.quantity(value, "schedulingPriority")
      case "createdAt": createdAt = page.time(value, "createdAt")
      case "startedAt": startedAt = page.time(value, "startedAt")
      case "stoppedAt": stoppedAt = page.time(value, "stoppedAt")
      case "attempts": attempts = list(value, "attempts", &page)
      case "dependsOn": dependsOn = list(value, "dependsOn", &page)
      case "eksAttempts": eksAttempts = list(value, "eksAttempts", &page)
      case "container": container = ContainerMembers(value, "container", &page)
      case "ecsProperties": ecsProperties = value
      case "eksProperties": eksProperties = value
      case "arrayProperties": arrayProperties = value
      case "nodeProperties": nodeProperties = value
      case "nodeDetails": nodeDetails = value
      case "tags": tags = value
      case "parameters": parameters = value
      case "isCancelled": cancelled = value.bool ?? false
      case "propagateTags": propagatesTags = value.bool
      case "isTerminated": terminated = value.bool ?? false
      case "platformCapabilities": isFargate = value.elements.contains { $0.text.map { $0 == "FARGATE" } ?? false }
      case "retryStrategy":
        retryAttempts = value["attempts"].flatMap { page.quantity($0, "retryStrategy.attempts") }
      case "serviceJobType": isService = true
      case "timeout":
        timeoutSeconds = value["attemptDurationSeconds"].flatMap {
          page.quantity($0, "timeout.attemptDurationSeconds")
        }
      default: break
      }
    }
  }

  private func list(_ value: JSONValue, _ name: StaticString, _ page: inout Page) -> JSONValue? {
    if value.isArray { return value }
    page.findings.add(.wrongType, "\(name)", "is not a list")
    return nil
  }
}

extension Page {
  /// How far the job has come; a status that AWS has added is a finding.
  mutating func jobStatus(_ text: JSONText) -> JobStatus {
    let status = JobStatus(text)
    if status == .unknown {
      findings.add(
        .unknownValue, "status", "is \(text.string), which batchcost does not know: the job counts as submitted")
    }
    return status
  }
}

/// How far a job's status is, as part of `progress`.
enum JobStatus {
  case submitted, pending, runnable, starting, running, finished, unknown

  init(_ text: JSONText) {
    switch text {
    case "SUCCEEDED", "FAILED": self = .finished
    case "RUNNING": self = .running
    case "STARTING": self = .starting
    case "RUNNABLE", "SCHEDULED": self = .runnable
    case "PENDING": self = .pending
    case "SUBMITTED": self = .submitted
    default: self = .unknown
    }
  }

  var rank: Int64 {
    switch self {
    case .submitted, .unknown: 0
    case .pending: 1
    case .runnable: 2
    case .starting: 3
    case .running: 4
    case .finished: 5
    }
  }

  /// Whether a job in this status can have a task.
  var isPlaced: Bool { rank >= JobStatus.starting.rank }
}
