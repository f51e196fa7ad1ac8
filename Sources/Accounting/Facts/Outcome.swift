import Domain

/// What became of an attempt: whether it counted, and if not, why. Raw values are those of the table `outcome`.
package enum Outcome: UInt8, CaseIterable, Sendable {
  case counted = 0
  /// EC2 or Fargate proved to have taken the capacity back.
  case interrupted
  /// The host went away; nobody said why.
  case hostLost
  case outOfMemory
  case timeout
  case imagePull
  case cancelled
  case exitCode
  case other
  /// The container could not be created or started.
  case containerStart
  /// Nothing could be launched for the job, in the time that its queue gave it.
  case noCapacity
  /// No environment of the queue can ever run it.
  case misconfiguration
  /// SageMaker stopped it for another job of the queue, which has a higher priority or lent it the capacity.
  case preempted
  /// ECS found the host unhealthy.
  case unhealthyHost
  /// The Capacity Block in which the host was launched ended.
  case blockEnded
  /// The owner of a lent capacity reservation took it back.
  case reservationReclaimed

  /// Lost with its host, whoever took it.
  package var isLostHost: Bool {
    switch self {
    case .interrupted, .hostLost, .unhealthyHost, .blockEnded, .reservationReclaimed: true
    default: false
    }
  }

  /// The cause that the attempt's host tells.
  ///
  /// - Parameter lifecycle: of the instance, nil where unknown; `interrupted` with proof.
  package func told(by lifecycle: Lifecycle?, interrupted: Bool) -> Outcome {
    guard self == .hostLost else { return self }
    switch lifecycle {
    case .capacityBlock: return .blockEnded
    case .interruptibleReservation: return .reservationReclaimed
    default: return interrupted ? .interrupted : self
    }
  }

  /// ECS's errors of tasks that it could not start (ECS guide, "Stopped task error codes"; DockerTimeoutError is the agent's
  /// older name), and what Batch says where ECS gives none.
  private static let startErrors: [StaticString] = [
    "cannotstartcontainer", "cannotcreatecontainer", "cannotcreatevolume", "cannotinspectcontainer",
    "containerruntime", "dockertimeout", "dockerstate", "resourceinitialization", "task failed to start",
    // Kubernetes' reasons, of pods on EKS.
    "createcontainererror", "createcontainerconfigerror", "runcontainererror", "containercannotrun", "starterror",
    "createpodsandboxerror",
  ]

  /// Kubernetes' reasons of pods whose image it could not get. Batch on EKS passes them on as a container's `reason`, or
  /// names them in the status reason.
  private static let podImageErrors: [StaticString] = [
    "imagepullbackoff", "errimagepull", "errimageneverpull", "invalidimagename", "imageinspecterror",
    "registryunavailable",
  ]

  /// The cause that an attempt's own words give.
  package init(statusReason: String?, containerReason: String?, exitCode: Int64?) {
    let status = Words(statusReason)
    let container = Words(containerReason)
    if status.contains("infrastructurehealth") || status.contains("infrastructure health") {
      self = .unhealthyHost
    } else if status.hasPrefix("host ec2") {
      self = .hostLost
    } else if status.hasPrefix("your spot task was interrupted") {
      self = .interrupted
    } else if status.contains("preempt") {
      self = .preempted
    } else if container.hasPrefix("outofmemory") || container.hasPrefix("oomkilled") {
      self = .outOfMemory
    } else if status.contains("exceeded timeout") || container.hasPrefix("deadlineexceeded") {
      self = .timeout
    } else if container.hasPrefix("cannotpull") || status.contains("cannotpull")
      || Self.podImageErrors.contains(where: { container.hasPrefix($0) || status.contains($0) })
    {
      self = .imagePull
    } else if Self.startErrors.contains(where: { container.hasPrefix($0) || status.contains($0) }) {
      self = .containerStart
    } else if status.contains("capacity:") {
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

/// The words of a reason, in which capitals do not count. Tens of thousands of them are asked several times.
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
