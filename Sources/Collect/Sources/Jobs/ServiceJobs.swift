import Domain
import Store

/// The columns of `service_job` that are collected.
enum ServiceJobColumn: Int32, TableColumns {
  case jobId, scheduledAtMs, quotaShare, preemptions, payment, instances, keepAliveSeconds, progress, digest

  static let table = "service_job"
}

extension Table.Layout {
  static let serviceJob = Table.Layout(ServiceJobColumn.self, key: [.jobId], .latest)
}

/// Batch DescribeServiceJob: a job that SageMaker runs as a training job, and bills.
extension Page {
  mutating func addServiceJob(_ job: JSONValue, nested: NestedDocuments) {
    guard let arn = requiredARN(job["jobArn"]), let id = required(job["jobId"]?.text, "jobId"),
      let queue = required(job["jobQueue"]?.text, "jobQueue"), let status = required(job["status"]?.text, "status"),
      let createdAt = job["createdAt"].flatMap({ time($0, "createdAt") })
    else { return }
    count(.serviceJobs)
    let place = accountRegion(arn)
    let startedAt = job["startedAt"].flatMap { time($0, "startedAt") }
    let stoppedAt = job["stoppedAt"].flatMap { time($0, "stoppedAt") }
    let newest = max(createdAt, startedAt ?? 0, stoppedAt ?? 0)
    begin(.job)
    put(JobColumn.jobId, id)
    put(JobColumn.accountRegion, reference: place)
    put(JobColumn.name, text(job["jobName"], "jobName") ?? id)
    put(JobColumn.kind, JobKind.service.rawValue)
    put(JobColumn.jobQueue, reference: named(.jobQueue, queue, resource: "job-queue", place))
    put(JobColumn.jobDefinition, reference: serviceType(job, place))
    put(JobColumn.status, status)
    put(JobColumn.statusReason, text(job["statusReason"], "statusReason"))
    put(JobColumn.createdAtMs, createdAt)
    put(JobColumn.startedAtMs, startedAt)
    put(JobColumn.stoppedAtMs, stoppedAt)
    put(JobColumn.platform, JobPlatform.sageMaker.rawValue)
    put(JobColumn.shareIdentifier, text(job["shareIdentifier"], "shareIdentifier"))
    put(JobColumn.tagSet, reference: job["tags"].flatMap { tagSet($0) })
    put(JobColumn.retryAttempts, job["retryStrategy"]?["attempts"].flatMap { quantity($0, "retryStrategy.attempts") })
    put(
      JobColumn.timeoutSeconds,
      job["timeoutConfig"]?["attemptDurationSeconds"].flatMap { quantity($0, "timeoutConfig") })
    put(JobColumn.cancelled, false)
    put(JobColumn.terminated, job["isTerminated"]?.bool ?? false)
    let attempts = ServiceAttempts(job)
    put(JobColumn.attempts, Int64(attempts.list.count))
    let finished = attempts.list.count { $0.document["stoppedAt"]?.integer != nil }
    let progress = jobProgress(jobStatus(status), finished: finished, newest: newest, complete: true)
    let sealed = endOpen(JobColumn.progress, progress)
    for (index, attempt) in attempts.list.enumerated() { putServiceAttempt(attempt, ordinal: Int64(index + 1)) }
    seal(sealed)
    putServiceDetails(job, id, progress: progress, nested: nested)
    note(newest, since: createdAt, in: place)
  }

  private mutating func putServiceAttempt(_ attempt: ServiceAttempts.Attempt, ordinal: Int64) {
    let document = attempt.document
    beginPart(.attempt)
    put(AttemptColumn.ordinal, ordinal)
    put(AttemptColumn.startedAtMs, document["startedAt"].flatMap { time($0, "attempts.startedAt") })
    put(AttemptColumn.stoppedAtMs, document["stoppedAt"].flatMap { time($0, "attempts.stoppedAt") })
    // It reserves nothing of our own instances.
    put(AttemptColumn.milliVcpus, 0)
    put(AttemptColumn.memoryMib, 0)
    put(AttemptColumn.gpus, 0)
    put(AttemptColumn.taskId, document["serviceResourceId"]?["value"]?.text?.afterLastSlash)
    put(AttemptColumn.statusReason, attempt.reason)
    put(AttemptColumn.containerReason, nil as JSONText?)
  }

