import Domain
import Foundation
import Store
import TestSupport
import Testing

@testable import Accounting
@testable import Collect

/// The program against a misbehaving AWS, or a network in front of it: the right exit status and message, and the next
/// run ends with the files' ledger.
@Suite(.serialized) struct WireTests {
  private static let collect = [
    "collect", "--region", SampleAccount.region, "--as-of", "2026-11-02T05:20:00Z", "--events", SampleAccount.events,
  ]

  /// Collects from a healthy AWS into the tool's database, and compares.
  private func collectsTheSame(
    _ tool: Tool, sourceLocation: SourceLocation = #_sourceLocation
  ) async throws {
    let again = try await tool.run(Self.collect, name: "again")
    #expect(again.status == 0, "\(again.err)", sourceLocation: sourceLocation)
    let database = try Database(readingFrom: tool.database)
    #expect(try Ledger.fingerprint(database) == Fortnight.fingerprint(), sourceLocation: sourceLocation)
  }

  /// One bad run with faults at some operations, then a good one.
  private func check(
    _ scripts: [String: [FakeFault?]], handlers: [any FakeHandler] = [], status: Int32, says words: String...,
    sourceLocation: SourceLocation = #_sourceLocation
  ) async throws {
    let account = try SampleAccount.shared()
    let aws = FakeAWS(handlers: handlers + [account], faults: FakeFaults(scripts: scripts))
    let tool = try await aws.run { url in
      let tool = try Tool(url: url)
      let run = try await tool.run(Self.collect)
      #expect(run.status == status, "\(run.err)", sourceLocation: sourceLocation)
      for word in words { #expect(run.err.contains(word), "\(run.err)", sourceLocation: sourceLocation) }
      return tool
    }
    defer { tool.remove() }
    try await FakeAWS(handlers: [account]).run { url in
      let better = try Tool(url: url)
      defer { better.remove() }
      try FileManager.default.removeItem(at: better.folder)
      try FileManager.default.moveItem(at: tool.folder, to: better.folder)
      try await collectsTheSame(better, sourceLocation: sourceLocation)
    }
  }

  @Test("An occasional web page, and answers cut off, change nothing")
  func passingFaults() async throws {
    try await check(
      [
        "DescribeJobQueues": [.html(status: 200), .html(status: 502)],
        "DescribeJobs": [nil, .html(status: 200), .truncate],
        "DescribeInstances": [.close, .html(status: 503)], "GetProducts": [.serverError, nil, .throttle],
      ], status: 0)
  }

  @Test("A network that asks for a login")
  func portal() async throws {
    let pages = [FakeFault?](repeating: .html(status: 200), count: 100)
    try await check(
      ["DescribeJobQueues": pages], status: 1, says: "a web page came in place of the answer", "asks for a login first")
  }

  @Test func redirectsAreNotFollowed() async throws {
    let redirects = [FakeFault?](repeating: .redirect(status: 302), count: 100)
    try await check(
      ["DescribeComputeEnvironments": redirects], status: 1, says: "HTTP 302; AWS does not redirect")
  }

  @Test("Page tokens that go round in circles")
  func endless() async throws {
    let round = FakeOperation("batch", "ListJobs") { _ in .json(#"{"jobSummaryList":[],"nextToken":"again"}"#) }
    try await check([:], handlers: [round], status: 1, says: "the same page token came twice")
  }

  @Test("An oversized answer is refused")
  func huge() async throws {
    try await check(
      ["DescribeJobDefinitions": [.huge(bytes: 1 << 40, isAnnounced: false)]], status: 1,
      says: "the answer is larger than 33554432 bytes")
  }

  @Test("Keys deleted during a run: exit status 4, and valid keys continue it")
  func revoked() async throws {
    try await check(["DescribeJobs": [nil, nil, .revoked]], status: 4, says: "check the keys")
  }

  @Test("A clock an hour off, either way, changes nothing", arguments: [3600.0, -3600])
  func skewed(offset: Double) async throws {
    let aws = FakeAWS(handlers: [try SampleAccount.shared()], clockOffset: offset)
    try await aws.run { url in
      let tool = try Tool(url: url)
      defer { tool.remove() }
      try await collectsTheSame(tool)
    }
  }

  @Test("A certificate that nobody vouches for")
  func untrusted() async throws {
    try await withTLSServer { url, _ in
      let tool = try Tool(url: url)
      defer { tool.remove() }
      let run = try await tool.run(Self.collect)
      #expect(run.status == 1, "\(run.err)")
      #expect(run.err.contains("set AWS_CA_BUNDLE to the certificates that this network uses"), "\(run.err)")
    }
  }

  @Test("With nothing listening, it says so promptly")
  func refused() async throws {
    let tool = try Tool(url: "http://127.0.0.1:9")
    defer { tool.remove() }
    let run = try await tool.run(Self.collect)
    #expect(run.status == 1, "\(run.err)")
    #expect(run.err.contains("check the network, the proxy variables and the region's name"), "\(run.err)")
  }
}
