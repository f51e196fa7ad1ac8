extension Table.Layout {
  static let taskUsageSample = Table.Layout(
    "task_usage_sample", "task_id at_ms memory_mib cpu_average cpu_maximum samples instance_id",
    key: "task_id at_ms", .largest("memory_mib"))
}

/// What tasks used, from Container Insights: the answer of a Logs Insights query, a row a task; or the performance
/// log's own records, a record a task and minute. CPU is in units, 1024 a vCPU; memory in MiB.
extension Page {
  /// One row of GetQueryResults: `[{"field": "TaskId", "value": "…"}, {"field": "max(MemoryUtilized)", …}]`.
  mutating func addQueryResult(_ row: JSONValue) {
    var (task, instance): (JSONText?, JSONText?)
    var (memory, average, maximum, samples): (Int64?, Int64?, Int64?, Int64?)
    for cell in row.elements {
      guard let field = cell["field"]?.text?.string, let value = cell["value"] else { continue }
      let name = field.lowercased()
      func holds(_ parts: String...) -> Bool { parts.allSatisfy(name.contains) }
      if name == "taskid" {
        task = value.text
      } else if holds("ec2instanceid") {
        instance = value.text
      } else if holds("memory", "util"), !holds("avg") {
        memory = thousandths(value, field).map { ($0 + 999) / 1000 }
      } else if holds("cpu", "util", "avg") {
        average = thousandths(value, field)
      } else if holds("cpu", "util") {
        maximum = thousandths(value, field)
      } else if holds("count") {
        samples = quantity(value, field)
      }
    }
    guard let task, memory != nil || average != nil || maximum != nil else {
      findings.add(.missingField, "TaskId", "is missing, or no usage beside it: the row is left out")
      return
    }
    count(.logsInsights)
    addSample(task, at: 0, memory: memory, average: average, maximum: maximum, samples: samples, instance)
  }

  /// A `"Type": "Task"` record of the performance log.
  mutating func addPerformanceRecord(_ record: JSONValue) {
    guard let type = record["Type"]?.text, type == "Task" else { return count(.performanceRecords) }
    guard let task = record["TaskId"]?.text, let at = record["Timestamp"].flatMap({ time($0, "Timestamp") }) else {
      findings.add(.missingField, "TaskId", "is missing, or Timestamp: the record is left out")
      return
    }
    count(.performanceRecords)
    let memory = record["MemoryUtilized"].flatMap { thousandths($0, "MemoryUtilized") }.map { ($0 + 999) / 1000 }
    let cpu = record["CpuUtilized"].flatMap { thousandths($0, "CpuUtilized") }
    addSample(
      task.afterLastSlash, at: at, memory: memory, average: cpu, maximum: cpu, samples: 1,
      record["EC2InstanceId"]?.text)
  }

  private mutating func addSample(
    _ task: JSONText, at: Int64, memory: Int64?, average: Int64?, maximum: Int64?, samples: Int64?,
    _ instance: JSONText?
  ) {
    begin(.taskUsageSample)
    put(task)
    put(at)
    put(memory)
    put(average)
    put(maximum)
    put(samples)
    put(instance)
  }
}
