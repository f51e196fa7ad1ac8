extension Service {
  package static let logs = Service(
    id: "CloudWatch Logs", hostPrefix: "logs", signingName: "logs",
    wire: .json(version: "1.1", target: "Logs_20140328"), requestsPerSecond: 5,
    hasQuotaPerOperation: true)
}

/// CloudWatch Logs Insights: start a query, then ask for its results until its `status` is `Complete`.
package enum Logs {
  package static let startQueryOperation = Operation(.logs, "StartQuery")
  package static let getQueryResultsOperation = Operation(
    .logs, "GetQueryResults", paging: .init(input: "nextToken", output: "nextToken"))

  /// Returns `queryId`. Times are seconds since 1970; at most 50 groups.
  package static func startQuery(
    _ query: String, groups: [String], start: Int64, end: Int64, limit: Int = 10_000
  ) -> Call {
    Call(
      startQueryOperation,
      .json(
        .members(
          ("logGroupNames", .strings(groups)), ("startTime", .integer(start)), ("endTime", .integer(end)),
          ("queryString", .string(query)), ("limit", .integer(Int64(limit))))))
  }

  /// Returns `status` (Scheduled, Running, Complete, Failed, Cancelled, Timeout) and `results`.
  package static func getQueryResults(_ queryID: String) -> Call {
    Call(getQueryResultsOperation, .json(.members(("queryId", .string(queryID)))))
  }
}
