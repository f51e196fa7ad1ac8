import Testing

@testable import Collect

/// Sizes of log streams, from Logs Insights.
@Suite struct LogStreamTests {
  private static let task = "0123456789abcdef0123456789abcdef"

  private static func answer(_ rows: [(String, String)]...) -> String {
    let cells = rows.map { row in
      "[" + row.map { #"{"field":"\#($0.0)","value":"\#($0.1)"}"# }.joined(separator: ",") + "]"
    }
    return #"{"results":[\#(cells.joined(separator: ","))],"status":"Complete","statistics":{"bytesScanned":1}}"#
  }

  private static func row(
    stream: String = "d/default/\(task)", characters: String = "1500", day: String = "2026-10-05 00:00:00.000",
    log: String = "111122223333:/aws/batch/job"
  ) -> [(String, String)] {
    [("@log", log), ("@logStream", stream), ("bin(1d)", day), ("sum(strlen(@message))", characters)]
  }

  private func lines(_ documents: String...) throws -> [String] {
    let database = try collected()
    try ingest(documents, into: database)
    return try database.lines(
      "SELECT task_id, log_group, date(day * 86400, 'unixepoch'), characters FROM log_stream_day ORDER BY 3")
  }

  @Test("By task, log group and day; of two answers the larger counts")
  func kept() throws {
    let told = ["\(Self.task)|/aws/batch/job|2026-10-05|1500", "\(Self.task)|/aws/batch/job|2026-10-06|2"]
    let answer = Self.answer(Self.row(), Self.row(characters: "2.0", day: "2026-10-06 00:00:00.000"))
    #expect(try lines(answer) == told)
    #expect(try lines(answer, Self.answer(Self.row(characters: "700"))) == told)
    #expect(try lines(Self.answer(Self.row(characters: "700")), answer) == told)
  }

  @Test("With names that the query gave its columns")
  func named() throws {
    let row = [
      ("@log", "111122223333:/my/jobs"), ("@logStream", Self.task), ("day", "2026-10-05 00:00:00.000"),
      ("characters", "9"),
    ]
    #expect(try lines(Self.answer(row)) == ["\(Self.task)|/my/jobs|2026-10-05|9"])
  }

  @Test("A row without log group, day or size is a finding")
  func lacking() throws {
    let database = try collected(
      Self.answer(
        Array(Self.row().dropFirst()), Array(Self.row().dropLast()),
        Self.row(day: "2026-10-05 09:00:00.000")))
    let advice = "is missing: ask for stats sum(strlen(@message)) by @log, @logStream, bin(1d)"
    #expect(
      try database.findings == [
        "missing-field|results[0].@log|\(advice)", "missing-field|results[1].sum(strlen(@message))|\(advice)",
        "missing-field|results[2].bin(1d)|\(advice)",
      ])
    #expect(try database.lines("SELECT * FROM log_stream_day") == [])
  }

  @Test("Streams of other services are skipped")
  func others() throws {
    #expect(try lines(Self.answer(Self.row(stream: "web/nginx"), Self.row())).count == 1)
  }
}
