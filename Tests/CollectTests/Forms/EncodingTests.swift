import Domain
import Foundation
import Store
import TestSupport
import Testing

@testable import Collect

private func job(_ id: String, name: String) -> String {
  let place = "arn:aws:batch:eu-west-1:111122223333"
  return """
    {"jobId":"\(id)","jobName":"\(name)","jobQueue":"\(place):job-queue/q","jobDefinition":"\(place):job-definition/d:1","status":"FAILED","createdAt":1793352841228}
    """
}

private let trace =
  "task_id\thash\tnative_id\tname\tstatus\t%cpu\tpeak_rss\n1\ta\t00000000-1111-1111-1111-111111111111\tx\tCOMPLETED\t150.0%\t1.5 GB\n"

/// Files as PowerShell and other programs write them.
@Suite struct EncodingTests {
  /// Foundation makes the bytes; the marks come first, since it writes none for these encodings.
  private static let encodings: [(String, [UInt8], String.Encoding)] = [
    ("UTF-8", [], .utf8), ("UTF-8 with a mark", [0xef, 0xbb, 0xbf], .utf8),
    ("UTF-16 LE with a mark", [0xff, 0xfe], .utf16LittleEndian),
    ("UTF-16 BE with a mark", [0xfe, 0xff], .utf16BigEndian),
    ("UTF-16 LE", [], .utf16LittleEndian), ("UTF-16 BE", [], .utf16BigEndian),
  ]

  private func bytes(_ text: String, _ name: String) throws -> [UInt8] {
    let (_, mark, encoding) = try #require(Self.encodings.first { $0.0 == name })
    return mark + [UInt8](try #require(text.data(using: encoding)))
  }

  @Test(arguments: encodings.map(\.0)) func everyKindOfFile(_ encoding: String) throws {
    let folder = try TemporaryFolder()
    // Characters of two, three and four UTF-8 bytes.
    try folder.add("one.json", try bytes("{\n  \"jobs\": [\(job("a", name: "é…🧬"))]\n}\n", encoding))
    try folder.add("lines.jsonl", try bytes(job("b", name: "n") + "\r\n" + job("c", name: "n") + "\r\n", encoding))
    try folder.add("trace.txt", try bytes(trace, encoding))
    try folder.add("feed", try bytes("#Version: 1.0\n#Fields: Timestamp\n", encoding))
    let database = try Database(path: ":memory:")
    let summary = try Collector().collect(paths: [folder.path], asOf: nil, database: database)
    #expect(try database.findings == [])
    #expect(summary.documents == [.jobs: 3, .nextflowTasks: 1, .spotDataFeed: 1])
    #expect(try database.lines("SELECT name FROM job WHERE job_id = 'a'") == ["é…🧬"])
    #expect(try database.lines("SELECT milli_vcpus_average, memory_maximum_mib FROM job_usage") == ["1500|1536"])
  }

  @Test("A file larger than one read, with characters across the boundaries")
  func large() throws {
    let folder = try TemporaryFolder()
    let text = (0..<3000).map { job("j\($0)", name: "\($0)🧬") }.joined(separator: "\n")
    let path = try folder.add("a.jsonl", try bytes(text, "UTF-16 LE with a mark"))
    let input = try ByteInput(path: path)
    var read: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 4099)
    while true {
      let count = piece.withUnsafeMutableBytes { input.read(into: $0) }
      read += piece[..<count]
      if count < piece.count { break }
    }
    #expect(read == Array(text.utf8))
    #expect(input.fault == nil)
    let hash = try ByteInput.contentHash(path: path)
    #expect(input.contentHash == hash)
  }

  @Test func brokenCharacters() throws {
    let folder = try TemporaryFolder()
    var damaged = try bytes(job("a", name: "~"), "UTF-16 LE with a mark")
    let tilde = try #require(damaged.firstIndex(of: UInt8(ascii: "~")))
    damaged.replaceSubrange(tilde...(tilde + 1), with: [0x00, 0xd8])
    try folder.add("half.json", damaged)
    try folder.add("cut.json", try bytes(job("b", name: "n") + " ", "UTF-16 LE with a mark").dropLast())
    let database = try Database(path: ":memory:")
    _ = try Collector().collect(paths: [folder.path], asOf: nil, database: database)
    #expect(try database.lines("SELECT job_id, name FROM job ORDER BY 1") == ["a|\u{fffd}", "b|n"])
    let messages = try database.lines(
      "SELECT replace(subject, '\(folder.path)/', ''), message FROM collection_finding ORDER BY 1, 2")
    #expect(messages.contains("half.json|has unpaired UTF-16 surrogates; they were replaced by U+FFFD"))
    #expect(messages.contains("cut.json|is UTF-16 that breaks off inside a character"))
  }

  @Test(
    "An unreadable format is named, with what to do",
    arguments: [
      ([0xff, 0xfe, 0, 0, 0x7b, 0, 0, 0], "is UTF-32, which"),
      ([0, 0, 0xfe, 0xff, 0, 0, 0, 0x7b], "iconv -f UTF-32BE"),
      ([0x7b, 0, 0, 0, 0x22, 0, 0, 0], "iconv -f UTF-32LE"), ([0, 0, 0, 0x7b, 0, 0, 0, 0x22], "is UTF-32"),
      ([0xc0, 0x7f, 0x91, 0x96], "EBCDIC"), ([0x50, 0x4b, 3, 4, 0], "ZIP: unpack it with unzip"),
      ([0x28, 0xb5, 0x2f, 0xfd], "Zstandard"), ([0x2b, 0x2f, 0x76, 0x38], "UTF-7"),
    ] as [([UInt8], String)])
  func foreign(_ bytes: [UInt8], _ message: String) throws {
    let folder = try TemporaryFolder()
    let path = try folder.add("a.json", bytes)
    let database = try Database(path: ":memory:")
    let error = #expect(throws: CollectionError.self) {
      try Collector().collect(paths: [path], asOf: nil, database: database)
    }
    #expect(error?.reason.contains(message) == true, "\(error?.reason ?? "")")
  }

  @Test("An S3 object packed twice, in UTF-16")
  func packedTwice() throws {
    // UTF-16 LE with a mark, gzipped, and gzipped again.
    let plain = try bytes("{\"jobs\":[]}", "UTF-16 LE with a mark")
    let folder = try TemporaryFolder()
    var packed = plain
    for round in 1...2 {
      let file = try PackedFile(path: "\(folder.path)/\(round).gz")
      try file.write(packed)
      try file.close()
      packed = [UInt8](try Data(contentsOf: URL(fileURLWithPath: "\(folder.path)/\(round).gz")))
    }
    #expect(try PackedBytes.unpacked(packed, named: "x") == Array("{\"jobs\":[]}".utf8))
  }
}
