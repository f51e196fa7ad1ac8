import Domain

/// One attempt in a job's document.
struct Attempt {
  var startedAt, stoppedAt, exitCode: Int64?
  /// `task` is the ARN of the ECS task, or the name of the EKS pod.
  var containerInstance, task, logStream, statusReason, containerReason: JSONText?
  /// The Kubernetes node and the EKS cluster of a pod.
  var node, cluster: JSONText?
}

/// The attempts of one job in order, including the current one, and what each of them reserves.
struct AttemptList {
  private(set) var list: [Attempt] = []
  private(set) var reservation = Reservation()

  /// The limit of `attempt.id`.
  static let limit = Int(AttemptID.limit)

  /// Attempts that have ended.
  var finished: Int { list.count { $0.stoppedAt != nil } }

  mutating func read(
    _ job: JobMembers, kind: JobKind, platform: JobPlatform, status: JobStatus, page: inout Page
  ) {
    guard kind.runs else { return }
    reservation = Reservation(job, &page)
    if let documents = platform == .eks ? job.eksAttempts : job.attempts {
      for (index, document) in documents.elements.enumerated() {
        guard index < Self.limit else {
          page.findings.add(.absurdValue, "attempts", "are more than \(Self.limit): the rest is left out")
          break
        }
        list.append(Attempt(document, at: index, &page))
      }
    }
    addCurrent(job, status: status, &page)
    if case .finished = status { close(at: job.stoppedAt) }
    for (index, attempt) in list.enumerated() {
      if let start = attempt.startedAt, let stop = attempt.stoppedAt, stop < start {
        page.findings.add(.absurdValue, "attempts[\(index)].stoppedAt", "is before startedAt")
      }
    }
  }

  /// Batch lists an attempt once it has ended; the running one is in the job's own members.
  private mutating func addCurrent(_ job: JobMembers, status: JobStatus, _ page: inout Page) {
    guard status.isPlaced, list.count < Self.limit else { return }
    var current = Attempt()
    if let container = job.container { current.read(container) }
    if let task = job.firstTask { current.read(task: task, "ecsProperties.taskProperties", &page) }
    if let pod = job.pod { current.read(pod: pod, "eksProperties.podProperties", &page) }
    if isListed(current, startedAt: job.startedAt, status: status, &page) { return }
    if case .starting = status {
      current.startedAt = nil
    } else {
      current.startedAt = job.startedAt
    }
    if case .finished = status {
      current.stoppedAt = job.stoppedAt
      current.statusReason = job.statusReason
    }
    list.append(current)
  }

  /// Whether an attempt in the list is the one in the job's own members: by its task, else by its start.
  private func isListed(_ current: Attempt, startedAt: Int64?, status: JobStatus, _ page: inout Page) -> Bool {
    guard let task = current.task else {
      guard let startedAt else { return true }
      if case .finished = status { return !list.isEmpty }
      return list.contains { $0.startedAt == startedAt || ($0.stoppedAt ?? 0) > startedAt }
    }
    if list.contains(where: { $0.task.map { $0 == task } ?? false }) { return true }
    for (index, attempt) in list.enumerated() {
      let isSameStart = startedAt != nil && attempt.startedAt == startedAt
      guard let other = attempt.task else {
        if isSameStart { return true }
        continue
      }
      if isSameStart || other.afterLastSlash == task.afterLastSlash {
        page.findings.add(
          .twoNames, "container.taskArn", "differs from attempts[\(index)].container.taskArn: treated as one task")
        return true
      }
    }
    return false
  }

  /// A finished job has no running attempt: one whose end is missing or not plausible ended with the job, or at once.
  private mutating func close(at stoppedAt: Int64?) {
    for index in list.indices where list[index].stoppedAt == nil {
      guard let start = list[index].startedAt else { continue }
      list[index].stoppedAt = max(stoppedAt ?? start, start)
    }
  }
}

extension Attempt {
  fileprivate init(_ document: JSONValue, at index: Int, _ page: inout Page) {
    for (key, value) in document.members {
      switch key {
      case "container": read(container: value, &page)
      case "taskProperties":
        var tasks = page.list(value, "attempts[\(index)].taskProperties")
        if let task = tasks.next() { read(task: task, "attempts.taskProperties", &page) }
      case "startedAt": startedAt = page.time(value, "attempts[\(index)].startedAt")
      case "stoppedAt": stoppedAt = page.time(value, "attempts[\(index)].stoppedAt")
      case "statusReason": statusReason = page.text(value, "attempts[\(index)].statusReason")
      case "eksClusterArn": cluster = page.text(value, "eksAttempts[\(index)].eksClusterArn")?.afterLastSlash
      default: break
      }
    }
    read(pod: document, "eksAttempts", &page)
  }

