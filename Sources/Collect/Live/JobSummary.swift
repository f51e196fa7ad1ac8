import Domain

/// A job in an answer of ListJobs.
struct JobSummary: Equatable, Sendable {
  enum Kind: Equatable, Sendable {
    case single, array, multiNode
  }

  let id: String
  let status: String
  let kind: Kind
  /// For array and multi-node jobs.
  let children: Int
  let createdAt: Int64
  let stoppedAt: Int64?

  var isFinal: Bool { status == "SUCCEEDED" || status == "FAILED" }

  /// Children have predictable ids: `parent:index`, `parent#node`.
  func child(_ index: Int) -> String { "\(id)\(kind == .multiNode ? "#" : ":")\(index)" }

  /// Whether the job still existed after that moment.
  func matters(since: Instant?) -> Bool {
    guard let since, isFinal else { return true }
    return max(createdAt, stoppedAt ?? createdAt) >= since.milliseconds
  }

  /// Reads `jobSummaryList`.
  /// - Throws: `CollectionError` if the answer is not JSON.
  static func list(_ body: [UInt8]) throws(CollectionError) -> [JobSummary] {
    try LiveAnswer.read(body) { document in document.elements(of: "jobSummaryList").compactMap(JobSummary.init) }
  }

  private init?(_ value: JSONValue) {
    guard let id = value["jobId"]?.text?.string, let status = value["status"]?.text?.string else { return nil }
    self.id = id
    self.status = status
    createdAt = value["createdAt"]?.integer ?? 0
    stoppedAt = value["stoppedAt"]?.integer
    if let size = value["arrayProperties"]?["size"]?.integer {
      (kind, children) = (.array, Int(clamping: min(max(size, 0), 10_000)))
    } else if let nodes = value["nodeProperties"]?["numNodes"]?.integer {
      (kind, children) = (.multiNode, Int(clamping: min(max(nodes, 0), 1_000)))
    } else {
      (kind, children) = (.single, 0)
    }
  }
}
