import Store
import Testing

/// Usage above the host's size cannot be true: it becomes a finding and enters no advice.
@Suite struct ImplausibleUsageTests {
  @Test func aboveTheHost() throws {
    var facts = try FactBase()
    try facts.instance(1, spot: false, "2026-10-26T00:00:00Z", "2026-10-26T12:00:00Z")
    for hour in 0..<5 {
      let start = "2026-10-26T0\(hour + 1):00:00Z"
      try facts.job(
        queue: FactBase.onDemandQueue, milliVCPUs: 2000, memoryMiB: 4096,
        [.init(on: 1, start, "2026-10-26T0\(hour + 1):50:00Z")])
    }
    // c5.xlarge: 4 vCPU and 8,192 MiB; one percent more passes as rounding.
    try facts.execute(
      """
      UPDATE attempt SET task_id = 't' || job;
      INSERT INTO task_usage (task_id, source, memory_maximum_mib, milli_vcpus_average) VALUES
        ('t1', 'container-insights', 8270, 4040), ('t2', 'container-insights', 9000, 100),
        ('t3', 'container-insights', 100, 4100), ('t4', 'container-insights', 0, 100), ('t5', 'container-insights', NULL, 100);
      """)
    try facts.collected(at: "2026-10-27T00:00:00Z")
    try facts.build()
    let findings = try facts.rows("findings").rows.filter { $0.first == .text("implausible-usage") }
    #expect(try facts.integer("SELECT SUM(attempts) FROM measured_day") == 1)
    #expect(findings.count == 1)
    #expect(findings.first?[2] == .text("t2"))
    #expect(findings.first?[5] == .integer(2))
  }
}
