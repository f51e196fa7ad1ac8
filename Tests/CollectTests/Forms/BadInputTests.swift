import Domain
import Store
import TestSupport
import Testing

@testable import Collect

private let queue = "arn:aws:batch:eu-west-1:111122223333:job-queue/q"
private let definition = "arn:aws:batch:eu-west-1:111122223333:job-definition/align:3"

private func job(_ id: String, name: String = "n", _ rest: String = "\"createdAt\":1793352841228") -> String {
  """
  {"jobArn":"arn:aws:batch:eu-west-1:111122223333:job/\(id)","jobId":"\(id)","jobName":"\(name)","jobQueue":"\(queue)","jobDefinition":"\(definition)","status":"FAILED",\(rest)}
  """
}

private func ids(_ database: Database) throws -> [String] { try database.lines("SELECT job_id FROM job ORDER BY 1") }

/// Whatever comes in, the good part is kept, the rest is a finding with its place, and nothing crashes.
@Suite struct BadInputTests {
  @Test func aTruncatedPageKeepsItsCompleteJobs() throws {
    let whole = "{\"jobs\":[\(job("a")),\(job("b")),\(job("c"))]}"
    let third = whole.utf8.count - job("c").utf8.count - 2
    let database = try collected(String(whole.dropLast(40)))
    #expect(try ids(database) == ["a", "b"])
    #expect(
      try database.findings == ["unreadable|byte \(third): jobs[2]|is truncated; what comes before is kept"])
  }

  @Test func aWrongTypeIsNamed() throws {
    let database = try collected(
      "{\"jobs\":[\(job("a")),\(job("b", "\"createdAt\":1793352841228,\"startedAt\":\"soon\",\"attempts\":{}")),"
        + "\(job("c", "\"createdAt\":[1]")),7]}")
    #expect(try ids(database) == ["a", "b"])
    #expect(
      try database.findings == [
        "missing-field|jobs[2].createdAt|is missing: the job is left out",
        "missing-field|jobs[3].jobId|is missing: the job is left out",
        "wrong-type|jobs[1].attempts|is not a list", "wrong-type|jobs[1].startedAt|is not a time",
        "wrong-type|jobs[2].createdAt|is not a time",
      ])
  }

  @Test func absurdNumbers() throws {
    let attempt = """
      "createdAt":1793352841228,"startedAt":1793353000000,"stoppedAt":1793353060000,"attempts":[
      {"startedAt":1793353060000,"stoppedAt":1793353000000,"container":{}}],
      "container":{"resourceRequirements":[{"type":"VCPU","value":"-4"},{"type":"MEMORY","value":"99999999999"}]}
      """
    let far = "\"createdAt\":1793352841228,\"startedAt\":18446744073709551615"
    let database = try collected("{\"jobs\":[\(job("a", attempt)),\(job("b", far))]}")
    // A negative duration is kept as it is.
    #expect(
      try database.lines("SELECT started_at_ms, stopped_at_ms, milli_vcpus, memory_mib FROM attempt")
        == ["1793353060000|1793353000000|0|0"])
    #expect(try database.lines("SELECT job_id, started_at_ms FROM job ORDER BY 1") == ["a|1793353000000", "b|-"])
    #expect(
      try database.findings == [
        "absurd-value|jobs[0].attempts[0].stoppedAt|is before startedAt",
        "absurd-value|jobs[0].container.resourceRequirements.MEMORY|99999999999 is not plausible",
        "absurd-value|jobs[0].container.resourceRequirements.VCPU|is not a plausible number",
        "absurd-value|jobs[1].startedAt|is not a plausible time",
      ])
  }

  @Test func aNumberTooLargeForAnInteger() throws {
    let large = "\"createdAt\":1793352841228,\"startedAt\":99999999999999999999999"
    let text = "{\"jobs\":[\(job("a", large)),\(job("b"))]}"
    let place = text.utf8.count - text.split(separator: "99999999999999999999999")[1].utf8.count - 23
    let database = try collected(text)
    #expect(try ids(database) == ["a", "b"])
    #expect(
      try database.findings == ["absurd-value|byte \(place)|has a number that is too large; it was left out"])
  }

  @Test func aByteThatIsNotUTF8() throws {
    var bytes = Array("{\"jobs\":[\(job("a", name: "x~y")),\(job("b"))]}".utf8)
    let place = try #require(bytes.firstIndex(of: UInt8(ascii: "~")))
    bytes[place] = 0xff
    let database = try Database(path: ":memory:")
    var ingestor = try Ingestor(database: database)
    try ingestor.ingest(bytes, named: "test", accountRegion: nil)
    #expect(try database.lines("SELECT job_id, name FROM job ORDER BY 1") == ["a|x?y", "b|n"])
    #expect(
      try database.findings == [
        "unreadable|byte \(place)|has bytes that are not UTF-8; they were replaced by question marks"
      ])
  }

  @Test func zeroBytes() throws {
    // As an escape in a string, raw in a string, and between documents.
    let text = job("a", name: "x\\u0000y") + "\n" + job("b", name: "x\u{0}y") + "\n\u{0}\u{0}\n" + job("c")
    let database = try collected(text)
    #expect(try database.lines("SELECT job_id, name FROM job ORDER BY 1") == ["a|x y", "b|x y", "c|n"])
    #expect(
      try database.findings == ["unreadable|byte 352|has control characters; they were replaced by spaces"])
  }

  @Test func unknownDocuments() throws {
    let database = try collected("{\"Buckets\":[],\"Owner\":{}}\n{}\n\(job("a"))\n12\n")
    #expect(try ids(database) == ["a"])
    #expect(
      try database.findings == [
        "unknown-document||is unknown: its members are Buckets, Owner", "unknown-document|byte 26|is an empty object",
        "unknown-document|byte \(30 + job("a").utf8.count)|is neither an object nor a list",
      ])
  }

  @Test func endlessNesting() throws {
    let deep = String(repeating: "[", count: 100_000) + String(repeating: "]", count: 100_000)
    let database = try collected(
      "{\"jobs\":[\(job("a")),\(job("b", "\"createdAt\":1793352841228,\"x\":\(deep)"))]}", deep,
      String(repeating: "{\"a\":", count: 100_000))
    #expect(try ids(database) == ["a"])
    #expect(try database.findings.count == 3)
    #expect(try database.findings.allSatisfy { $0.hasPrefix("unreadable|") })
  }

  @Test func documentsAfterABrokenOneAreRead() throws {
    // A line cut off when its writer was killed, then whole lines again.
    let lines = [job("a"), String(job("b").dropLast(30)), job("c"), "", "not json", job("d")]
    let database = try collected(lines.joined(separator: "\n"))
    #expect(try ids(database) == ["a", "c", "d"])
    #expect(try database.findings.count == 2)
  }

  @Test func consecutiveDocuments() throws {
    let pretty = """
      {
          "jobs": [
              \(job("a"))
          ]
      }
      {
      "jobs": [
      \(job("b")),
      {"nonsense": {}}
      ]
      }
      """
    let database = try collected(pretty, job("c") + job("d") + "  " + job("e"), "\u{feff}[\(job("f")),\(job("g"))]")
    #expect(try ids(database) == ["a", "b", "c", "d", "e", "f", "g"])
    #expect(try database.findings.count == 1)
  }

  @Test func limitsHold() throws {
    var limits = CollectionLimits()
    limits.documentBytes = 1000
    let database = try Database(path: ":memory:")
    let big = job("b", name: String(repeating: "x", count: 2000))
    try ingest(["{\"jobs\":[\(job("a")),\(big),\(job("c"))]}"], into: database, limits: limits)
    #expect(try ids(database) == ["a", "c"])
    #expect(try database.findings.count == 1)
  }

  @Test(.timeLimit(.minutes(1))) func damageCostsTimeInProportion() throws {
    // Searching for the end of each of these would take hours.
    let database = try collected(String(repeating: "{\n", count: 200_000) + job("a"))
    #expect(try ids(database) == ["a"])
  }

  @Test func findingsAreLimited() throws {
    let database = try collected(String(repeating: "{\"x\":1}\n", count: 5000))
    #expect(try database.findings.count == 1001)
    #expect(try database.findings.contains { $0.hasSuffix("4000 more findings are not listed") })
  }

  /// Every prefix of a page, and a page with random bytes changed, is read without a crash.
  @Test func anyDamage() throws {
    let page = Array(
      "{\"jobs\":[\(job("a", "\"createdAt\":1793352841228,\"tags\":{\"a\":\"\\u00e9\"},\"attempts\":[]")),\(job("b"))]}"
        .utf8)
    let reader = try DocumentReader(CollectionLimits())
    func read(_ bytes: [UInt8]) -> Page {
      var page = Page()
      let padded = bytes + [UInt8](repeating: 0x22, count: JSONParser.padding)
      padded.withUnsafeBytes {
        reader.read(UnsafeRawBufferPointer(rebasing: $0[..<bytes.count]), offset: 0, into: &page)
      }
      return page
    }
    for count in page.indices { _ = read(Array(page[..<count])) }
    var random = SeededGenerator(seed: 42)
    for _ in 0..<2000 {
      var damaged = page
      for _ in 0..<Int.random(in: 1...3, using: &random) {
        damaged[Int.random(in: damaged.indices, using: &random)] = UInt8.random(in: 0...255, using: &random)
      }
      _ = read(damaged)
    }
    #expect(read(page).findings.isEmpty)
  }
}
