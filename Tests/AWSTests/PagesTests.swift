import Foundation
import Synchronization
import Testing

@testable import AWS

@Suite struct PagesTests {
  /// Sends the tokens one after another, whatever the request.
  private func client(_ tokens: [String?]) throws -> (AWSClient, FakeTransport) {
    let rest = Mutex(tokens[...])
    let transport = FakeTransport { _ in
      let token = rest.withLock { $0.popFirst() ?? nil }
      let field = token.map { "\"nextToken\": \"\($0)\", " } ?? ""
      return HTTPResponse(status: 200, body: Array("{\(field)\"jobSummaryList\": []}".utf8))
    }
    let session = try AWSSession(
      environment: environment("http://127.0.0.1:1"), transport: transport, timing: FakeClock().timing)
    return (try session.client(), transport)
  }

  private let call = Batch.listJobs(.queue("q"), .createdAfter(milliseconds: 1))

  private func count(_ tokens: [String?]) async throws -> Int {
    var count = 0
    for try await _ in try client(tokens).0.pages(of: call) { count += 1 }
    return count
  }

  @Test func anAbsentOrEmptyTokenEndsThePages() async throws {
    #expect(try await count(["a", "b", nil]) == 3)
    #expect(try await count(["a", "", "never"]) == 2)
    #expect(try await count([nil, "never"]) == 1)
  }

  @Test func tokensGoBackUnescapedAndParametersStay() async throws {
    let (client, transport) = try client(["a\\\"\\u002f\\n", nil])
    for try await _ in client.pages(of: call) {}
    #expect(
      transport.log.map { String(decoding: $0.body, as: UTF8.self) } == [
        "{\"jobQueue\":\"q\",\"filters\":[{\"name\":\"AFTER_CREATED_AT\",\"values\":[\"1\"]}],\"maxResults\":100}",
        "{\"jobQueue\":\"q\",\"filters\":[{\"name\":\"AFTER_CREATED_AT\",\"values\":[\"1\"]}],\"maxResults\":100,"
          + "\"nextToken\":\"a\\\"/\\u000a\"}",
      ])
  }

  @Test(arguments: [["a", "a", "a"], ["a", "b", "a", "b", "a", "b", "a"]])
  func repeatedTokensAreAnError(tokens: [String]) async throws {
    let (client, transport) = try client(tokens + Array(repeating: "a", count: 100))
    let error = await #expect(throws: AWSError.self) {
      for try await _ in client.pages(of: call) {}
    }
    #expect(error?.kind == .unreadable)
    #expect(transport.log.count < 10)
  }

  @Test func pagesWithoutEndAreAnError() async throws {
    let (client, transport) = try client((0..<1000).map { "t\($0)" })
    var pages = client.pages(of: call)
    #expect(pages.most == 100_000)
    pages.most = 50
    let endless = pages
    let error = await #expect(throws: AWSError.self) {
      for try await _ in endless {}
    }
    #expect(error?.description == "Batch ListJobs in us-east-1: there is no end to its pages: a next one after 50")
    #expect(transport.log.count == 50)
  }

  @Test func manyPagesAreNotACycle() async throws {
    #expect(try await count((0..<2000).map { "t\($0)" } + [nil]) == 2001)
  }

  @Test func pagesResumeAtAToken() async throws {
    let (client, transport) = try client([nil])
    for try await _ in client.pages(of: call, from: "kept") {}
    #expect(transport.log.count == 1)
    #expect(String(decoding: transport.log[0].body, as: UTF8.self).hasSuffix("\"nextToken\":\"kept\"}"))
  }

  @Test(arguments: [
    ("{}", nil), ("  {\"nextToken\" : \"a\"} ", "a"), ("{\"x\":{\"nextToken\":\"no\"},\"nextToken\":\"yes\"}", "yes"),
    ("{\"x\":[1,{\"y\":\"}\"}],\"nextToken\":null}", nil),
    ("{\"x\":\"\\\"nextToken\\\":\",\"nextToken\":\"t\\\\\"}", "t\\"),
    ("{\"nextToken\":\"\\ud83d\\ude00\",\"n\":-1.5e3,\"b\":true}", "😀"),
  ])
  func onlyOutermostTokensCount(document: String, token: String?) throws {
    #expect(try JSONScanner.string("nextToken", in: Array(document.utf8)) == token)
  }

  @Test func everyTruncationIsNoticed() throws {
    let document = Array("{\"a\":[{\"b\":\"c\\\"d\"},1.5,null],\"nextToken\":\"x\",\"z\":{\"y\":[]}}".utf8)
    for length in 0..<document.count {
      #expect(throws: JSONScanner.Malformed.self) {
        try JSONScanner.string("nextToken", in: Array(document[..<length]))
      }
    }
    #expect(try JSONScanner.string("nextToken", in: document) == "x")
  }
}
