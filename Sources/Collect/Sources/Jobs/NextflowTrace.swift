import Domain
import Store

/// The columns of `job_usage` that are collected.
enum JobUsageColumn: Int32, TableColumns {
  case jobId, source, milliVcpusAverage, memoryMaximumMib

  static let table = "job_usage"
}

extension Table.Layout {
  static let jobUsage = Table.Layout(
    JobUsageColumn.self, key: [.jobId, .source], .largest(JobUsageColumn.memoryMaximumMib.name))
}

/// What the tasks of a workflow used, by the id of their Batch job: Nextflow's `trace.txt` (with the field
/// `native_id`), or a table of tasks from nf-aggregate, which also has the jobs themselves.
///
/// It never replaces a job that Batch described.
enum NextflowTrace {
  /// Adds the file's tasks; false if it is something else.
  static func add(_ bytes: UnsafeRawBufferPointer, to page: inout Page) -> Bool {
    if var trace = Delimited(bytes, having: ["native_id", "hash"]) {
      page.addRows { page in
        guard let cells = trace.next() else { return false }
        page.addTraced(TraceRow(cells, trace.columns))
        return true
      }
      return true
    }
    if var tasks = Delimited(bytes, having: ["batch_job_id", "vcpus_used", "peak_memory_mib", "status"]) {
      page.addRows { page in
        guard let cells = tasks.next() else { return false }
        page.addTask(TraceRow(cells, tasks.columns))
        return true
      }
      return true
    }
    guard Delimited(bytes, having: ["hash", "status", "exit"]) != nil else { return false }
    page.findings.add(
      .missingField, "native_id", "is missing: it identifies a trace's tasks; add it to Nextflow's trace.fields")
    page.lose()
    return true
  }

  /// Bytes, from `2931`, `163.6 MB`, `1 GB`. Nextflow counts in 1,024.
  static func bytes(_ text: String) -> Int64? {
    let parts = text.split(separator: " ")
    guard let number = parts.first, let thousandths = parseDecimal(number, places: 3) else { return nil }
    let powers = ["B": 0, "KB": 1, "MB": 2, "GB": 3, "TB": 4]
    guard let power = parts.count > 1 ? powers[String(parts[1])] : 0 else { return nil }
    let (product, overflow) = thousandths.multipliedReportingOverflow(by: 1 << (10 * Int64(power)))
    return overflow ? nil : product / 1000
  }

  /// Bytes, from thousandths of a mebibyte.
  static func bytes(ofThousandths mebibytes: Int64) -> Int64? {
    let (product, overflow) = mebibytes.multipliedReportingOverflow(by: 1 << 20)
    return overflow ? nil : product / 1000
  }
}

/// One line of a trace, by column name.
struct TraceRow {
  private let cells: [String]
  private let columns: [String: Int]

  init(_ cells: [String], _ columns: [String: Int]) {
    self.cells = cells
    self.columns = columns
  }

  /// Nil if the column is missing or empty.
  subscript(name: String) -> String? {
    guard let index = columns[name], cells.indices.contains(index), !cells[index].isEmpty, cells[index] != "-" else {
      return nil
    }
    return cells[index]
  }

  /// An empty line.
  var isEmpty: Bool { cells.allSatisfy(\.isEmpty) }

  func decimal(_ name: String, places: Int) -> Int64? { self[name].flatMap { parseDecimal($0, places: places) } }

  var isJobID: Bool {
    guard let id = self["batch_job_id"] ?? self["native_id"] else { return false }
    return id.utf8.count >= 36 && id.utf8.filter { $0 == UInt8(ascii: "-") }.count == 4
  }
}

extension Page {
  fileprivate mutating func addTraced(_ row: TraceRow) {
    if row.isEmpty { return leaveUnused(nil) }
    if row["status"] == "CACHED" { return leaveUnused(Self.cached) }
    guard row.isJobID, let job = row["native_id"] else {
      return leaveUnused("tasks whose native_id is not a Batch job are not used")
    }
    let percent = row["%cpu"].map { $0.hasSuffix("%") ? String($0.dropLast()) : $0 }
    let (cpu, bytes) = (percent.flatMap { parseDecimal($0, places: 1) }, row["peak_rss"].flatMap(NextflowTrace.bytes))
    if percent != nil && cpu == nil || row["peak_rss"] != nil && bytes == nil {
      findings.add(.wrongType, counting: "%cpu or peak_rss cannot be read")
    }
    putUsage(job, milliVCPUs: cpu, bytes: bytes)
  }

  fileprivate mutating func addTask(_ row: TraceRow) {
    if row.isEmpty { return leaveUnused(nil) }
    if row["status"] == "CACHED" { return leaveUnused(Self.cached) }
    guard row.isJobID, let job = row["batch_job_id"] else {
      return findings.add(.missingField, "batch_job_id", "is missing: the task is left out")
    }
    let peak =
      row["peak_rss_bytes"].flatMap { Int64($0) }
      ?? row.decimal("peak_memory_mib", places: 3).flatMap(NextflowTrace.bytes(ofThousandths:))
    putUsage(job, milliVCPUs: row.decimal("vcpus_used", places: 3), bytes: peak)
    addTracedJob(row, job)
  }

