import Domain

/// How an attempt ended: whether it counted, and if not, why. Raw values are those of the table `outcome`.
package enum Outcome: UInt8, CaseIterable, Sendable {
  /// The attempt did what its job is for: it succeeded, or has not ended.
  case counted = 0
  /// EC2 or Fargate took the capacity back, with proof.
  case interrupted
  /// The host went away without a known cause.
  case hostLost
  /// The container was killed for its memory.
  case outOfMemory
  /// Batch stopped it at the job's timeout.
  case timeout
  /// The image could not be pulled.
  case imagePull
  /// Somebody ended the job.
  case cancelled
  /// The container's own exit code, other than 0.
  case exitCode
  /// It failed, and nothing says why.
  case other
  /// The container could not be created or started.
  case containerStart
  /// Nothing could be launched for the job within the time set by its queue.
  case noCapacity
  /// No environment of the queue can ever run it.
  case misconfiguration
  /// SageMaker stopped it for another job of the queue with a higher priority, or for the owner of borrowed capacity.
  case preempted
  /// ECS found the host unhealthy.
  case unhealthyHost
  /// The Capacity Block that the host was launched in ended.
  case blockEnded
  /// The owner of a lent capacity reservation took it back.
  case reservationReclaimed
  /// Kubernetes took the pod off its node: it ran short of memory or disk, or somebody asked for that.
  case evicted

  /// Lost with its host, whatever the reason.
  package var isLostHost: Bool {
    switch self {
    case .interrupted, .hostLost, .unhealthyHost, .blockEnded, .reservationReclaimed: true
    default: false
    }
  }

  /// The cause known from the attempt's host.
  ///
  /// - Parameter lifecycle: the instance's, nil if unknown; `interrupted` is with proof.
  package func told(by lifecycle: Lifecycle?, interrupted: Bool) -> Outcome {
    guard self == .hostLost else { return self }
    switch lifecycle {
    case .capacityBlock: return .blockEnded
    case .interruptibleReservation: return .reservationReclaimed
    default: return interrupted ? .interrupted : self
    }
  }

  /// ECS's errors for tasks that it could not start (ECS guide, "Stopped task error codes"; DockerTimeoutError is the
  /// agent's older name), and Batch's message if ECS gives none.
  private static let startErrors: [StaticString] = [
    "cannotstartcontainer", "cannotcreatecontainer", "cannotcreatevolume", "cannotinspectcontainer",
    "containerruntime", "dockertimeout", "dockerstate", "resourceinitialization", "task failed to start",
    // Kubernetes' reasons, for pods on EKS.
    "createcontainererror", "createcontainerconfigerror", "runcontainererror", "containercannotrun", "starterror",
    "createpodsandboxerror", "unexpectedadmissionerror",
  ]

  /// What a container's reason begins with where it was killed for its memory, in small letters: ECS's `OutOfMemoryError`,
  /// Kubernetes' `OOMKilled`. A build writes them into the table `memory_reason`, for queries.
  package static let memoryReasons: [StaticString] = ["outofmemory", "oomkilled"]

  /// Kubernetes' words where a pod's node went away (status reasons of pods; conditions `DisruptionTarget`: Kubernetes,
  /// "Disruptions" and "Node shutdowns").
  private static let lostNodes: [StaticString] = [
    "nodelost", "node lost", "nodeshutdown", "node shutdown", "deletionbypodgc", "deletionbytaintmanager",
  ]

  /// Kubernetes' words where no node had room for a pod: its scheduler's, and a node's own.
  private static let lacksOfRoom: [StaticString] = [
    "unschedulable", "failedscheduling", "nodes are available", "outofcpu", "outofpods", "outofephemeral-storage",
  ]

  /// Kubernetes' reasons for pods whose image could not be pulled. Batch on EKS passes them on as a container's
  /// `reason`, or names them in the status reason.
  private static let podImageErrors: [StaticString] = [
    "imagepullbackoff", "errimagepull", "errimageneverpull", "invalidimagename", "imageinspecterror",
    "registryunavailable",
  ]

  /// The cause given by the attempt's own reasons.
  package init(statusReason: String?, containerReason: String?, exitCode: Int64?) {
    let status = Words(statusReason)
    let container = Words(containerReason)
    func tell(_ words: [StaticString]) -> Bool {
      words.contains { container.hasPrefix($0) || status.contains($0) }
    }
    if status.contains("infrastructurehealth") || status.contains("infrastructure health") {
      self = .unhealthyHost
    } else if status.hasPrefix("host ec2") || tell(Self.lostNodes) {
      self = .hostLost
    } else if status.hasPrefix("your spot task was interrupted") {
      self = .interrupted
    } else if tell(["preempt"]) {
      self = .preempted
    } else if Self.memoryReasons.contains(where: container.hasPrefix) || status.contains("oomkilled") {
      self = .outOfMemory
    } else if tell(["evicted", "evictionby", "the node was low on resource"]) {
      self = .evicted
    } else if status.contains("exceeded timeout") || tell(["deadlineexceeded"]) {
      self = .timeout
    } else if tell(["cannotpull"]) || tell(Self.podImageErrors) {
      self = .imagePull
    } else if tell(Self.startErrors) {
      self = .containerStart
    } else if status.contains("capacity:") || tell(Self.lacksOfRoom) {
      self = .noCapacity
    } else if status.contains("misconfiguration:") {
      self = .misconfiguration
    } else if status.hasPrefix("terminated by user") || status.hasPrefix("canceled") || status.hasPrefix("cancelled") {
      self = .cancelled
    } else if let exitCode, exitCode != 0 {
      self = .exitCode
    } else {
      self = .other
    }
  }
}

/// The text of a reason, compared without case. Tens of thousands of them are each searched several times.
private struct Words {
  private let bytes: [UInt8]

  init(_ text: String?) {
    bytes = text.map { $0.utf8.map { (65...90).contains($0) ? $0 + 32 : $0 } } ?? []
  }

  func hasPrefix(_ words: StaticString) -> Bool { begins(with: words, at: 0) }

  func contains(_ words: StaticString) -> Bool { bytes.indices.contains { begins(with: words, at: $0) } }

  private func begins(with words: StaticString, at start: Int) -> Bool {
    words.withUTF8Buffer { words in
      bytes.count - start >= words.count && words.indices.allSatisfy { bytes[start + $0] == words[$0] }
    }
  }
}
