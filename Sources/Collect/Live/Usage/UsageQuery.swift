import AWS
import Domain

/// Queries of one cluster's performance log.
struct UsageQuery {
  let group: String
  let visit: LiveVisit

  static let text = """
    filter Type = "Task" | stats max(MemoryUtilized), max(MemoryReserved), avg(CpuUtilized), max(CpuUtilized), \
    max(CpuReserved), count(*) by TaskId | limit 10000
    """
  /// The most rows that a query returns.
  static let mostRows = 10_000

  /// The log's data for a span, in order and without gaps; spans shorter than a second are skipped. The span's last
  /// second belongs to the next span.
  func answers(_ span: Range<Int64>) async throws -> [UsageAnswer] {
    let (first, last) = (span.lowerBound / 1000, span.upperBound / 1000 - 1)
    if last < first { return [] }
    let answer = try await answer(first...last)
    let rows = try LiveAnswer.read(answer.body) { $0.elements(of: "results").count { _ in true } }
    // A full answer may lack tasks: querying its halves returns all of them.
    guard rows >= Self.mostRows, span.count >= 120_000 else { return [UsageAnswer(span: span, answer: answer)] }
    let middle = span.lowerBound + Int64(span.count / 2)
    return try await answers(span.lowerBound..<middle) + answers(middle..<span.upperBound)
  }

  /// - Parameter seconds: including both ends.
  private func answer(_ seconds: ClosedRange<Int64>) async throws -> Answer {
    let started = try await visit.client.send(
      Logs.startQuery(Self.text, groups: [group], start: seconds.lowerBound, end: seconds.upperBound))
    let id = try LiveAnswer.read(started.body) { $0["queryId"]?.text?.string }
    guard let id else { throw CollectionError(path: started.operation.description, reason: "names no query") }
    var pause = 0.5
    while true {
      let answer = try await visit.client.send(Logs.getQueryResults(id))
      let (status, scanned) = try LiveAnswer.read(answer.body) {
        ($0["status"]?.text?.string ?? "", $0["statistics"]?["bytesScanned"]?.number ?? 0)
      }
      switch status {
      case "Complete":
        await visit.writer.add(LogScan(queries: 1, bytes: Int64(min(max(scanned, 0), 1e15))), at: visit.place)
        return answer
      case "Scheduled", "Running":
        try await Task.sleep(for: .seconds(pause))
        pause = min(pause * 1.5, 5)
      default:
        throw CollectionError(path: "\(answer.operation.description) of \(group)", reason: "ended as \(status)")
      }
    }
  }
}
