import Domain
import Foundation
import Store
import TestSupport
import Testing

@testable import Collect

private func job(_ id: String, createdAt: Int64 = 1_793_352_841_228) -> String {
  let place = "arn:aws:batch:eu-west-1:111122223333"
  return """
    {"jobId":"\(id)","jobQueue":"\(place):job-queue/q","jobDefinition":"\(place):job-definition/d:1","status":"FAILED","createdAt":\(createdAt)}
    """
}

/// `{"jobs":[]}` as gzip, by `gzip -n`.
private let packed: [UInt8] = [
  0x1f, 0x8b, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x03, 0xab, 0x56, 0xca, 0xca, 0x4f, 0x2a, 0x56, 0xb2, 0x8a,
  0x8e, 0xad, 0x05, 0x00, 0x50, 0xa7, 0xea, 0xc9, 0x0b, 0x00, 0x00, 0x00,
]

@Suite struct FileTests {
  private func collect(_ paths: String..., asOf: Instant? = nil, into database: Database) throws -> CollectionSummary {
    try Collector().collect(paths: paths, asOf: asOf, database: database)
  }

  @Test func foldersAreReadInOrderWithoutOtherFiles() throws {
    let folder = try TemporaryFolder()
    try folder.add("b.json", job("b"))
    try folder.add("a/deep/a.json", job("a"))
    try folder.add(".hidden.json", job("h"))
    try folder.add("README.md", "# not data")
    try folder.add("notes.txt", "what was collected")
    try folder.add("LICENSE", "free")
    // A folder that contains itself, and a pipe without a writer.
    try FileManager.default.createSymbolicLink(atPath: "\(folder.path)/a/loop", withDestinationPath: folder.path)
    #expect(mkfifo("\(folder.path)/pipe.json", 0o600) == 0)
    #expect(inputFiles([folder.path]).map { $0.dropFirst(folder.path.count) } == ["/a/deep/a.json", "/b.json"])
    let database = try Database(path: ":memory:")
    let summary = try collect(folder.path, into: database)
    #expect(summary.files == 2)
    #expect(summary.documents == [.jobs: 2])
    #expect(try database.findings == [])
  }

  @Test("A text file is data if a program wrote it, in UTF-16 too")
  func textFiles() throws {
    let folder = try TemporaryFolder()
    try folder.add("a.txt", "\n " + job("a"))
    try folder.add("b.txt", [0xff, 0xfe] + Array(job("b").utf16.flatMap { [UInt8($0 & 0xff), UInt8($0 >> 8)] }))
    try folder.add("c.txt", "2026-05-04T11:15:01.123000+00:00 stream " + job("c"))
    try folder.add("notes.txt", "Monday: {collected}")
    let database = try Database(path: ":memory:")
    #expect(try collect(folder.path, into: database).documents == [.jobs: 3])
  }

  @Test func theTimeOfCollectionIsTheNewestInTheInput() throws {
    let folder = try TemporaryFolder()
    try folder.add("a.json", job("a"))
    try folder.add("b.json", job("b", createdAt: 1_793_352_999_000))
    // A clock far in the future does not count.
    try folder.add("c.json", job("c", createdAt: 1_793_352_900_000).dropLast() + ",\"stoppedAt\":4000000000000}")
    let database = try Database(path: ":memory:")
    let asOf = "SELECT source, as_of_ms FROM collection"
    _ = try collect(folder.path, into: database)
    #expect(try database.lines(asOf) == ["file|1793352999000"])
    // Skipped files still say the same.
    #expect(try collect(folder.path, into: database).unchangedFiles == 3)
    #expect(try database.lines(asOf) == ["file|1793352999000"])
    _ = try collect(folder.path, asOf: Instant(milliseconds: 1_793_353_000_000), into: database)
    #expect(try database.lines(asOf) == ["file|1793353000000"])
  }

  @Test func aFileThatChangedIsReadAgain() throws {
    let folder = try TemporaryFolder()
    let database = try Database(path: ":memory:")
    try folder.add("a.json", job("a") + "\nnonsense")
    let first = try collect(folder.path, into: database)
    #expect(first.findings == 1 && first.unreadable == 1)
    try folder.add("a.json", job("a") + "\n" + job("b"))
    let second = try collect(folder.path, into: database)
    #expect(second.files == 1 && second.findings == 0)
    // The finding about the old content is gone.
    #expect(try database.findings == [])
    #expect(try database.lines("SELECT count(*) FROM job") == ["2"])
  }

