import Foundation
import Synchronization
import TestSupport
import Testing

@testable import AWS

@Suite struct TransportTests {
  private func get(_ url: String, path: String = "/", limits: HTTPRequest.Limits = .init()) throws -> HTTPRequest {
    var request = HTTPRequest(.get, try #require(Endpoint(url)), path: path)
    request.limits = limits
    return request
  }

  /// Answers every request, slowly, and knows how many it is answering at once.
  private final class Gauge: FakeHandler {
    let state = Mutex((now: 0, most: 0))
    func answer(_ request: FakeRequest) async -> FakeAnswer? {
      state.withLock { state in
        state.now += 1
        state.most = max(state.most, state.now)
      }
      try? await Task.sleep(for: .milliseconds(5))
      state.withLock { $0.now -= 1 }
      return FakeAnswer(body: Array("hello".utf8))
    }
  }

  @Test func connectionsAreReusedAndRequestsBounded() async throws {
    let gauge = Gauge()
    let one = FakeAWS(handlers: [gauge], checksSignatures: false)
    let two = FakeAWS(handlers: [gauge], checksSignatures: false)
    var options = TransportOptions()
    options.maximumInFlight = 3
    let transport = try CurlTransport(options: options)
    try await one.run { first in
      try await two.run { second in
        let requests = [try get(first), try get(second)]
        try await withThrowingTaskGroup(of: Void.self) { group in
          for number in 0..<100 {
            group.addTask {
              let response = try await transport.send(requests[number % 2])
              #expect(response.status == 200 && response.body == Array("hello".utf8))
              #expect(response[header: "X-Amzn-Requestid"] == "fake")
            }
          }
          try await group.waitForAll()
        }
      }
    }
    #expect(gauge.state.withLock { $0.most } <= 3)
    for server in [one, two] {
      #expect(server.log.count == 50)
      #expect(Set(server.log.map(\.connection)).count <= 3)
    }
  }

  private func failure(
    _ faults: [FakeFault], options: TransportOptions = TransportOptions(), limits: HTTPRequest.Limits = .init()
  ) async throws -> TransportError.Kind? {
    let aws = FakeAWS(
      handlers: [Gauge()], faults: FakeFaults(scripts: ["/": faults]), checksSignatures: false)
    return try await aws.run { url in
      let transport = try CurlTransport(options: options)
      let request = try get(url, limits: limits)
      do throws(TransportError) { _ = try await transport.send(request) } catch { return error.kind }
      return nil
    }
  }

  @Test func failuresAreToldApart() async throws {
    var impatient = TransportOptions()
    impatient.stallSeconds = 1
    #expect(try await failure([]) == nil)
    #expect(try await failure([.truncate]) == .interrupted)
    #expect(try await failure([.close]) == .interrupted)
    #expect(try await failure([], limits: .init(maximumBodyBytes: 4)) == .tooLarge)
    #expect(try await failure([.slow(seconds: 600)], limits: .init(seconds: 0.1)) == .timedOut)
    #expect(try await failure([.slow(seconds: 600)], options: impatient) == .timedOut)
  }

  /// The limit holds for a trickle of bytes, for a flood of them, and for endless headers.
  @Test func answersHaveAnOverallLimit() async throws {
    let hour = FakeFault.drip(seconds: 600)
    #expect(try await failure([hour], limits: .init(seconds: 0.5)) == .timedOut)
    let eight = HTTPRequest.Limits(maximumBodyBytes: 8 << 20)
    for isAnnounced in [true, false] {
      #expect(try await failure([.huge(bytes: 8 << 20, isAnnounced: isAnnounced)], limits: eight) == nil)
      #expect(try await failure([.huge(bytes: 8 << 20 + 1, isAnnounced: isAnnounced)], limits: eight) == .tooLarge)
      #expect(try await failure([.huge(bytes: 1 << 40, isAnnounced: isAnnounced)], limits: eight) == .tooLarge)
    }
    let headers = Dictionary(uniqueKeysWithValues: (0..<300).map { ("X-\($0)", String(repeating: "x", count: 8000)) })
    #expect(try await failure([.answer(FakeAnswer(headers: headers))]) == .tooLarge)
  }

  @Test func limitsHoldForEveryCall() {
    #expect(Batch.describeJobsOperation.limits == .init(seconds: 300, maximumBodyBytes: 32 << 20))
    #expect(S3.getObjectOperation.limits == .init(seconds: 1800, maximumBodyBytes: 256 << 20))
  }

  @Test func aRefusedConnectionIsReported() async throws {
    let transport = try CurlTransport()
    let request = try get("http://127.0.0.1:1")
    let error = await #expect(throws: TransportError.self) { try await transport.send(request) }
    #expect(error?.kind == .noConnection)
  }

  @Test func lineBreaksDoNotGetIntoHeaders() async throws {
    let transport = try CurlTransport()
    var request = try get("http://127.0.0.1:1")
    request.setHeader("X-Token", "a\r\nEvil: b")
    let bad = request
    let error = await #expect(throws: TransportError.self) { try await transport.send(bad) }
    #expect(error?.kind == .unsendable)
  }

  @Test func redirectsAreAnswers() async throws {
    let redirect = FakeAnswer(status: 302, headers: ["Location": "http://127.0.0.1:1/"])
    let aws = FakeAWS(faults: FakeFaults(scripts: ["/": [.answer(redirect)]]), checksSignatures: false)
    try await aws.run { url in
      let request = try get(url)
      let transport = try CurlTransport()
      let response = try await transport.send(request)
      #expect(response.status == 302)
    }
  }

  @Test func aTransportCanBeDroppedAfterUse() async throws {
    let aws = FakeAWS(handlers: [Gauge()], checksSignatures: false)
    try await aws.run { url in
      let request = try get(url)
      for _ in 0..<20 {
        let transport = try CurlTransport()
        let response = try await transport.send(request)
        #expect(response.status == 200)
      }
    }
  }

  /// Each request is cancelled while the transport collects the cancelled ones; it must not lose any.
  @Test func everyCancelledRequestIsAnswered() async throws {
    let aws = FakeAWS(faults: FakeFaults(shares: [(.slow(seconds: 600), 1)]), checksSignatures: false)
    try await aws.run { url in
      var options = TransportOptions()
      options.maximumInFlight = 1
      let transport = try CurlTransport(options: options)
      let request = try get(url)
      for _ in 0..<20 {
        let tasks = (0..<300).map { _ in
          Task { () throws(TransportError) in try await transport.send(request) }
        }
        await Task.yield()
        let stopping = Task.detached { for task in tasks { task.cancel() } }
        for task in tasks {
          await #expect(throws: TransportError.self) { try await task.value }
        }
        await stopping.value
      }
    }
  }

  @Test func proxiesComeFromTheVariablesButNotForThisMachine() async throws {
    let aws = FakeAWS(handlers: [Gauge()], checksSignatures: false)
    try await aws.run { url in
      let options = TransportOptions(environment: ["http_proxy": url, "NO_PROXY": "direct.test"])
      let transport = try CurlTransport(options: options)
      let throughProxy = try get("http://far.test", path: "/far")
      #expect(try await transport.send(throughProxy).status == 200)
      let direct = try get("http://direct.test", path: "/direct")
      await #expect(throws: TransportError.self) { try await transport.send(direct) }
      let metadata = try get("http://far.test", limits: .init(seconds: 2, bypassesProxy: true))
      await #expect(throws: TransportError.self) { try await transport.send(metadata) }
    }
    #expect(aws.log.count == 1)
    #expect(aws.log[0].headers["host"] == "far.test")
  }

  @Test func theVariablesOfProxiesAndCertificates() {
    let options = TransportOptions(
      environment: [
        "HTTPS_PROXY": "p", "HTTP_PROXY": "ignored", "no_proxy": "n", "AWS_CA_BUNDLE": "a", "SSL_CERT_FILE": "s",
      ])
    #expect(options.httpsProxy == "p" && options.httpProxy == nil && options.noProxy == "n" && options.caFile == "a")
    #expect(TransportOptions(environment: ["SSL_CERT_FILE": "s"], profileCABundle: "c").caFile == "c")
    #expect(TransportOptions(environment: ["SSL_CERT_FILE": "s", "CURL_CA_BUNDLE": "u"]).caFile == "u")
    #expect(TransportOptions(environment: ["ALL_PROXY": "x"]).httpsProxy == "x")
  }

  @Test func certificatesAreVerified() async throws {
    try await withTLSServer { url, certificate in
      let request = try get(url)
      func kind(_ environment: Environment) async throws -> TransportError.Kind? {
        let transport = try CurlTransport(options: TransportOptions(environment: environment))
        do throws(TransportError) {
          return try await transport.send(request).status == 200 ? nil : .unsendable
        } catch {
          return error.kind
        }
      }
      #expect(try await kind([:]) == .untrusted)
      #expect(try await kind(["AWS_CA_BUNDLE": certificate]) == nil)
      #expect(try await kind(["CURL_CA_BUNDLE": certificate]) == nil)
      #expect(try await kind(["AWS_CA_BUNDLE": "/nonexistent"]) == .untrusted)
    }
  }
}
