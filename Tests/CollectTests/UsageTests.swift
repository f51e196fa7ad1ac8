import Store
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
        "missing-field|results[1].TaskId|is missing, or no usage beside it: the row is left out"
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
    // As FilterLogEvents answers, a record a message; one by one.
    let database = try Database(path: ":memory:")
    for record in records {
      let text = record.replacing("\"", with: "\\\"")
      try ingest(["{\"events\":[{\"timestamp\":1,\"message\":\"\(text)\"}]}"], into: database)
    }
    #expect(try database.lines(usage) == ["t1|container-insights|300|500|1000|3|i-1"])
  }
}
