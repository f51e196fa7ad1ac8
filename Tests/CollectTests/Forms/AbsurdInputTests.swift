import Store
import Testing

@testable import Collect

/// Impossible numbers are refused by name, and later plausible ones take their place.
@Suite struct AbsurdInputTests {
  private func type(_ vcpus: String, _ memory: String, _ gpus: String) -> String {
    """
    {"InstanceTypes":[{"InstanceType":"g5.xlarge","VCpuInfo":{"DefaultVCpus":\(vcpus)},"MemoryInfo":{"SizeInMiB":\(memory)},
     "GpuInfo":{"Gpus":[{"Count":\(gpus),"MemoryInfo":{"SizeInMiB":2147483647}},
       {"Count":\(gpus),"MemoryInfo":{"SizeInMiB":2147483647}}]}}]}
    """
  }

  @Test func types() throws {
    for (vcpus, memory, gpus) in [
      ("10000000", "16384", "1"), ("0", "16384", "1"), ("-4", "16384", "1"), ("4", "99999999999", "1"),
      ("9223372036854775807", "1", "1"), ("1e300", "1", "1"),
    ] {
      let database = try collected(type(vcpus, memory, gpus))
      #expect(try database.lines("SELECT * FROM instance_type") == [])
      #expect(try database.findings.contains { $0.hasPrefix("absurd-value|InstanceTypes[0].") })
      try ingest([type("4", "16384", "1").replacing("2147483647", with: "1024")], into: database)
      #expect(try database.lines("SELECT milli_vcpus, memory_mib, gpus FROM instance_type") == ["4000|16384|2"])
    }
    // An impossible GPU count leaves the type without GPUs, with a finding.
    let database = try collected(type("4", "16384", "50000"))
    #expect(try database.lines("SELECT milli_vcpus, gpus FROM instance_type") == ["4000|0"])
    #expect(try database.findings.first == "absurd-value|InstanceTypes[0].GpuInfo.Gpus.Count|50000 is not plausible")
  }

  @Test("A Spot price of 0 is none: it would make instances free")
  func free() throws {
    for price in [#""0.000000""#, #""0""#, "0"] {
      let database = try collected(
        """
        {"SpotPriceHistory":[{"AvailabilityZone":"eu-west-1b","InstanceType":"c5.large","ProductDescription":"Linux/UNIX",
          "SpotPrice":\(price),"Timestamp":"2026-10-28T05:41:50Z"}]}
        """)
      #expect(try database.lines("SELECT * FROM spot_price") == [])
      #expect(
        try database.findings == [
          "absurd-value|SpotPriceHistory[0].SpotPrice|is 0, which no pool costs: the price is left out"
        ])
    }
  }

  @Test func prices() throws {
    func spot(_ price: String) -> String {
      """
      {"SpotPriceHistory":[{"AvailabilityZone":"eu-west-1b","InstanceType":"c5.large","ProductDescription":"Linux/UNIX",
        "SpotPrice":"\(price)","Timestamp":"2026-10-28T05:41:50Z"}]}
      """
    }
    for absurd in ["10000000", "-0.1", "10000.000000001", "1e40", "NaN"] {
      let database = try collected(spot(absurd))
      #expect(try database.lines("SELECT * FROM spot_price") == [])
      #expect(
        try database.findings == [
          "absurd-value|SpotPriceHistory[0].SpotPrice|\(absurd) is not a plausible price: it is left out"
        ])
      try ingest([spot("0.10")], into: database)
      #expect(try database.lines("SELECT rate FROM spot_price") == ["100000000"])
    }
  }

  @Test("An attempt whose task appears under two accounts is still one attempt")
  func halfRedacted() throws {
    func job(_ task: String, started: Int64 = 1_792_369_000_000) -> String {
      """
      {"jobs":[{"jobArn":"arn:aws:batch:eu-west-1:111122223333:job/j","jobId":"j","jobName":"n","jobQueue":
        "arn:aws:batch:eu-west-1:111122223333:job-queue/q","jobDefinition":"arn:aws:batch:eu-west-1:111122223333:job-definition/d:1",
        "status":"SUCCEEDED","createdAt":1792368000000,"startedAt":\(started),"stoppedAt":1792370000000,
        "attempts":[{"container":{"taskArn":"arn:aws:ecs:eu-west-1:111122223333:task/c/0123456789abcdef0123456789abcdef",
          "exitCode":0},"startedAt":1792369000000,"stoppedAt":1792370000000}],
        "container":{"taskArn":"\(task)","vcpus":1,"memory":512}}]}
      """
    }
    let same = "arn:aws:ecs:eu-west-1:111122223333:task/c/0123456789abcdef0123456789abcdef"
    let other = "arn:aws:ecs:eu-west-1:X11122223333:task/c/0123456789abcdef0123456789abcdef"
    let byteOfID = "arn:aws:ecs:eu-west-1:111122223333:task/c/X123456789abcdef0123456789abcdef"
    #expect(try collected(job(same)).findings == [])
    for task in [other, byteOfID] {
      let database = try collected(job(task))
      #expect(try database.lines("SELECT COUNT(*) FROM attempt") == ["1"])
      #expect(
        try database.findings == [
          "two-names|jobs[0].container.taskArn|differs from attempts[0].container.taskArn: treated as one task"
        ])
    }
  }
}
