import Domain

/// Batch DescribeServiceJob: a training job of SageMaker, which SageMaker bills.
extension Page {
  mutating func addServiceJob(_ job: JSONValue) {
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
    put(id)
    put(reference: place)
    put(text(job["jobName"], "jobName") ?? id)
    put(JobKind.service.rawValue)
    putNull()
    putNull()
    put(reference: named(.jobQueue, queue, resource: "job-queue", place))
    put(reference: serviceType(job, place))
    put(status)
    put(text(job["statusReason"], "statusReason"))
    put(createdAt)
    put(startedAt)
    put(stoppedAt)
    put(JobPlatform.sageMaker.rawValue)
    for _ in 0..<3 { putNull() }
    put(text(job["shareIdentifier"], "shareIdentifier"))
    put(reference: job["tags"].flatMap { tagSet($0) })
    put(job["retryStrategy"]?["attempts"].flatMap { quantity($0, "retryStrategy.attempts") })
    put(job["timeoutConfig"]?["attemptDurationSeconds"].flatMap { quantity($0, "timeoutConfig") })
    put(false)
    put(job["isTerminated"]?.bool ?? false)
    putNull()
    putNull()
    let attempts = Array(list(job["attempts"], "attempts"))
    put(Int64(attempts.count))
    let finished = attempts.count { $0["stoppedAt"]?.integer != nil }
    let sealed = endOpen(
      progress: jobProgress(JobStatus(status), finished: finished, newest: newest, complete: true))
    for (index, attempt) in attempts.enumerated() { putServiceAttempt(attempt, ordinal: Int64(index + 1)) }
    seal(sealed)
    note(newest, since: createdAt, in: place)
  }

  /// Counted, and not priced: it reserves nothing of an instance of ours.
  private mutating func putServiceAttempt(_ attempt: JSONValue, ordinal: Int64) {
    beginPart(.attempt)
    put(ordinal)
    put(attempt["startedAt"].flatMap { time($0, "attempts.startedAt") })
    put(attempt["stoppedAt"].flatMap { time($0, "attempts.stoppedAt") })
    for _ in 0..<3 { put(0 as Int64) }
    for _ in 0..<4 { putNull() }
    put(text(attempt["statusReason"], "attempts.statusReason"))
    putNull()
  }

  /// Service jobs have no definition: their type stands for it.
  private mutating func serviceType(_ job: JSONValue, _ place: Int) -> Int {
    let type = job["serviceJobType"]?.text ?? JSONText("SERVICE")
    return named(.jobDefinition, type, resource: "service-job-type", place)
  }
}
