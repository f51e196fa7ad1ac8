import Domain

extension Page {
  /// Adds a job with its attempts.
  ///
  /// Rejects a job without an id, a queue, a definition, a status or a time of creation: without them no report could
  /// place it.
  mutating func addJob(_ document: JSONValue, complete: Bool, nested: NestedDocuments) {
    let job = JobMembers(document, &self)
    if job.isService { return addServiceJob(document, nested: nested) }
    guard let id = required(job.id, "jobId"), let queue = required(job.queue, "jobQueue"),
      let definition = required(job.definition, "jobDefinition"), let status = required(job.status, "status")
    else { return }
    guard let createdAt = job.createdAt else {
      findings.add(.missingField, "createdAt", "is missing: the job is left out")
      return
    }
    count(.jobs)
    let place = accountRegion(job.arn ?? queue)
    let kind = JobKind(job, id)
    let reached = jobStatus(status)
    let platform = job.platform
    var attempts = AttemptList()
    attempts.read(job, kind: kind, platform: platform, status: reached, page: &self)
    let (parent, childIndex) = parentage(job, id: id, kind: kind)
    let definitionReference = named(.jobDefinition, definition, resource: "job-definition", place)

    begin(.job)
    put(JobColumn.jobId, id)
    put(JobColumn.accountRegion, reference: place)
    put(JobColumn.name, job.name ?? id)
    put(JobColumn.kind, kind.rawValue)
    put(JobColumn.parent, reference: parent)
    put(JobColumn.childIndex, childIndex)
    put(JobColumn.jobQueue, reference: named(.jobQueue, queue, resource: "job-queue", place))
    put(JobColumn.jobDefinition, reference: definitionReference)
    put(JobColumn.status, status)
    put(JobColumn.statusReason, job.statusReason)
    put(JobColumn.createdAtMs, createdAt)
    put(JobColumn.startedAtMs, job.startedAt)
    put(JobColumn.stoppedAtMs, job.stoppedAt)
    put(JobColumn.platform, platform.rawValue)
    if platform == .fargate { putFargate(job) }
    put(JobColumn.size, size(job))
    put(JobColumn.shareIdentifier, job.shareIdentifier)
    put(JobColumn.schedulingPriority, job.schedulingPriority)
    put(JobColumn.tagSet, reference: job.tags.flatMap { tagSet($0) })
    put(JobColumn.retryAttempts, job.retryAttempts)
    put(JobColumn.timeoutSeconds, job.timeoutSeconds)
    put(JobColumn.cancelled, job.cancelled)
    put(JobColumn.terminated, job.terminated)
    put(JobColumn.image, image(job))
    putParameters(job)
    put(JobColumn.propagateTags, job.propagatesTags.map { $0 ? 1 : 0 as Int64 })
    put(JobColumn.attempts, Int64(attempts.list.count))
    let newest = newestTime(job, attempts)
    let sealed = endOpen(
      JobColumn.progress,
      jobProgress(reached, finished: attempts.finished, newest: newest, complete: complete))
    for (index, attempt) in attempts.list.enumerated() { put(attempt, ordinal: Int64(index + 1), attempts) }
    seal(sealed)
    if platform != .eks { addNamed(by: job, definitionReference) }
    addBuckets(of: job, id)
    if let dependencies = job.dependsOn { addDependencies(dependencies, of: id, childIndex) }
    note(newest, since: createdAt, in: place)
  }

  /// The parameters that a client gave to the job.
  private mutating func putParameters(_ job: JobMembers) {
    var texts = TagText()
    var execution: StateMachineExecution?
    if let parameters = job.parameters {
      for (key, value) in parameters.members {
        guard let text = value.text else { continue }
        texts.add(key, text)
        execution = execution ?? StateMachineExecution(text)
      }
    }
    if execution == nil, let tags = job.tags {
      for (_, value) in tags.members { execution = execution ?? value.text.flatMap(StateMachineExecution.init) }
    }
    if let command = job.command {
      AirflowWorkload.add(command: command, to: &texts)
      NextflowTask.add(command: command, to: &texts)
    }
    ClientEnvironment.add(job.environment, execution: execution, to: &texts)
    put(JobColumn.parameters, bytes: texts.object())
  }

