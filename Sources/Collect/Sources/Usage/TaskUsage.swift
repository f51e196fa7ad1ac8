/// What tasks used, from Container Insights: the answer of a Logs Insights query, with one row per task; or the
/// performance log's own records, one per task and minute. CPU is in units, 1024 per vCPU; memory in MiB.
extension Page {
  /// Begins the rows of an answer of GetQueryResults; false, with a finding, if the query had not ended.
  mutating func beginResults(_ results: JSONValue, of answer: JSONValue) -> Bool {
    if let status = answer["status"]?.text, !(status == "Complete") {
      findings.add(.unreadable, "status", "is \(status.string.prefix(40)): only a query that is Complete has all rows")
      return false
    }
    // Independent of order, because a repeated query may answer in another one.
    resultsDigest = results.elements.reduce(0) { $0 &+ digest(ofResult: $1) }
    return true
  }

  private func digest(ofResult row: JSONValue) -> UInt64 {
    row.queryFields.reduce(0) { digest, cell in
      cell.1.text.map { $0.hash(seed: cell.0.hash(seed: digest)) } ?? digest
    }
  }

  /// One row of GetQueryResults: `[{"field": "TaskId", "value": "…"}, {"field": "max(MemoryUtilized)", …}]`, or a log
  /// event in `@message`.
  mutating func addQueryResult(_ row: JSONValue, nested: NestedDocuments) {
    if let stream = LogStreamRow(row) { return addLogStream(stream) }
    var task: JSONText?
    var usage = MeasuredUsage()
    for (name, value) in row.queryFields {
      switch UsageField(name) {
      case .message: return addNestedText(value, "@message", nested: nested)
      case .task: task = value.text?.afterLastSlash
      case .instance: usage.instance = value.text
      case .memory: usage.memory = mebibytes(value, name.string)
      case .cpuAverage: usage.cpuAverage = thousandths(value, name.string)
      case .cpuMaximum: usage.cpuMaximum = thousandths(value, name.string)
      case .samples: usage.samples = sampleCount(value, name.string)
      case nil: break
      }
    }
    guard let task, !usage.isEmpty else {
      findings.add(.missingField, "TaskId", "is missing, or there is no usage beside it: the row is left out")
      return
    }
    guard isMeasured(usage, task) else { return }
    count(.logsInsights)
    let own = digest(ofResult: row) &+ resultsDigest &* 0x9e37_79b9_7f4a_7c15
    begin(.taskUsageWindow)
    put(TaskUsageWindowColumn.taskId, task)
    put(TaskUsageWindowColumn.windowId, windowStart ?? Int64(bitPattern: own >> 1))
    put(usage, as: TaskUsageWindowColumn.self)
  }

  /// A `"Type": "Task"` record of the performance log.
  mutating func addPerformanceRecord(_ record: JSONValue) {
    guard let type = record["Type"]?.text, type == "Task" else {
      let type = record["Type"]?.text?.string.prefix(40) ?? "none"
      return leaveUnused("Container Insights records of type \(type) are not used, only those of type Task")
    }
    guard let task = record["TaskId"]?.text, let at = record["Timestamp"].flatMap({ time($0, "Timestamp") }) else {
      findings.add(.missingField, "TaskId", "is missing, or Timestamp is: the record is left out")
      return
    }
    var usage = MeasuredUsage()
    usage.memory = record["MemoryUtilized"].flatMap { mebibytes($0, "MemoryUtilized") }
    usage.cpuAverage = record["CpuUtilized"].flatMap { thousandths($0, "CpuUtilized") }
    usage.cpuMaximum = usage.cpuAverage
    usage.samples = 1
    usage.instance = record["EC2InstanceId"]?.text
    guard !usage.isEmpty else {
      return findings.add(.missingField, "MemoryUtilized", "is missing, and so is CpuUtilized: the record is left out")
    }
    guard isMeasured(usage, task) else { return }
    count(.performanceRecords)
    begin(.taskUsageSample)
    put(TaskUsageSampleColumn.taskId, task.afterLastSlash)
    put(TaskUsageSampleColumn.atMs, at)
    put(usage, as: TaskUsageSampleColumn.self)
  }

  /// Memory, rounded up.
  private mutating func mebibytes(_ value: JSONValue, _ path: String) -> Int64? {
    thousandths(value, path, in: 0...1 << 40).map { ($0 + 999) / 1000 }
  }

  /// How many samples a row stands for: one per minute and container, so a year of minutes is far beyond what is
  /// plausible.
  private mutating func sampleCount(_ value: JSONValue, _ path: String) -> Int64? {
    guard let count = quantity(value, path), count > 0 else { return nil }
    guard count <= 10_000_000 else {
      findings.add(.absurdValue, path, "\(count) is not plausible")
      return nil
    }
    return count
  }

  /// A peak of 0 is not a measurement, because a running task uses memory. Neither is more than any host has.
  private mutating func isMeasured(_ usage: MeasuredUsage, _ task: JSONText) -> Bool {
    if usage.memory == 0 {
      findings.add(
        .absurdValue, counting: "Container Insights reports 0 MiB of memory used, which is not a measurement: left out")
      lose()
      return false
    }
    let vcpus = max(usage.cpuAverage ?? 0, usage.cpuMaximum ?? 0) / 1_024_000
    if usage.memory ?? 0 > LargestHost.memoryMiB || vcpus > LargestHost.vcpus {
      findings.add(.absurdValue, "", "task \(task.string.prefix(80)) used more than any host has: left out")
      return false
    }
    return true
  }

  private mutating func put<Column: MeasuredColumns>(_ usage: MeasuredUsage, as _: Column.Type) {
    put(Column.memoryMib, usage.memory)
    put(Column.cpuAverage, usage.cpuAverage)
    put(Column.cpuMaximum, usage.cpuMaximum)
    put(Column.samples, usage.samples)
    put(Column.instanceId, usage.instance)
  }
}

/// A row's or record's data about a task.
private struct MeasuredUsage {
  /// The peak, in MiB.
  var memory: Int64?
  /// Thousandths of a CPU unit.
  var cpuAverage, cpuMaximum: Int64?
  var samples: Int64?
  var instance: JSONText?

  var isEmpty: Bool { memory == nil && cpuAverage == nil && cpuMaximum == nil }
}

/// Twice what the largest EC2 instance has (u7inh-32tb.480xlarge): use above it is not a valid measurement.
enum LargestHost {
  static let vcpus: Int64 = 2 * 1_920
  static let memoryMiB: Int64 = 2 * 32 << 20
}
