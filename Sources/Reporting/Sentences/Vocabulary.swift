/// The database's codes as words in sentences.
enum Vocabulary {
  static let options = [
    "on-demand": "On-Demand", "spot": "Spot", "fargate": "Fargate", "fargate-spot": "Fargate Spot",
    "savings-plan": "savings plan", "reserved": "reserved", "sagemaker": "SageMaker",
    "sagemaker-spot": "SageMaker Managed Spot", "capacity-block": "Capacity Block",
    "interruptible-reservation": "interruptible", "unknown": "",
  ]

  /// Why an attempt was retried or failed.
  static let causes = [
    "interrupted": "Spot interruptions", "host lost": "lost hosts", "exit code": "exit codes", "timeout": "timeouts",
    "image pull": "image pulls", "cancelled": "cancellation", "out of memory": "lack of memory",
    "other": "other causes", "preempted": "preemptions", "unhealthy host": "unhealthy hosts",
    "block ended": "ends of Capacity Blocks", "reservation reclaimed": "reclaimed reservations",
    "evicted": "evictions",
    "container start": "containers that did not start",
    "no capacity": "lack of capacity", "misconfiguration": "misconfiguration",
  ]
}

extension FactRow {
  func option(_ column: String) throws -> String {
    let code = try cell(column).plain
    return Vocabulary.options[code] ?? code
  }

  func cause(_ column: String) throws -> String {
    let code = try cell(column).plain
    return Vocabulary.causes[code] ?? code
  }
}