  mutating func required(_ text: JSONText?, _ name: StaticString) -> JSONText? {
    if let text, !text.isEmpty { return text }
    findings.add(.missingField, "\(name)", "is missing: the job is left out")
    return nil
  }

  /// Final states come first, then the number of ended attempts, the status, the newest time; a described job comes
  /// before an event.
  func jobProgress(_ status: JobStatus, finished: Int, newest: Int64, complete: Bool) -> Int64 {
    var progress: Int64 = if case .finished = status { 1 } else { 0 }
    progress = progress << 10 | Int64(min(finished, 1023))
    progress = progress << 3 | status.rank
    progress = progress << 43 | newest
    return progress << 1 | (complete ? 1 : 0)
  }

  private func newestTime(_ job: JobMembers, _ attempts: AttemptList) -> Int64 {
    var newest = max(job.createdAt ?? 0, job.startedAt ?? 0, job.stoppedAt ?? 0)
    for attempt in attempts.list { newest = max(newest, attempt.startedAt ?? 0, attempt.stoppedAt ?? 0) }
    return newest
  }

  private mutating func parentage(_ job: JobMembers, id: JSONText, kind: JobKind) -> (Int?, Int64?) {
    switch kind {
    case .arrayParent, .multiNodeParent: return (reference(.jobParent, id), nil)
    case .arrayChild, .node:
      let mark = UInt8(ascii: kind == .node ? "#" : ":")
      guard let cut = id.firstIndex(of: mark) else { return (nil, nil) }
      return (reference(.jobParent, id.slice(0, cut)), Int64(id.dropFirst(cut + 1).string))
    case .single, .service: return (nil, nil)
    }
  }

  private mutating func putFargate(_ job: JobMembers) {
    let (platform, storage) = job.fargateDetails
    put(JobColumn.architecture, platform?["cpuArchitecture"]?.text)
    put(JobColumn.operatingSystem, platform?["operatingSystemFamily"]?.text)
    put(
      JobColumn.ephemeralGib,
      storage?["sizeInGiB"].flatMap { quantity($0, "container.ephemeralStorage.sizeInGiB", in: Plausible.storageGiB) })
  }

  private mutating func size(_ job: JobMembers) -> Int64? {
    if let size = job.arrayProperties?["size"] { return quantity(size, "arrayProperties.size") }
    return job.nodeProperties?["numNodes"].flatMap { quantity($0, "nodeProperties.numNodes") }
  }

  private func image(_ job: JobMembers) -> JSONText? {
    job.container?.image ?? (job.firstTask ?? job.pod)?["containers"]?.firstElement?["image"]?.text
  }
}

extension JobKind {
  init(_ job: JobMembers, _ id: JSONText) {
    if job.nodeDetails != nil || id.firstIndex(of: UInt8(ascii: "#")) != nil {
      self = .node
    } else if id.firstIndex(of: UInt8(ascii: ":")) != nil {
      self = .arrayChild
    } else if let size = job.arrayProperties?["size"], size.integer ?? 0 > 0 {
      self = .arrayParent
    } else if job.nodeProperties != nil {
      self = .multiNodeParent
    } else {
      self = .single
    }
  }
}

extension JobMembers {
  var platform: JobPlatform {
    if isFargate || container?.fargate?.isObject == true { return .fargate }
    let ofNodes = nodeProperties?["nodeRangeProperties"]?.firstElement?["eksProperties"]
    return pod != nil || eksAttempts?.firstElement != nil || ofNodes?["podProperties"]?.isObject == true ? .eks : .ec2
  }

  /// The pod of a job on EKS.
  var pod: JSONValue? {
    guard let pod = eksProperties?["podProperties"], pod.isObject else { return nil }
    return pod
  }

  /// The only task of `ecsProperties`.
  var firstTask: JSONValue? { ecsProperties?["taskProperties"]?.firstElement }

  /// `runtimePlatform` and `ephemeralStorage`: of the container, or of the task with several.
  var fargateDetails: (JSONValue?, JSONValue?) {
    if let firstTask { return (firstTask["runtimePlatform"], firstTask["ephemeralStorage"]) }
    return (container?.runtimePlatform, container?.ephemeralStorage)
  }
}
