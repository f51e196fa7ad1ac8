import Domain
import Store
import Testing

@testable import Accounting

/// Charges are divided by what attempts reserved of an instance: golden values worked out by hand.
@Suite struct CapacityTests {
  @Test("On-Demand: 2 h at $0.17; half of it reserved for 1 h")
  func control() throws {
    let database = try SmallAccount().built()
    #expect(try database.lines(SmallAccount.costs) == ["340000000|340000000|0"])
    // The attempt gets half of 0.17; 15 min before it, 45 min after it and the other half are unused.
    #expect(
      try database.lines(SmallAccount.shares) == [
        "attempt|85000000", "unused.boot|42500000", "unused.packing|85000000", "unused.tail|127500000",
      ])
    // EC2 tells its start and its end.
    #expect(try database.messages("start-lower-bound", "last-seen") == [])
    try database.expectConsistent()
  }

  @Test("Usage above the host's size is ignored, leaving the reserved shares; below it, the larger of the two counts")
  func implausibleUsage() throws {
    // c5.xlarge: 4 vCPU and 8,192 MiB; the attempt reserved half of each. 4.04 vCPU and 8,274 MiB still pass as
    // rounding.
    for (vcpus, memory, attempt) in [
      (4041, 4096, 85_000_000), (2000, 8275, 85_000_000), (4040, 8274, 170_000_000), (3000, 4096, 119_772_727),
    ] {
      let database = try SmallAccount().built()
      try database.write {
        try $0.execute(
          """
          INSERT INTO task_usage (task_id, source, memory_maximum_mib, milli_vcpus_average)
          VALUES ('11111111111111111111111111111111', 'container-insights', \(memory), \(vcpus))
          """)
      }
      try Ledger.build(database, anew: true)
      #expect(
        try database.lines(
          "SELECT SUM(cost) FROM posting WHERE account = 0") == ["\(attempt)"], "\(vcpus), \(memory)")
      #expect(try database.read(LedgerCheck.failures).isEmpty)
    }
  }

  @Test(
    "Part of a GPU: with weights 9 : 0.9 : 0.1, 1 GPU, 1 vCPU and 2 GB of 1, 2 and 8 weigh 10.1 of 11.6",
    arguments: [#""Count":0,"LogicalGpuCount":1,"#, #""Count":0,"#, #""Count":1,"#])
  func fractionalGPU(count: String) throws {
    var account = SmallAccount()
    account.type = "g6f.large"
    account.shape =
      #""VCpuInfo":{"DefaultVCpus":2},"MemoryInfo":{"SizeInMiB":8192},"GpuInfo":{"Gpus":[{\#(count)"MemoryInfo":{"SizeInMiB":2861}}]}"#
    account.requirements = #"{"type":"VCPU","value":"1"},{"type":"MEMORY","value":"2048"},{"type":"GPU","value":"1"}"#
    account.products = [SmallAccount.product("g6f.large", price: "0.232")]
    let database = try account.built()
    #expect(try database.lines(SmallAccount.costs) == ["464000000|464000000|0"])
    // 0.232 × 10.1 ÷ 11.6 and 0.232 × 1.5 ÷ 11.6.
    #expect(
      try database.lines(SmallAccount.shares).filter { !$0.contains("boot") && !$0.contains("tail") }
        == ["attempt|202000000", "unused.packing|30000000"])
    #expect(try database.lines("SELECT * FROM ledger_finding WHERE check_name = 'over-capacity'") == [])
    try database.expectConsistent()
  }

  @Test(
    "GPUs reserved on a type without any: charged as 2 of 4 vCPUs and 4 of 8 GB, with a finding that names the type")
  func noGPU() throws {
    var account = SmallAccount()
    account.shape += #","GpuInfo":{"Gpus":[]}"#
    account.requirements += #",{"type":"GPU","value":"1"}"#
    let database = try account.built()
    #expect(
      try database.lines(SmallAccount.shares).filter { $0.hasPrefix("attempt") } == ["attempt|85000000"])
    #expect(
      try database.lines("SELECT subject, message FROM ledger_finding WHERE check_name = 'over-capacity'") == [
        "i-1|attempts reserved GPUs, and c5.xlarge has none as described: their shares are by vCPUs and memory alone"
      ])
    try database.expectConsistent()
  }
}
