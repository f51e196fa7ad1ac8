import Domain
import Store
import TestSupport
import Testing

@testable import Collect

/// GPU samples from files: nvidia-smi's CSV and the DCGM exporter's text.
@Suite struct GPUUsageTests {
  private static let instance = "i-0123456789abcdef0"

  private func collect(
    _ name: String, _ text: String, asOf: Instant? = nil
  ) throws -> (rows: [String], findings: [String]) {
    let folder = try TemporaryFolder()
    let database = try Database(path: ":memory:")
    _ = try Collector().collect(paths: [try folder.add(name, text)], asOf: asOf, database: database)
    return (try rows(database), try database.findings)
  }

  /// Why nothing in a file is kept.
  private func reason(_ name: String, _ text: String) -> String {
    do {
      _ = try collect(name, text)
      return ""
    } catch { return (error as? CollectionError)?.reason ?? "\(error)" }
  }

  private func rows(_ database: Database) throws -> [String] {
    try database.lines(
      "SELECT instance_id, gpu, at_ms, duty, memory_mib, memory_total_mib, progress FROM gpu_usage ORDER BY 1, 2, 3")
  }

  /// 2026-10-26T10:00:00Z
  private static let ten: Int64 = 1_793_008_800_000

  @Test("nvidia-smi with units: a minute's samples are averaged, its largest memory kept")
  func nvidiaSMI() throws {
    let text = """
      timestamp, index, uuid, name, utilization.gpu [%], memory.used [MiB], memory.total [MiB]
      2026/10/26 10:00:05.123, 0, GPU-a, NVIDIA A10G, 87 %, 12000 MiB, 23028 MiB
      2026/10/26 10:00:05.125, 1, GPU-b, NVIDIA A10G, 0 %, 3 MiB, 23028 MiB
      2026/10/26 10:00:35.123, 0, GPU-a, NVIDIA A10G, 44 %, 15000 MiB, 23028 MiB
      2026/10/26 10:01:05.123, 0, GPU-a, NVIDIA A10G, 100 %, [N/A], 23028 MiB

      """
    let found = try collect("gpu-\(Self.instance).csv", text)
    // (87 + 44) ÷ 2 = 65.5 %.
    #expect(
      found.rows == [
        "\(Self.instance)|GPU-a|\(Self.ten)|6550|15000|23028|2",
        "\(Self.instance)|GPU-a|\(Self.ten + 60_000)|10000|-|23028|1",
        "\(Self.instance)|GPU-b|\(Self.ten)|0|3|23028|1",
      ])
    #expect(found.findings == [])
  }

  @Test("Without units, with only an index, Windows line endings, and the instance as the folder's name")
  func bareUnits() throws {
    let text = "timestamp, index, utilization.gpu [%], memory.used [MiB]\r\n2026/10/26 10:00:05.123, 0, 12, 500\r\n"
    let found = try collect("\(Self.instance)/gpu.csv", text)
    #expect(found.rows == ["\(Self.instance)|0|\(Self.ten)|1200|500|-|1"])
    #expect(found.findings == [])
  }

  @Test("A sample without a time, a host or a plausible use is reported")
  func lacking() throws {
    let head = "timestamp, index, utilization.gpu [%]\n"
    let line = "2026/10/26 10:00:05.123, 0, 12 %\n"
    #expect(
      reason("\(Self.instance).csv", "index, utilization.gpu [%]\n0, 12 %\n")
        == "timestamp: is missing: query timestamp too, with nvidia-smi --query-gpu")
    #expect(
      reason("gpu.csv", head + line)
        == "names no instance: put its id into the name of the file or its folder, such as gpu-i-0123456789abcdef0.csv")
    let odd = try collect(
      "\(Self.instance).csv", head + line + "26.10.2026 10:00, 0, 12 %\n2026/10/26 10:00:06.1, 0, 120 %\n")
    #expect(odd.rows.count == 1)
    #expect(odd.findings.count == 2)
  }

  @Test(
    "The DCGM exporter: times as Prometheus and as OpenMetrics write them, host and GPU from the labels")
  func dcgm() throws {
    func labels(_ gpu: String) -> String {
      #"{gpu="0",UUID="\#(gpu)",device="nvidia0",modelName="NVIDIA \"A100\", 40GB",Hostname="\#(Self.instance)"}"#
    }
    let text = """
      # HELP DCGM_FI_DEV_GPU_UTIL GPU utilization (in %).
      # TYPE DCGM_FI_DEV_GPU_UTIL gauge
      DCGM_FI_DEV_GPU_UTIL\(labels("GPU-a")) 91 \(Self.ten + 5_000)
      DCGM_FI_DEV_GPU_UTIL\(labels("GPU-b")) 2 1793008865.5
      DCGM_FI_DEV_FB_USED\(labels("GPU-a")) 30000 \(Self.ten + 5_000)
      DCGM_FI_DEV_FB_FREE\(labels("GPU-a")) 10536 \(Self.ten + 5_000)
      DCGM_FI_DEV_FB_RESERVED\(labels("GPU-a")) 423 \(Self.ten + 5_000)
      DCGM_FI_DEV_POWER_USAGE\(labels("GPU-a")) 250.1 \(Self.ten + 5_000)
      # EOF

      """
    let found = try collect("metrics.prom", text)
    #expect(
      found.rows == [
        "\(Self.instance)|GPU-a|\(Self.ten)|9100|30000|40959|1",
        "\(Self.instance)|GPU-b|\(Self.ten + 60_000)|200|-|-|1",
      ])
    #expect(found.findings == [])
  }

  @Test(
    "A scrape has no time, so --as-of gives it; engine activity stands in for use; parts of a GPU are left out"
  )
  func scrape() throws {
    let text = """
      DCGM_FI_PROF_GR_ENGINE_ACTIVE{gpu="0",UUID="GPU-a"} 0.4567
      DCGM_FI_PROF_GR_ENGINE_ACTIVE{gpu="0",UUID="GPU-a",GPU_I_ID="3"} 0.9

      """
    let told = try collect("\(Self.instance).prom", text, asOf: Instant(milliseconds: Self.ten))
    #expect(told.rows == ["\(Self.instance)|GPU-a|\(Self.ten)|4567|-|-|1"])
    #expect(told.findings == ["not-used||parts of GPUs (MIG) are not used (1)"])
    #expect(reason("\(Self.instance).prom", text) == "has no time; pass --as-of")
  }

  @Test("Read twice or in another order, samples stay the same; for one minute, the file with more samples counts")
  func again() throws {
    let head = "timestamp, uuid, utilization.gpu [%]\n"
    let one = head + "2026/10/26 10:00:05.1, GPU-a, 10 %\n"
    let two = head + "2026/10/26 10:00:05.1, GPU-a, 10 %\n2026/10/26 10:00:35.1, GPU-a, 30 %\n"
    let folder = try TemporaryFolder()
    let paths = [try folder.add("1-\(Self.instance).csv", one), try folder.add("2-\(Self.instance).csv", two)]
    var found: [String] = []
    for order in [paths, paths.reversed()] {
      let database = try Database(path: ":memory:")
      for path in order { _ = try Collector().collect(paths: [path], asOf: nil, database: database) }
      #expect(try rows(database) == ["\(Self.instance)|GPU-a|\(Self.ten)|2000|-|-|2"])
      found.append(try fingerprint(database))
    }
    #expect(found[0] == found[1])
  }

  @Test("ECS says which GPUs a task was given")
  func tasks() throws {
    let database = try collected(
      """
      {"tasks":[{"taskArn":"arn:aws:ecs:eu-west-1:111122223333:task/c/0a","clusterArn":"arn:aws:ecs:eu-west-1:111122223333:cluster/c",
      "lastStatus":"RUNNING","containers":[{"name":"a","gpuIds":["GPU-a","GPU-b"]},{"name":"log"}]}]}
      """)
    #expect(try database.lines("SELECT task_id, gpu FROM task_gpu ORDER BY 2") == ["0a|GPU-a", "0a|GPU-b"])
    #expect(try database.findings == [])
  }

  @Test(
    "An instance id within a text",
    arguments: [
      ("gpu-i-0123456789abcdef0.csv", "i-0123456789abcdef0"), ("/x/i-0123abcd/gpu.csv", "i-0123abcd"),
      ("i-0123456789abcdef0.eu-west-1.compute.internal", "i-0123456789abcdef0"), ("mini-0123abcd", nil),
      ("i-0123abcde", nil), ("ip-10-0-1-2.ec2.internal", nil), ("i-", nil), ("", nil),
    ] as [(String, String?)])
  func instanceIDs(text: String, id: String?) { #expect(instanceID(in: text) == id) }
}
