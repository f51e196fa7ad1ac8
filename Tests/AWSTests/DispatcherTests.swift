import Foundation
import Synchronization
import TestSupport
import Testing

@testable import AWS

/// Retries and pacing, on a fake clock.
@Suite struct DispatcherTests {
  private func client(_ clock: FakeClock, _ transport: FakeTransport) throws -> AWSClient {
    // Any host but this machine: requests to localhost are not paced.
    try AWSSession(environment: environment("http://aws.test"), transport: transport, timing: clock.timing).client()
  }

  @Test func givesUpAfterEightAttempts() async throws {
    let clock = FakeClock(random: 1)
    let transport = FakeTransport { _ in HTTPResponse(status: 503) }
    let error = await #expect(throws: AWSError.self) {
      try await client(clock, transport).send(CloudWatch.listMetrics(namespace: "n"))
    }
    #expect(error?.kind == .service(code: "HTTP 503"))
    #expect(error?.what == "HTTP 503 (after 8 attempts)")
    #expect(transport.log.count == 8)
    let delays = clock.sleeps.filter { $0 > 0.045 }
    #expect(zip(delays, [0.05, 0.1, 0.2, 0.4, 0.8, 1.6, 3.2]).allSatisfy { abs($0 - $1) < 1e-6 })
  }

  /// AWS asks for a minute's pause each time; the call fails after a quarter of an hour.
  @Test func givesUpAfterAQuarterOfAnHour() async throws {
    let clock = FakeClock(random: 1)
    let transport = FakeTransport { _ in HTTPResponse(status: 503, headers: [.init("Retry-After", "60")]) }
    let variables = environment("http://aws.test", ["AWS_MAX_ATTEMPTS": "100"])
    let client = try AWSSession(environment: variables, transport: transport, timing: clock.timing).client()
    let start = clock.now
    await #expect(throws: AWSError.self) { try await client.send(CloudWatch.listMetrics(namespace: "n")) }
    #expect((900..<1000).contains(clock.now.timeIntervalSince(start)))
    #expect(transport.log.count == 16)
  }

  @Test func aWebPageIsRecognised() async throws {
    let page = Array("\n<!DOCTYPE html><html><body>Please log in</body></html>".utf8)
    let transport = FakeTransport { _ in HTTPResponse(status: 200, body: page) }
    let error = await #expect(throws: AWSError.self) {
      try await client(FakeClock(), transport).send(Batch.describeJobs(["a"]))
    }
    #expect(error?.kind == .unreadable)
    #expect(error?.what.hasPrefix("a web page came in place of the answer") == true)
    #expect(error?.remedy == "check the proxy, and whether this network asks for a login first")
  }

  @Test func aRedirectIsAnError() async throws {
    let transport = FakeTransport { _ in HTTPResponse(status: 302, headers: [.init("Location", "http://evil.test/")]) }
    let error = await #expect(throws: AWSError.self) {
      try await client(FakeClock(), transport).send(Batch.describeJobs(["a"]))
    }
    #expect(
      error?.description
        == "Batch DescribeJobs in us-east-1: HTTP 302; AWS does not redirect: check the endpoint and the proxy")
    #expect(transport.log.count == 1)
  }

  @Test func everyAttemptIsSignedAgain() async throws {
    let clock = FakeClock(random: 1)
    let transport = FakeTransport { _ in HTTPResponse(status: 500) }
    _ = try? await client(clock, transport).send(ECS.listTasks(cluster: "c"))
    let times = Set(transport.log.compactMap { $0.headers.first { $0.name == "X-Amz-Date" }?.value })
    #expect(times.count > 3)
  }

  @Test func aTruncatedAnswerIsRetried() async throws {
    let clock = FakeClock()
    let count = Mutex(0)
    let transport = FakeTransport { _ in
      let number = count.withLock { count in
        count += 1
        return count
      }
      return HTTPResponse(status: 200, body: Array((number < 3 ? "{\"jobs\":[{\"a\":1" : "{\"jobs\":[]}").utf8))
    }
    let answer = try await client(clock, transport).send(Batch.describeJobs(["a"]))
    #expect(answer.text == "{\"jobs\":[]}")
    #expect(transport.log.count == 3)
  }

  @Test func certificateErrorsAreNotRetried() async throws {
    let transport = FakeTransport { (_) throws(TransportError) in throw TransportError(.untrusted, "self-signed") }
    let error = await #expect(throws: AWSError.self) {
      try await client(FakeClock(), transport).send(Batch.describeJobs(["a"]))
    }
    #expect(error?.kind == .transport(.untrusted))
    #expect(transport.log.count == 1)
  }

  @Test func requestsRespectTheCeiling() async throws {
    let clock = FakeClock()
    let transport = FakeTransport { _ in HTTPResponse(status: 200, body: Array("{}".utf8)) }
    let client = try client(clock, transport)
    let call = CloudTrail.lookupEvents(attribute: ("EventName", "RunInstances"), start: 0, end: 1)
    let start = clock.now
    for _ in 0..<11 { _ = try await client.send(call) }
    // Two a second: eleven requests leave ten gaps.
    #expect(abs(clock.now.timeIntervalSince(start) - 5) < 1e-6)
  }

  @Test func throttlingSlowsOneServiceInOneRegionAndItRecovers() {
    let pacer = Pacer()
    let lane = Pacer.Lane(quota: "Batch", region: "us-east-1")
    let other = Pacer.Lane(quota: "Batch", region: "eu-west-1")
    var now = Date(timeIntervalSince1970: 1_792_369_199)
    for _ in 0..<20 { now += pacer.reserve(lane, ceiling: 10, now: now) }
    pacer.throttled(lane, ceiling: 10, now: now)
    pacer.throttled(lane, ceiling: 10, now: now)  // the same burst
    #expect(abs((pacer.rate(lane, now: now) ?? 0) - 7) < 1e-6)
    #expect(pacer.rate(other, now: now) == nil)
    // CUBIC is back at the throttled rate after cbrt(10 × 0.3 / 0.4) ≈ 1.96 s.
    #expect(abs((pacer.rate(lane, now: now + 1.957) ?? 0) - 10) < 0.01)
    _ = pacer.reserve(lane, ceiling: 10, now: now + 5)
    #expect(pacer.rate(lane, now: now + 5) == nil)
  }

  @Test func lastingThrottlingNeverStopsCompletely() {
    let pacer = Pacer()
    let lane = Pacer.Lane(quota: "Batch", region: "us-east-1")
    var now = Date(timeIntervalSince1970: 0)
    for _ in 0..<100 {
      now += max(1, pacer.reserve(lane, ceiling: 10, now: now))
      pacer.throttled(lane, ceiling: 10, now: now)
    }
    #expect((pacer.rate(lane, now: now) ?? 0) >= 0.5)
  }

  @Test func theLogCounts() async throws {
    let clock = FakeClock()
    let transport = FakeTransport { _ in HTTPResponse(status: 200, body: Array("{\"a\":1}".utf8)) }
    let client = try client(clock, transport)
    for _ in 0..<3 { _ = try await client.send(Batch.describeJobs(["a"])) }
    let entry = client.log[Batch.describeJobsOperation]
    #expect(entry.requests == 3 && entry.retries == 0 && entry.bytes == 21)
    #expect(client.log.entries.map(\.operation.description) == ["Batch DescribeJobs"])
  }
}