  @Test func gzipIsRecognisedByItsFirstBytes() throws {
    let folder = try TemporaryFolder()
    let database = try Database(path: ":memory:")
    try folder.add("a", packed + packed)
    try folder.add("b.json", job("b"))
    try folder.add("cut.gz", Array(packed.dropLast(12)))
    var damaged = packed
    damaged[20] ^= 0xff
    try folder.add("damaged.gz", damaged)
    try folder.add("empty.json", "")
    let summary = try collect(folder.path, into: database)
    #expect(summary.files == 5)
    let subjects = try database.lines("SELECT DISTINCT subject FROM collection_finding ORDER BY 1")
    #expect(subjects.map { $0.dropFirst(folder.path.count) } == ["/cut.gz", "/damaged.gz", "/empty.json"])
    #expect(
      try database.lines("SELECT message FROM collection_finding WHERE message LIKE 'gzip%' ORDER BY 1")
        == ["gzip breaks off", "gzip is damaged"])
  }

  @Test func billsAndFeedsAreLeftToTheImporter() throws {
    let folder = try TemporaryFolder()
    let database = try Database(path: ":memory:")
    try folder.add("cur.csv", "identity_line_item_id,bill_payer_account_id\nx,1\n")
    try folder.add("cur.tsv", "sep=\t\r\nidentity/LineItemId\tbill/PayerAccountId\r\nx\t1\r\n")
    try folder.add("feed.tsv", "#Version: 1.0\n#Fields: Timestamp UsageType\n2026-10-26 00:14:15 UTC\tEU\n")
    try folder.add("Manifest.json", "{\"exportName\":\"x\",\"dataFiles\":[\"s3://b/k\"],\"columns\":[]}")
    let summary = try collect(folder.path, into: database)
    #expect(summary.documents == [.billing: 3, .spotDataFeed: 1])
    #expect(try database.findings == [])
  }

  @Test func nothingToReadIsAnError() throws {
    let folder = try TemporaryFolder()
    let database = try Database(path: ":memory:")
    #expect(throws: CollectionError(path: folder.path, reason: "nothing here that batchcost can read")) {
      try collect(folder.path, into: database)
    }
    try folder.add("a.json", "nonsense")
    #expect(throws: CollectionError(path: "\(folder.path)/a.json", reason: "is not JSON, or is truncated (8 bytes)")) {
      try collect(folder.path, into: database)
    }
    #expect(throws: CollectionError(path: "/no/such/file", reason: "No such file or directory")) {
      try collect("/no/such/file", into: database)
    }
    // The readable file is kept beside the unreadable one.
    try folder.add("b.json", job("b"))
    #expect(try collect(folder.path, "/no/such/file", into: database).documents == [.jobs: 1])
    #expect(
      try database.lines("SELECT message FROM collection_finding WHERE subject = '/no/such/file'")
        == ["No such file or directory"])
  }

  @Test("An answer ending with a token has more pages; pages in the same file complete it")
  func missingPages() throws {
    let folder = try TemporaryFolder()
    let database = try Database(path: ":memory:")
    func page(_ id: String, _ token: String) -> String {
      #"{"jobs":[\#(job(id))],\#(token)}"#
    }
    try folder.add("first.json", page("a", #""nextToken":"abc""#))
    try folder.add("both.json", page("b", #""nextToken":"abc""#) + "\n" + #"{"jobs":[\#(job("c"))]}"#)
    try folder.add("list.json", "[" + page("d", #""nextToken":"abc""#) + "," + page("e", #""nextToken":null"#) + "]")
    try folder.add("last.json", page("f", #""nextToken":"""#))
    try folder.add("spot.json", #"{"SpotPriceHistory":[],"NextToken":"eyJ"}"#)
    _ = try collect(folder.path, into: database)
    let told = Self.morePages
    #expect(
      try database.lines("SELECT subject, check_name, severity, place, message FROM collection_finding ORDER BY 1").map
      {
        $0.dropFirst(folder.path.count)
      } == [
        "/first.json|missing-pages|warning|jobs|ends with a nextToken: \(told)",
        "/spot.json|missing-pages|warning|SpotPriceHistory|ends with a NextToken: \(told)",
      ])
    // Live, the next call fetches them.
    let live = try Database(path: ":memory:")
    try ingest([page("a", #""nextToken":"abc""#)], into: live)
    #expect(try live.findings == [])
  }

  private static let morePages =
    "the answer has more pages, which are neither in this file nor in one of the same name with another number. Collect "
    + "all of them: the AWS CLI saves them all without --max-items and --no-paginate"

  @Test("Pages in files with the same name but for a number complete one another, in any order of collection")
  func pagesInSeveralFiles() throws {
    let folder = try TemporaryFolder()
    func queues(_ region: String, _ token: String) -> String {
      #"{"jobQueues":[{"jobQueueName":"q","jobQueueArn":"arn:aws:batch:\#(region):111122223333:job-queue/q"}]\#(token)}"#
    }
    let next = #","nextToken":"abc""#
    // The second page is the last one; that of the other region is missing.
    let files = try [
      folder.add("queues-1.json", queues("eu-west-1", next)), folder.add("queues-2.json", queues("eu-west-1", "")),
      folder.add("queues-3.json", queues("us-east-1", next)),
      folder.add("prices.page1.json", #"{"PriceList":[],"NextToken":"x"}"#),
      folder.add("prices.page2.json", #"{"PriceList":[]}"#),
      folder.add("old/queues-2.json", queues("eu-west-1", next)), folder.add("types.json", queues("eu-west-1", next)),
    ]
    let told = ["old/queues-2.json", "queues-3.json", "types.json"].map {
      "\(folder.path)/\($0)|jobQueues|ends with a nextToken: \(Self.morePages)"
    }
    func findings(_ database: Database) throws -> [String] {
      try database.lines(
        "SELECT subject, place, message FROM collection_finding WHERE check_name = 'missing-pages' ORDER BY 1")
    }
    for order in [files, files.reversed()] {
      let database = try Database(path: ":memory:")
      for file in order { _ = try collect(file, into: database) }
      #expect(try findings(database) == told)
      // Again, unchanged.
      let summary = try collect(folder.path, into: database)
      #expect(summary.unchangedFiles == 7 && summary.findings == 3)
      #expect(try findings(database) == told)
    }
    let database = try Database(path: ":memory:")
    _ = try collect(folder.path, into: database)
    try folder.add("queues-2.json", queues("eu-west-1", next))
    _ = try collect(folder.path, into: database)
    #expect(try findings(database).count == 5)
  }

  @Test("What was understood, and holds nothing of use, is told by what it is")
  func nothingOfUse() throws {
    let folder = try TemporaryFolder()
    try folder.add(
      "usage.json",
      #"{"results":[[{"field":"TaskId","value":"t"},{"field":"max(MemoryUtilized)","value":"0"},{"field":"avg(CpuUtilized)","value":"0"}]],"status":"Complete"}"#
    )
    #expect(
      throws: CollectionError(
        path: "\(folder.path)/usage.json",
        reason: "results[0]: Container Insights reports 0 MiB of memory used, which is not a measurement: left out (1)")
    ) { try collect(folder.path, into: try Database(path: ":memory:")) }
  }

  @Test func filesLargerThanAWindow() throws {
    let folder = try TemporaryFolder()
    let lines = (0..<2000).map { job("j\($0)") }
    let path = try folder.add("a.jsonl", lines.joined(separator: "\n"))
    for size in [300, 1000, 65536] {
      let window = Window(try ByteInput(path: path), size: size, limit: 1 << 20)
      let reader = try DocumentReader(CollectionLimits())
      var page = Page()
      while true {
        let bytes = window.fill()
        reader.read(bytes, offset: window.offset, into: &page)
        if window.isEnd { break }
        window.drop(bytes.count)
      }
      #expect(page.documents == [.jobs: 2000])
      #expect(page.findings.isEmpty)
    }
  }

  @Test func findingsOfALargeFileAreLimited() throws {
    let folder = try TemporaryFolder()
    let path = try folder.add("a.jsonl", String(repeating: "{\"x\":1}\n", count: 3000) + job("a"))
    var pages = try FilePages(files: [path], known: [:], asOf: nil, limits: CollectionLimits(), pageBytes: 1000)
    var findings = 0
    while let page = try pages.next(reusing: nil) {
      if case .rows(let rows, _, _) = page.content {
        findings += rows.findings.list.count { $0.check == .unknownDocument }
      }
    }
    #expect(findings == 1000)
  }

  @Test func everyTableOfFactsCounts() throws {
    let database = try Database(path: ":memory:")
    let tables = try database.lines(
      "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'grdb_%'")
    let start = try #require(tables.firstIndex(of: "account_region"))
    let end = try #require(tables.firstIndex(of: "ledger_account"))
    #expect(Set(tables[start..<end]).subtracting(factTables) == ["collection_finding", "checkpoint"])
    let empty = try fingerprint(database)
    try ingest([job("a")], into: database)
    #expect(try fingerprint(database) != empty)
  }
}