  private static let cached = "tasks that Nextflow took from its cache ran nothing and are not used"

  /// Reads all rows, and ensures that each is kept or reported.
  fileprivate mutating func addRows(_ next: (inout Page) -> Bool) {
    let whole = mark
    while true {
      let row = mark
      guard next(&self) else { break }
      settle(row)
    }
    settle(whole)
  }

  private mutating func putUsage(_ job: String, milliVCPUs: Int64?, bytes: Int64?) {
    if bytes == 0 || bytes == nil && milliVCPUs ?? 0 == 0 {
      // Nextflow writes 0 or a dash if it could not measure: a running task always uses memory.
      findings.add(
        .absurdValue, counting: "tasks with a peak of 0, or without one, were not measured: their use is left out")
      return leaveUnused(nil)
    }
    let mebibytes = bytes.map { $0 >> 20 + ($0 & 0xF_FFFF == 0 ? 0 : 1) }
    guard (0...LargestHost.memoryMiB).contains(mebibytes ?? 0), (0...LargestHost.vcpus * 1000).contains(milliVCPUs ?? 0)
    else {
      findings.add(
        .absurdValue, counting: "tasks whose use is negative, or exceeds any host: their use is left out")
      return leaveUnused(nil)
    }
    count(.nextflowTasks)
    begin(.jobUsage)
    put(JobUsageColumn.jobId, job)
    put(JobUsageColumn.source, "nextflow")
    put(JobUsageColumn.milliVcpusAverage, milliVCPUs)
    put(JobUsageColumn.memoryMaximumMib, mebibytes)
  }

  /// A job with its single attempt: Nextflow submits a retry as another job. The task is named after the job, because
  /// its own id is not in the trace. Nextflow writes 2147483647 if it saw no exit code.
  private mutating func addTracedJob(_ row: TraceRow, _ job: String) {
    guard let submitted = row.decimal("submit_s", places: 3), let started = row.decimal("start_s", places: 3),
      let ended = row.decimal("end_s", places: 3), ended >= started, let zone = row["availability_zone"],
      let vcpus = row.decimal("vcpus_requested", places: 3),
      let memory = row["memory_mib_requested"].flatMap({ Int64($0) }),
      let process = row["process"], let queue = row["queue"]
    else { return findings.add(.missingField, "start_s", "is missing, or another column is: only usage is kept") }
    let region = region(ofZone: zone)
    let place = place(region: region, account: String(fallbackPlace.drop { $0 != ":" }.dropFirst()))
    let owner = String(decoding: references.text(references.list[place]), as: UTF8.self)
    let definition = process.map { $0 == ":" ? "_" : $0 }
    begin(.job)
    put(JobColumn.jobId, job)
    put(JobColumn.accountRegion, reference: place)
    put(JobColumn.name, row["tag"].map { "\(process) (\($0))" } ?? process)
    put(JobColumn.kind, JobKind.single.rawValue)
    put(JobColumn.jobQueue, reference: reference(.jobQueue, "arn:aws:batch:\(owner):job-queue/\(queue)"))
    put(
      JobColumn.jobDefinition,
      reference: reference(.jobDefinition, "arn:aws:batch:\(owner):job-definition/\(String(definition)):1"))
    put(JobColumn.status, row["status"] == "COMPLETED" ? "SUCCEEDED" : "FAILED")
    put(JobColumn.createdAtMs, submitted)
    put(JobColumn.startedAtMs, started)
    put(JobColumn.stoppedAtMs, ended)
    put(JobColumn.platform, JobPlatform.ec2.rawValue)
    put(
      JobColumn.tagSet,
      reference: row["run_id"].map { reference(.tagSet, "{\"run_id\":\"\($0.filter { $0 != "\"" && $0 != "\\" })\"}") })
    put(JobColumn.cancelled, false)
    put(JobColumn.terminated, false)
    put(JobColumn.attempts, 1 as Int64)
    let sealed = endOpen(JobColumn.progress, 0)
    beginPart(.attempt)
    put(AttemptColumn.ordinal, 1 as Int64)
    put(AttemptColumn.startedAtMs, started)
    put(AttemptColumn.stoppedAtMs, ended)
    put(AttemptColumn.milliVcpus, vcpus)
    put(AttemptColumn.memoryMib, memory)
    put(AttemptColumn.gpus, row["gpus"].flatMap { Int64($0) } ?? 0)
    put(AttemptColumn.exitCode, row["exit_status"].flatMap { Int64($0) }.flatMap { $0 == 2_147_483_647 ? nil : $0 })
    put(AttemptColumn.taskId, job)
    put(AttemptColumn.containerReason, nil as JSONText?)
    seal(sealed)
    note(ended, in: place)
  }
}
