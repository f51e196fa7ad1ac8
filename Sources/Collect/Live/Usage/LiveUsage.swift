import AWS
import Domain

/// Measured CPU and memory of tasks, from Container Insights if it is on: one query of its logs for each cluster and
/// each six hours not yet covered, many at a time.
struct LiveUsage: LiveSource {
  let name = "usage"
  let operations = [Logs.startQueryOperation, Logs.getQueryResultsOperation]
  let absence = "use of CPU and memory is unknown: no advice on sizes, and shares are by reservation alone"

  /// The answer in a rehearsal: a query without results.
  static let emptyAnswers = [
    Logs.startQueryOperation: #"{"queryId":"none"}"#, Logs.getQueryResultsOperation: #"{"status":"Complete"}"#,
  ]

  static let window: Int64 = 6 * 3_600_000
  /// Concurrent queries. CloudWatch Logs runs 30 per account and region (StartQuery's page; 100 according to its quotas
  /// page), including those of dashboards.
  static let atOnce = 20

  /// The answer for one window of one log. With a tuple instead, and logs changed inside their array, optimized
  /// programs of Swift 6.3.1 trapped; debug builds did not.
  private struct Turn: Sendable {
    let window: Int
    /// Its index among the logs.
    let log: Int
    let answers: Result<[UsageAnswer], any Error>
  }

  func grants(_ events: [EventPlace]) -> [LiveGrant] {
    [
      LiveGrant([Logs.startQueryOperation], on: ["arn:*:logs:*:*:log-group:/aws/ecs/containerinsights/*"]),
      LiveGrant([Logs.getQueryResultsOperation], on: ["*"]),
    ]
  }

  func collect(_ visit: LiveVisit) async throws {
    guard let first = try await visit.firstActivity() else { return }
    var logs: [UsageLog] = []
    for cluster in try await visit.clusters() { logs.append(try await UsageLog(cluster, from: first, visit)) }
    // The first window of every cluster comes first: a cluster without a log is found before its other windows are
    // queried.
    let windows = logs.indices.flatMap { log in logs[log].windows.indices.map { (window: $0, log: log) } }
      .sorted { ($0.window, $0.log) < ($1.window, $1.log) }
    var waiting = windows[...]
    var failure: (any Error)?
    await withTaskGroup(of: Turn.self) { group in
      var underWay = 0
      while true {
        while failure == nil, underWay < Self.atOnce, let next = waiting.popFirst() {
          let log = logs[next.log]
          guard log.isThere else { continue }
          let (name, span) = (log.group, log.windows[next.window])
          group.addTask {
            do {
              let answers = try await UsageQuery(group: name, visit: visit).answers(span)
              return Turn(window: next.window, log: next.log, answers: .success(answers))
            } catch { return Turn(window: next.window, log: next.log, answers: .failure(error)) }
          }
          underWay += 1
        }
        // After a failure, queries under way are awaited: their scans are paid for.
        guard let turn = await group.next() else { break }
        underWay -= 1
        let log = logs[turn.log]
        do { try await log.take(turn.answers.get(), of: turn.window, visit) } catch let error as AWSError
          where error.kind == .service(code: "ResourceNotFoundException")
        {
          // Container Insights is off here: reports say what to turn on.
          log.isThere = false
        } catch { failure = failure ?? error }
      }
    }
    if let failure { throw failure }
  }
}