  /// The request to SageMaker is text in the job.
  private mutating func putServiceDetails(
    _ job: JSONValue, _ id: JSONText, progress: Int64, nested: NestedDocuments
  ) {
    var request = TrainingRequest()
    if let payload = job["serviceRequestPayload"]?.text {
      do {
        request = TrainingRequest(try nested.parse(payload), &self)
      } catch {
        findings.add(.unreadable, "serviceRequestPayload", error.message)
      }
    }
    if request.instances.isEmpty { request.instances = capacity(job) }
    begin(.serviceJob)
    put(ServiceJobColumn.jobId, id)
    put(ServiceJobColumn.scheduledAtMs, job["scheduledAt"].flatMap { time($0, "scheduledAt") })
    put(ServiceJobColumn.quotaShare, job["quotaShareName"]?.text)
    let preempted = job["preemptionSummary"]?["preemptedAttemptCount"]
    put(
      ServiceJobColumn.preemptions, preempted.flatMap { quantity($0, "preemptionSummary.preemptedAttemptCount") } ?? 0)
    put(ServiceJobColumn.payment, request.payment.rawValue)
    put(ServiceJobColumn.instances, request.instancesText)
    put(ServiceJobColumn.keepAliveSeconds, request.keepAliveSeconds)
    end(ServiceJobColumn.progress, progress)
  }

  /// `capacityUsage`: its unit is the instance type, its quantity the number of instances.
  private mutating func capacity(_ job: JSONValue) -> [TrainingRequest.Group] {
    job.elements(of: "capacityUsage").compactMap { usage in
      guard let type = usage["capacityUnit"]?.text, type.hasPrefix("ml."),
        let count = usage["quantity"]?.number.flatMap({ Int64(exactly: $0) }), count > 0
      else { return nil }
      return TrainingRequest.Group(type: type.string, count: count)
    }
  }

  /// Service jobs have no definition: their type is used instead.
  private mutating func serviceType(_ job: JSONValue, _ place: Int) -> Int {
    let type = job["serviceJobType"]?.text ?? JSONText("SERVICE")
    return named(.jobDefinition, type, resource: "service-job-type", place)
  }
}

/// The attempts of a service job: those that it lists, and those of its preemptions that it does not list, by their
/// start.
private struct ServiceAttempts {
  struct Attempt {
    var document: JSONValue
    var isPreempted = false

    var name: String? { document["serviceResourceId"]?["value"]?.text?.string }
    var startedAt: Int64 { document["startedAt"]?.integer ?? .max }

    /// The reason, marked for a preempted attempt.
    var reason: String? {
      let reason = document["statusReason"]?.text?.string
      guard isPreempted, reason?.lowercased().contains("preempt") != true else { return reason }
      return reason.map { "Preempted: \($0)" } ?? "Preempted"
    }
  }

  private(set) var list: [Attempt]

  init(_ job: JSONValue) {
    list = job.elements(of: "attempts").map { Attempt(document: $0) }
    for preempted in job["preemptionSummary"]?.elements(of: "recentPreemptedAttempts").map({ $0 }) ?? [] {
      let attempt = Attempt(document: preempted, isPreempted: true)
      if let name = attempt.name, let known = list.firstIndex(where: { $0.name == name }) {
        list[known].isPreempted = true
      } else {
        list.append(attempt)
      }
    }
    let places = list.indices.sorted { (list[$0].startedAt, $0) < (list[$1].startedAt, $1) }
    list = places.map { list[$0] }
  }
}
