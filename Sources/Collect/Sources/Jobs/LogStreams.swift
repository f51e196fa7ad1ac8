import Domain
import Store

/// The columns of `log_stream_day`.
enum LogStreamDayColumn: Int32, TableColumns {
  case taskId, logGroup, day, characters

  static let table = "log_stream_day"
}

extension Table.Layout {
  static let logStreamDay = Table.Layout(
    LogStreamDayColumn.self, key: [.taskId, .logGroup, .day], .largest(LogStreamDayColumn.characters.name))
}

/// A row of Logs Insights that tells the size of a log stream: an answer to
/// `stats sum(strlen(@message)) by @log, @logStream, bin(1d)`.
struct LogStreamRow {
  /// `definition/default/task id`
  var stream: JSONText
  /// `111122223333:/aws/batch/job`
  var log: JSONText?
  /// `2026-10-26 00:00:00.000`
  var bin: JSONText?
  var characters: JSONValue?

  /// Nil for rows about something else: those with the messages themselves too.
  init?(_ row: JSONValue) {
    var stream: JSONText?
    for (field, value) in row.queryFields {
      if field == "@logStream" {
        stream = value.text
      } else if field == "@log" {
        log = value.text
      } else if field.hasPrefix("bin(") || field == "day" {
        bin = value.text
      } else if field.hasPrefix("sum(") || field == "characters" {
        characters = value
      } else if field == "@message" {
        return nil
      }
    }
    guard let stream else { return nil }
    self.stream = stream
  }
}

extension Page {
  mutating func addLogStream(_ row: LogStreamRow) {
    guard let log = row.log, let colon = log.firstIndex(of: UInt8(ascii: ":")) else { return refuseLogStream("@log") }
    guard let characters = row.characters.flatMap({ quantity($0, "sum(strlen(@message))", in: 0...1 << 50) }) else {
      return refuseLogStream("sum(strlen(@message))")
    }
    guard let bin = row.bin?.string, bin.utf8.count >= 19, bin.dropFirst(11).hasPrefix("00:00:00"),
      let day = Instant("\(bin.prefix(10))T00:00:00Z")?.day
    else { return refuseLogStream("bin(1d)") }
    // Streams of Batch's jobs end with their task's id.
    let task = row.stream.afterLastSlash
    guard task.count == 32 || task.count == 36 else {
      return leaveUnused(unlessOthersAreKept: "log streams that are named after no task are not used")
    }
    count(.logsInsights)
    begin(.logStreamDay)
    put(LogStreamDayColumn.taskId, task)
    put(LogStreamDayColumn.logGroup, log.dropFirst(colon + 1))
    put(LogStreamDayColumn.day, Int64(day.number))
    put(LogStreamDayColumn.characters, characters)
  }

  private mutating func refuseLogStream(_ field: String) {
    findings.add(
      .missingField, field,
      "is missing: ask for stats sum(strlen(@message)) by @log, @logStream, bin(1d)")
    lose()
  }
}
