import Foundation
import Testing

@testable import AWS

@Suite struct RetryTests {
  /// 50 ms after transient errors and 1 s after throttling, doubled each time, at most 20 s, times a random factor: AWS
  /// SDKs reference guide, "Retry behavior" (2026).
  @Test(arguments: [
    (1, RetryReason.transient, 1.0, 0.05), (2, .transient, 1, 0.1), (8, .transient, 1, 6.4), (12, .transient, 1, 20),
    (1, .throttled, 1, 1), (4, .throttled, 0.5, 4), (9, .throttled, 1, 20), (3, .throttled, 0, 0),
  ])
  func waitsDoubleWithFullJitter(attempt: Int, reason: RetryReason, random: Double, expected: Double) {
    let delay = RetryPolicy().delay(after: attempt, reason, response: nil, random: random, now: .distantPast)
    #expect(abs(delay - expected) < 1e-9)
  }

  @Test(arguments: [
    ("x-amz-retry-after", "1500", 1.5), ("x-amz-retry-after", "90000", 5.05), ("x-amz-retry-after", "10", 0.05),
    ("Retry-After", "7", 7), ("Retry-After", "3600", 60), ("Retry-After", "nonsense", 0.05),
    ("Retry-After", "Sun, 22 Nov 2026 00:00:09 GMT", 9), ("Retry-After", "Sat, 21 Nov 2026 00:00:00 GMT", 0.05),
  ])
  func retryAfterIsFollowedWithinBounds(header: String, value: String, expected: Double) throws {
    let now = try #require(UTC.parseISO8601("2026-11-22T00:00:00Z"))
    let response = HTTPResponse(status: 503, headers: [.init(header, value)])
    let delay = RetryPolicy().delay(after: 1, .transient, response: response, random: 1, now: now)
    #expect(abs(delay - expected) < 1e-9)
  }

  /// 500 tokens: a transient retry costs 14, a throttled one 5; success refunds the last cost.
  @Test func theBudgetEndsRetriesAndRefills() {
    let budget = RetryBudget()
    #expect((0..<35).allSatisfy { _ in budget.spend(.transient) })
    #expect(!budget.spend(.transient))
    #expect(budget.spend(.throttled))
    #expect(budget.spend(.throttled))
    #expect(!budget.spend(.throttled))
    budget.succeeded(lastRetry: .transient)
    #expect(budget.spend(.transient))
    for _ in 0..<5 { budget.succeeded(lastRetry: nil) }
    #expect(budget.spend(.throttled))
    #expect(!budget.spend(.throttled))
  }

  @Test(arguments: [
    ("RequestLimitExceeded", 503, Verdict.retry(.throttled)), ("SlowDown", 503, .retry(.throttled)),
    ("ThrottlingException", 400, .retry(.throttled)), ("TooManyRequestsException", 429, .retry(.throttled)),
    ("Whatever", 429, .retry(.throttled)), ("InternalError", 400, .retry(.transient)),
    ("Whatever", 502, .retry(.transient)), ("ExpiredTokenException", 400, .refreshCredentials),
    ("RequestExpired", 400, .refreshCredentials), ("ValidationException", 400, .giveUp),
    ("AccessDenied", 403, .giveUp), ("NotImplemented", 501, .giveUp), ("SignatureDoesNotMatch", 403, .giveUp),
  ])
  func theErrorCodeTakesPrecedenceOverTheStatus(code: String, status: Int, verdict: Verdict) {
    let response = HTTPResponse(status: status, body: Array("{\"__type\":\"a.b#\(code)\"}".utf8))
    #expect(Verdict(ServiceFailure(response), response, now: Date(), skew: 0) == verdict)
  }

  @Test func aCorrectClockIsNotBlamed() throws {
    let now = try #require(UTC.parseISO8601("2026-11-22T00:10:00Z"))
    func verdict(_ date: String) -> Verdict {
      let body = Array("{\"__type\":\"InvalidSignatureException\"}".utf8)
      let response = HTTPResponse(status: 403, headers: [.init("Date", date)], body: body)
      return Verdict(ServiceFailure(response), response, now: now, skew: 0)
    }
    #expect(verdict("Sun, 22 Nov 2026 00:12:00 GMT") == .giveUp)
    #expect(verdict("Sun, 22 Nov 2026 00:20:00 GMT") == .correctClock(600))
    #expect(verdict("Sun, 22 Nov 2026 00:00:00 GMT") == .correctClock(-600))
  }

  @Test(arguments: [
    (
      "<Response><Errors><Error><Code>RequestLimitExceeded</Code><Message>m</Message></Error></Errors></Response>",
      "RequestLimitExceeded"
    ),
    ("<ErrorResponse><Error><Code>Throttling</Code><Message>m</Message></Error></ErrorResponse>", "Throttling"),
    ("<Error><Code>NoSuchKey</Code><Message>m</Message></Error>", "NoSuchKey"),
    ("{\"__type\":\"com.amazon.coral.service#AccessDeniedException\",\"Message\":\"m\"}", "AccessDeniedException"),
    ("{\"code\":\"ServerException\",\"message\":\"m\"}", "ServerException"),
    ("<html>Bad Gateway", "HTTP 502"), ("", "HTTP 502"), ("{\"oops", "HTTP 502"),
  ])
  func errorCodesAreReadInEveryProtocol(body: String, code: String) {
    #expect(ServiceFailure(HTTPResponse(status: 502, body: Array(body.utf8))).code == code)
  }

  /// When a signature does not match, AWS repeats the canonical request, session token included.
  @Test(arguments: ["\\n", " "])
  func messagesDoNotRepeatSecrets(lineBreak: String) {
    let message =
      "The request signature we calculated does not match. The Canonical String for this request should have been "
      + "'POST\(lineBreak)/\(lineBreak)x-amz-security-token:SECRET'"
    let body = Array("{\"__type\":\"SignatureDoesNotMatch\",\"message\":\"\(message)\"}".utf8)
    let failure = ServiceFailure(HTTPResponse(status: 403, body: body))
    let error = AWSError(failure, Batch.listJobsOperation, attempts: 1, at: "here")
    #expect(!error.description.contains("SECRET"))
    #expect(error.description.contains("does not match"))
  }
}
