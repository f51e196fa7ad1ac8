extension Outcome {
  /// What a status reason tells of the outcome, without ids and names: words of the same outcome; empty for none.
  package static func words(ofStatus reason: String) -> String {
    // Batch's own words for a lost host; `words` are Kubernetes'.
    if reason.lowercased().hasPrefix("host ec2") { return "Host EC2" }
    return Outcome(statusReason: reason, containerReason: nil, exitCode: nil).words
  }

  /// What a container's reason tells of the outcome, without ids and names; empty for none.
  package static func words(ofContainer reason: String) -> String {
    Outcome(statusReason: nil, containerReason: reason, exitCode: nil).words
  }

  private var words: String {
    switch self {
    case .unhealthyHost: "InfrastructureHealth"
    case .hostLost: "NodeLost"
    case .interrupted: "Your Spot Task was interrupted"
    case .preempted: "Preempted"
    case .outOfMemory: "OOMKilled"
    case .evicted: "Evicted"
    case .timeout: "DeadlineExceeded"
    case .imagePull: "CannotPull"
    case .containerStart: "CannotStartContainer"
    case .noCapacity: "Unschedulable"
    case .misconfiguration: "MISCONFIGURATION:"
    case .cancelled: "Canceled"
    case .counted, .exitCode, .other, .blockEnded, .reservationReclaimed: ""
    }
  }
}
