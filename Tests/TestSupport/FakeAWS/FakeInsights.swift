import Foundation
import Synchronization

/// CloudWatch Logs Insights behind `FakeAWS`: queries run concurrently, each for a given time, at most `most` at once.
package final class FakeInsights: FakeHandler {
  /// The answer to a query about a log group and a span of seconds, both ends included.
  package struct Answer: Sendable {
    package var status = "Complete"
    /// Rows as JSON, in the form of GetQueryResults.
    package var results = "[]"
    package var bytesScanned: Double = 0

    package init(status: String = "Complete", results: String = "[]", bytesScanned: Double = 0) {
      (self.status, self.results, self.bytesScanned) = (status, results, bytesScanned)
    }
  }

  private struct Query {
    let group: String
    let span: ClosedRange<Int64>
    let began: ContinuousClock.Instant
    var answered: ContinuousClock.Instant?
  }

  private let seconds: Double
  private let most: Int
  private let endsAfterRefusal: Bool
  private let body: @Sendable (_ group: String, _ span: ClosedRange<Int64>) -> Answer?
  private let state = Mutex<(queries: [Query], mostAtOnce: Int, turnedAway: Int)>(([], 0, 0))

  /// - Parameters:
  ///   - seconds: how long each query runs.
  ///   - endsAfterRefusal: no query ends before another has been refused, however slow the machine is.
  ///   - body: nil if there is no such group.
  package init(
    seconds: Double, most: Int = 30, endsAfterRefusal: Bool = false,
    _ body: @escaping @Sendable (_ group: String, _ span: ClosedRange<Int64>) -> Answer?
  ) {
    (self.seconds, self.most, self.endsAfterRefusal, self.body) = (seconds, most, endsAfterRefusal, body)
  }

  /// The most queries that ran at once.
  package var mostAtOnce: Int { state.withLock { $0.mostAtOnce } }
  /// How concurrent the waits were: each query's time from start to answer, added up, ÷ the time from the first start
  /// to the last answer.
  package var overlap: Double {
    state.withLock { state in
      let spans = state.queries.compactMap { query in query.answered.map { (query.began, $0) } }
      guard let first = spans.map(\.0).min(), let last = spans.map(\.1).max() else { return 0 }
      return spans.reduce(0) { $0 + ($1.1 - $1.0) / .seconds(1) } / ((last - first) / .seconds(1))
    }
  }
  /// Queries refused because too many were running.
  package var turnedAway: Int { state.withLock { $0.turnedAway } }
  /// The spans asked for and answered, in seconds, both ends included.
  package var asked: [(group: String, span: ClosedRange<Int64>)] {
    state.withLock { $0.queries.filter { $0.answered != nil }.map { ($0.group, $0.span) } }
  }

  package func answer(_ request: FakeRequest) async -> FakeAnswer? {
    guard request.service == "logs" else { return nil }
    let body = (try? JSONSerialization.jsonObject(with: Data(request.body))) as? [String: Any] ?? [:]
    switch request.operation {
    case "StartQuery": return start(body, request)
    case "GetQueryResults": return results(body, request)
    default: return nil
    }
  }

  private func start(_ document: [String: Any], _ request: FakeRequest) -> FakeAnswer {
    let times = ["startTime", "endTime"].map { (document[$0] as? NSNumber)?.int64Value ?? 0 }
    guard let group = (document["logGroupNames"] as? [String])?.first, times[0] <= times[1] else {
      return .error("InvalidParameterException", "no group, or no time", status: 400, for: request)
    }
    if body(group, times[0]...times[1]) == nil {
      return .error("ResourceNotFoundException", "Log group '\(group)' does not exist", status: 400, for: request)
    }
    let now = ContinuousClock.now
    let id: Int? = state.withLock { state in
      let running = state.queries.count { !isDone($0, now, turnedAway: state.turnedAway) }
      if running >= most {
        state.turnedAway += 1
        return nil
      }
      state.mostAtOnce = max(state.mostAtOnce, running + 1)
      state.queries.append(Query(group: group, span: times[0]...times[1], began: now))
      return state.queries.count - 1
    }
    guard let id else {
      return .error("LimitExceededException", "Account maximum query concurrency limit", status: 400, for: request)
    }
    return .json("{\"queryId\":\"\(id)\"}")
  }

  private func results(_ document: [String: Any], _ request: FakeRequest) -> FakeAnswer {
    let now = ContinuousClock.now
    let query: Query? = state.withLock { state in
      guard let id = (document["queryId"] as? String).flatMap(Int.init), state.queries.indices.contains(id) else {
        return nil
      }
      if state.queries[id].answered == nil, isDone(state.queries[id], now, turnedAway: state.turnedAway) {
        state.queries[id].answered = now
      }
      return state.queries[id]
    }
    guard let query, let answer = body(query.group, query.span) else {
      return .error("ResourceNotFoundException", "no such query", status: 400, for: request)
    }
    if query.answered == nil { return .json("{\"status\":\"Running\",\"results\":[]}") }
    return .json(
      """
      {"status":"\(answer.status)","results":\(answer.results),
      "statistics":{"recordsMatched":1.0,"recordsScanned":1.0,"bytesScanned":\(answer.bytesScanned)}}
      """)
  }

  private func isDone(_ query: Query, _ now: ContinuousClock.Instant, turnedAway: Int) -> Bool {
    now - query.began >= .seconds(seconds) && (!endsAfterRefusal || turnedAway > 0)
  }
}