  /// A pod of EKS, of an attempt or of the running job. If an init container failed, no other one started, so it
  /// determines how the pod ended.
  fileprivate mutating func read(pod document: JSONValue, _ path: StaticString, _ page: inout Page) {
    for (key, value) in document.members {
      switch key {
      case "podName": task = page.text(value, "\(path).podName")
      case "nodeName": node = page.text(value, "\(path).nodeName")
      case "containers": readEnd(of: value, path, &page)
      default: break
      }
    }
    guard let initial = document["initContainers"] else { return }
    for container in page.list(initial, "\(path).initContainers") {
      guard let code = container["exitCode"]?.integer, code != 0 else { continue }
      exitCode = exitCode ?? code
      containerReason = containerReason ?? page.text(container["reason"], "\(path).initContainers.reason")
    }
  }

  fileprivate mutating func read(_ container: ContainerMembers) {
    containerInstance = container.containerInstance
    task = container.task
    logStream = container.logStream
    exitCode = container.exitCode
    containerReason = container.reason
  }

  /// The container of an attempt; if a task with several containers has the data, the empty container beside it has
  /// none.
  private mutating func read(container: JSONValue, _ page: inout Page) {
    guard let container = page.object(container, "attempts.container") else { return }
    for (key, value) in container.members {
      switch key {
      case "containerInstanceArn": containerInstance = page.text(value, "attempts.container.containerInstanceArn")
      case "taskArn": task = page.text(value, "attempts.container.taskArn")
      case "logStreamName": logStream = page.text(value, "attempts.container.logStreamName")
      case "exitCode": exitCode = value.integer
      case "reason": containerReason = page.text(value, "attempts.container.reason")
      default: break
      }
    }
  }

  /// A task with several containers: one of them determines how it ended.
  fileprivate mutating func read(task document: JSONValue, _ path: StaticString, _ page: inout Page) {
    for (key, value) in document.members {
      switch key {
      case "containerInstanceArn": containerInstance = page.text(value, "\(path).containerInstanceArn")
      case "taskArn": task = page.text(value, "\(path).taskArn")
      case "containers": readEnd(of: value, path, &page)
      default: break
      }
    }
  }

  /// What ended the containers of a task or a pod: the one with a reason, else the first that failed by itself, else the
  /// first. ECS stops the others with 137 or 143.
  private mutating func readEnd(of containers: JSONValue, _ path: StaticString, _ page: inout Page) {
    let all = Array(page.list(containers, "\(path).containers"))
    func failed(_ container: JSONValue) -> Bool { ![nil, 0, 137, 143].contains(container["exitCode"]?.integer) }
    let decisive =
      all.first { $0["reason"]?.text.map { !$0.isEmpty } == true } ?? all.first(where: failed) ?? all.first
    logStream = page.text(all.first?["logStreamName"], "\(path).containers.logStreamName")
    guard let decisive else { return }
    for (key, value) in decisive.members {
      switch key {
      case "exitCode": exitCode = value.integer
      case "reason": containerReason = page.text(value, "\(path).containers.reason")
      default: break
      }
    }
  }
}

extension Page {
  mutating func put(_ attempt: Attempt, ordinal: Int64, _ attempts: AttemptList) {
    beginPart(.attempt)
    put(AttemptColumn.ordinal, ordinal)
    put(AttemptColumn.startedAtMs, attempt.startedAt)
    put(AttemptColumn.stoppedAtMs, attempt.stoppedAt)
    put(AttemptColumn.milliVcpus, attempts.reservation.milliVCPUs)
    put(AttemptColumn.memoryMib, attempts.reservation.memoryMiB)
    put(AttemptColumn.gpus, attempts.reservation.gpus)
    put(AttemptColumn.containerInstance, reference: attempt.containerInstance.flatMap { containerInstance($0) })
    put(AttemptColumn.exitCode, attempt.exitCode)
    put(AttemptColumn.taskId, attempt.taskID)
    put(
      AttemptColumn.instanceId,
      attempt.statusReason.flatMap(instanceNamed) ?? attempt.node.flatMap(NodeName.instance))
    put(AttemptColumn.statusReason, attempt.statusReason)
    put(AttemptColumn.containerReason, attempt.containerReason)
    put(AttemptColumn.node, attempt.node)
    put(AttemptColumn.eksCluster, attempt.cluster)
  }

  mutating func containerInstance(_ arn: JSONText) -> Int? {
    ARN(arn) == nil ? nil : reference(.containerInstance, arn)
  }
}

extension Attempt {
  /// The last part of the task's ARN, or the pod's name; else from the log stream's name, `definition/default/task id`.
  var taskID: JSONText? {
    if let task { return task.afterLastSlash }
    guard let logStream, let slash = logStream.lastIndex(of: UInt8(ascii: "/")) else { return nil }
    let last = logStream.dropFirst(slash + 1)
    return last.count == 32 || last.count == 36 ? last : nil
  }
}

/// The instance in `Host EC2 (instance i-0123…) terminated.`: Batch names it even after ECS has forgotten it.
func instanceNamed(_ statusReason: JSONText) -> JSONText? {
  guard statusReason.hasPrefix("Host EC2 (instance i-") else { return nil }
  let start = "Host EC2 (instance ".utf8.count
  guard let end = statusReason.firstIndex(of: UInt8(ascii: ")"), from: start), end - start <= 32 else { return nil }
  return statusReason.slice(start, end)
}
