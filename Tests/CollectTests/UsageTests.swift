import Domain
import Store
import TestSupport
import Testing

@testable import Collect

@Suite struct UsageTests {
  private let usage = """
    SELECT task_id, source, memory_maximum_mib, milli_vcpus_average, milli_vcpus_maximum, samples, instance_id
    FROM task_usage ORDER BY task_id
    """

  @Test func queryResults() throws {
    let database = try collected(
      """
      {"results":[
        [{"field":"TaskId","value":"t1"},{"field":"max(MemoryUtilized)","value":"115.2"},
         {"field":"max(MemoryReserved)","value":"512"},{"field":"avg(CpuUtilized)","value":"1024.0000"},
         {"field":"max(CpuUtilized)","value":"1408.0000"},{"field":"max(CpuReserved)","value":"2048"},
         {"field":"count(*)","value":"12"},{"field":"latest(EC2InstanceId)","value":"i-1"}],
        [{"field":"@ptr","value":"x"}]],"status":"Complete"}
      """,
      // Another window of the same task.
      """
      {"results":[[{"field":"TaskId","value":"t1"},{"field":"max(MemoryUtilized)","value":"90"},
        {"field":"max(CpuUtilized)","value":"1536"}]]}
      """)
    #expect(try database.lines(usage) == ["t1|container-insights|116|1000|1500|12|i-1"])
    #expect(
      try database.findings == [
        "missing-field|results[1].TaskId|is missing, or there is no usage beside it: the row is left out"
      ])
  }

  @Test(
    "The console's exports of the same answer: a table, and a list of objects",
    arguments: [
      "TaskId,max(MemoryUtilized),avg(CpuUtilized),max(CpuUtilized),count(*)\nt1,115.2,1024,1408,12\nt2,90,512,1536,6\n",
      "\"TaskId\",\"max(MemoryUtilized)\",\"avg(CpuUtilized)\",\"max(CpuUtilized)\",\"count(*)\"\r\n"
        + "\"t1\",\"115.2\",\"1024\",\"1408\",\"12\"\r\n\"t2\",\"90\",\"512\",\"1536\",\"6\"\r\n",
      #"[{"TaskId":"t1","max(MemoryUtilized)":"115.2","avg(CpuUtilized)":"1024","max(CpuUtilized)":"1408","count(*)":"12"},"#
        + #"{"TaskId":"t2","max(MemoryUtilized)":"90","avg(CpuUtilized)":"512","max(CpuUtilized)":"1536","count(*)":"6"}]"#,
    ])
  func exported(_ text: String) throws {
    let folder = try TemporaryFolder()
    try folder.add("usage", text)
    let database = try Database(path: ":memory:")
    _ = try Collector().collect(paths: [folder.path], asOf: nil, database: database)
    #expect(
      try database.lines(usage) == [
        "t1|container-insights|116|1000|1375|12|-", "t2|container-insights|90|500|1500|6|-",
      ])
  }

  @Test(
    "A query's other columns are no peaks, in whatever order they stand",
    arguments: [
      "min(MemoryUtilized)", "pct(MemoryUtilized, 95)", "avg(MemoryUtilized)", "stddev(MemoryUtilized)",
      "max(MemoryUtilized)/max(MemoryReserved)", "max(TaskMemoryUtilization)", "memory_utilized_min",
      "MinMemoryUtilized",
      "max(MemoryReserved)", "min(CpuUtilized)", "pct(CpuUtilized, 99)", "avg(CpuUtilized/CpuReserved)",
      "max(TaskCpuUtilization)", "count_distinct(ContainerName)", "max(EphemeralStorageUtilized)", "bin(5m)",
    ])
  func otherColumns(_ name: String) throws {
    let other = #"{"field":"\#(name)","value":"7"}"#
    let row =
      #"{"field":"TaskId","value":"t1"},{"field":"max(MemoryUtilized)","value":"1000"},"#
      + #"{"field":"avg(CpuUtilized)","value":"1280"},{"field":"max(CpuUtilized)","value":"4096"},{"field":"count(*)","value":"720"}"#
    for cells in ["\(row),\(other)", "\(other),\(row)"] {
      let database = try collected("{\"results\":[[\(cells)]],\"status\":\"Complete\"}")
      #expect(try database.lines(usage) == ["t1|container-insights|1000|1250|4000|720|-"])
    }
  }

  @Test(
    "Aliases of a query's columns",
    arguments: [
      ["TaskId", "MaxMemoryUtilized", "AvgCpuUtilized", "MaxCpuUtilized", "Count"],
      ["taskId", "max_memory_utilized", "mean_cpu_utilized", "max_cpu_utilized", "samples"],
      ["TaskId", "memory_utilized_max", "cpu_utilized_avg", "cpu_utilized_max", "sample_count"],
    ])
  func aliases(_ names: [String]) throws {
    let cells = zip(names, ["arn:aws:ecs:eu-west-1:111122223333:task/c/t1", "1000", "1280", "4096", "720"])
      .map { #"{"field":"\#($0)","value":"\#($1)"}"# }.joined(separator: ",")
    let database = try collected("{\"results\":[[\(cells)]],\"status\":\"Complete\"}")
    #expect(try database.lines(usage) == ["t1|container-insights|1000|1250|4000|720|-"])
  }

  private func window(_ memory: String, _ average: String, _ maximum: String, count: String, task: String = "t1")
    -> String
  {
    """
    {"results":[[{"field":"TaskId","value":"\(task)"},{"field":"max(MemoryUtilized)","value":"\(memory)"},\
    {"field":"avg(CpuUtilized)","value":"\(average)"},{"field":"max(CpuUtilized)","value":"\(maximum)"},\
    {"field":"count(*)","value":"\(count)"}]],"status":"Complete"}
    """
  }

  @Test("Windows of one task add up by their samples, in any order, each once")
  func windows() throws {
    let first = window("1000", "2048", "2048", count: "360")
    let second = window("900", "512", "4096", count: "360")
    let third = window("800", "0", "0", count: "180")
    for order in [[first, second], [second, first], [first, second, first], [second, second, first]] {
      let database = try Database(path: ":memory:")
      try ingest(order, into: database)
      // (2048 × 360 + 512 × 360) ÷ 720 = 1280 units
      #expect(try database.lines(usage) == ["t1|container-insights|1000|1250|4000|720|-"])
      #expect(try database.lines("SELECT count(*) FROM task_usage_window") == ["2"])
    }
    let database = try collected(third, first, second)
    // 1280 × 720 ÷ 900 = 1024 units
    #expect(try database.lines(usage) == ["t1|container-insights|1000|1000|4000|900|-"])
  }

  @Test("Counts are sometimes written as decimals")
  func decimalCounts() throws {
    let database = try collected(
      #"{"results":[[{"field":"TaskId","value":"t"},{"field":"max(MemoryUtilized)","value":"500.5"},"#
        + #"{"field":"avg(CpuUtilized)","value":"1.024E3"},{"field":"count(*)","value":"100.0"}]],"status":"Complete"}"#
    )
    #expect(
      try database.lines("SELECT memory_maximum_mib, milli_vcpus_average, samples FROM task_usage") == ["501|1000|100"])
    #expect(try database.findings == [])
  }

  @Test("One row an hour: the windows of a single answer")
  func bins() throws {
    func row(_ hour: Int, _ average: Int) -> String {
      """
      [{"field":"bin(1h)","value":"2026-05-04 \(10 + hour):00:00.000"},{"field":"TaskId","value":"t1"},\
      {"field":"max(MemoryUtilized)","value":"100"},{"field":"avg(CpuUtilized)","value":"\(average)"},\
      {"field":"count(*)","value":"60"}]
      """
    }
    let rows = [row(0, 1024), row(1, 1024), row(2, 0)]
    for order in [rows, rows.reversed()] {
      let database = try collected(
        "{\"results\":[\(order.joined(separator: ","))]}", "[\(rows.joined(separator: ","))]")
      #expect(try database.lines(usage) == ["t1|container-insights|100|667|-|180|-"])
    }
  }

  @Test("A longer window from the live collector replaces the shorter one")
  func grownWindow() throws {
    let database = try Database(path: ":memory:")
    var ingestor = try Ingestor(database: database)
    let windows = [
      (1_777_888_800_000, "100", "60"), (1_777_892_400_000, "300", "60"), (1_777_892_400_000, "200", "90"),
    ]
    for (start, average, count) in windows {
      try ingestor.ingest(
        Array(window("50", average, average, count: count).utf8), named: "test", accountRegion: nil,
        windowStart: Instant(milliseconds: Int64(start)))
    }
    // (100 × 60 + 200 × 90) ÷ 150 = 160 units = 0.15625 vCPU; the maximum is 200.
    #expect(try database.lines(usage) == ["t1|container-insights|50|156|195|150|-"])
  }

  @Test("A peak of 0 is not a measurement, nor is more than any host has")
  func noMeasurement() throws {
    let record = #"{"Type":"Task","TaskId":"t3","Timestamp":1793145600000,"CpuUtilized":0,"MemoryUtilized":0}"#
    let database = try collected(
      window("0", "0", "0", count: "9"), window("99999999", "1", "1", count: "9", task: "t2"), record)
    #expect(try database.lines(usage) == [])
    #expect(
      try database.findings == [
        "absurd-value||Container Insights reports 0 MiB of memory used, which is not a measurement: left out (1)",
        "absurd-value|results[0]|Container Insights reports 0 MiB of memory used, which is not a measurement: left out (1)",
        "absurd-value|results[0]|task t2 used more than any host has: left out",
      ])
  }

  @Test("Totals stored by earlier versions count until a window is known")
  func windowsOfBefore() throws {
    let database = try Database(path: ":memory:")
    try database.write {
      try $0.execute("INSERT INTO task_usage_window VALUES ('t1', 0, 70, 1024000, 2048000, 12, NULL)")
    }
    try ingest([window("50", "512", "1024", count: "60", task: "t1")], into: database)
    #expect(try database.lines(usage) == ["t1|container-insights|50|500|1000|60|-"])
  }

  @Test func tracesOfNextflow() throws {
    func line(_ id: Int, _ cpu: String, _ peak: String, status: String = "COMPLETED") -> String {
      "\(id)\tab/12\t0000000\(id)-1111-1111-1111-111111111111\tT\t\(status)\t\(cpu)\t\(peak)"
    }
    let folder = try TemporaryFolder()
    let path = try folder.add(
      "trace.txt",
      ([
        "task_id\thash\tnative_id\tname\tstatus\t%cpu\tpeak_rss", line(1, "99.3%", "1.5 GB"), line(2, "0.0%", "0"),
        line(3, "0.0%", "-"), line(4, "400.0%", "0"), line(5, "150,5%", "9 GB"), line(6, "10%", "3 XB"),
        line(7, "-", "-", status: "CACHED"), line(8, "1%", "99999 GB"), "9\tab/12\t4711\tT\tCOMPLETED\t1%\t1 GB", "",
      ]).joined(separator: "\n"))
    let database = try Database(path: ":memory:")
    let summary = try Collector().collect(paths: [path], asOf: nil, database: database)
    #expect(
      try database.lines("SELECT substr(job_id, 8, 1), milli_vcpus_average, memory_maximum_mib FROM job_usage")
        == ["1|993|1536", "5|-|9216", "6|100|-"])
    #expect(summary.documents == [.nextflowTasks: 3])
    #expect(
      try database.lines("SELECT message FROM collection_finding ORDER BY 1") == [
        "%cpu or peak_rss cannot be read (2)",
        "tasks that Nextflow took from its cache ran nothing and are not used (1)",
        "tasks whose native_id is not a Batch job are not used (1)",
        "tasks whose use is negative, or exceeds any host: their use is left out (1)",
        "tasks with a peak of 0, or without one, were not measured: their use is left out (3)",
      ])
  }

  @Test("A trace without native_id says what it lacks; one without peaks still gives vCPUs")
  func tracesWithOtherColumns() throws {
    let folder = try TemporaryFolder()
    try folder.add("trace-a.txt", "task_id\thash\tname\tstatus\texit\tpeak_rss\n1\tab/12\tT\tCOMPLETED\t0\t1 GB\n")
    try folder.add(
      "trace-b.txt", "hash\tnative_id\t%cpu\nab/12\t00000001-1111-1111-1111-111111111111\t99.3%\n")
    let database = try Database(path: ":memory:")
    _ = try Collector().collect(paths: [folder.path], asOf: nil, database: database)
    #expect(
      try database.lines("SELECT substr(job_id, 8, 1), milli_vcpus_average, memory_maximum_mib FROM job_usage")
        == ["1|993|-"])
    #expect(
      try database.lines("SELECT check_name, place, message FROM collection_finding") == [
        "missing-field|native_id|is missing: it identifies a trace's tasks; add it to Nextflow's trace.fields"
      ])
  }

  @Test func recordsOfThePerformanceLog() throws {
    func record(_ minute: Int64, cpu: String, memory: Int) -> String {
      """
      {"Type":"Task","TaskId":"t1","Timestamp":\(1_793_145_600_000 + minute * 60_000),"CpuUtilized":\(cpu),"MemoryUtilized":\(memory),"EC2InstanceId":"i-1"}
      """
    }
    let records = [
      record(0, cpu: "512.5", memory: 100), record(1, cpu: "1024", memory: 300), record(2, cpu: "0", memory: 20),
    ]
    let cluster = #"{"Type":"Cluster","ClusterName":"c1","Timestamp":1793145600000}"#
    for order in [[0, 1, 2, 1], [2, 1, 0, 0]] {
      let database = try collected((order.map { records[$0] } + [cluster]).joined(separator: "\n"))
      // (512.5 + 1024 + 0) ÷ 3 units = 0.500163 vCPU
      #expect(try database.lines(usage) == ["t1|container-insights|300|500|1000|3|i-1"])
    }
    // As FilterLogEvents answers, one record a message, ingested one by one.
    let database = try Database(path: ":memory:")
    for record in records {
      let text = record.replacing("\"", with: "\\\"")
      try ingest(["{\"events\":[{\"timestamp\":1,\"message\":\"\(text)\"}]}"], into: database)
    }
    #expect(try database.lines(usage) == ["t1|container-insights|300|500|1000|3|i-1"])
  }
}
