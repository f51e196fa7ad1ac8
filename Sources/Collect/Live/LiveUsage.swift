import AWS
import Domain

/// Measured CPU and memory of tasks, from Container Insights where it is switched on: one query of its logs for each
/// cluster and each six hours not yet covered.
struct LiveUsage: LiveSource {
  let name = "usage"
  let operations = [Logs.startQueryOperation, Logs.getQueryResultsOperation]
  let absence = "use of CPU and memory is unknown: no advice on sizes, and shares are by reservation alone"

  /// What a rehearsal answers: a query that found nothing.
  static let emptyAnswers = [
    Logs.startQueryOperation: #"{"queryId":"none"}"#, Logs.getQueryResultsOperation: #"{"status":"Complete"}"#,
  ]

  static let window: Int64 = 6 * 3_600_000
  static let query = """
    filter Type = "Task" | stats max(MemoryUtilized), max(MemoryReserved), avg(CpuUtilized), max(CpuUtilized), \
    max(CpuReserved), count(*) by TaskId | limit 10000
    """
  /// The most that a query answers.
  static let mostRows = 10_000

  func grants(_ events: [EventPlace]) -> [LiveGrant] {
    [
      LiveGrant([Logs.startQueryOperation], on: ["arn:*:logs:*:*:log-group:/aws/ecs/containerinsights/*"]),
      LiveGrant([Logs.getQueryResultsOperation], on: ["*"]),
    ]
  }

  func collect(_ visit: LiveVisit) async throws {
    guard let first = try await visit.firstActivity() else { return }
    let source = operations[0].description
    for cluster in try await visit.clusters() {
      let group = "/aws/ecs/containerinsights/\(cluster)/performance"
      let scope = "\(visit.place.text) \(cluster)"
      var covered = LiveCoverage(try await visit.checkpoint(source, scope), from: first)
      while let part = covered.next(from: first, to: visit.asOf.milliseconds, most: Self.window) {
        do {
          try await ask(group, part.lowerBound, part.upperBound, visit)
        } catch let error as AWSError where error.kind == .service(code: "ResourceNotFoundException") {
          // Container Insights is off here: reports say what to switch on.
          break
        }
        covered.add(part)
        try await visit.writer.write(covered.checkpoint(source, scope))
      }
    }
  }

  /// Asks for a window, which ends before `end`: its last second counts for the next one.
  private func ask(_ group: String, _ start: Int64, _ end: Int64, _ visit: LiveVisit) async throws {
    let (first, last) = (start / 1000, end / 1000 - 1)
    if last < first { return }
    let started = try await visit.client.send(
      Logs.startQuery(Self.query, groups: [group], start: first, end: last))
    let id = try LiveAnswer.read(started.body) { $0["queryId"]?.text?.string }
    guard let id else { throw CollectionError(path: started.operation.description, reason: "names no query") }
    while true {
      let answer = try await visit.client.send(Logs.getQueryResults(id))
      switch try LiveAnswer.read(answer.body, { $0["status"]?.text?.string ?? "" }) {
      case "Complete":
        let rows = try LiveAnswer.read(answer.body) { $0.elements(of: "results").count { _ in true } }
        // A full answer may lack tasks: its halves say the same of fewer.
        if rows >= Self.mostRows, end - start >= 120_000 {
          let middle = start + (end - start) / 2
          try await ask(group, start, middle, visit)
          return try await ask(group, middle, end, visit)
        }
        return try await visit.writer.ingest(
          answer, visit.place, at: visit.asOf, windowStart: Instant(milliseconds: first * 1000))
      case "Scheduled", "Running": try await Task.sleep(for: .milliseconds(500))
      case let status:
        throw CollectionError(path: "\(answer.operation.description) of \(group)", reason: "ended as \(status)")
      }
    }
  }
}
