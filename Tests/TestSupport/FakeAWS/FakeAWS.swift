import FlyingFox
import FlyingSocks
import Foundation
import Synchronization

/// AWS on a port of this machine: checks signatures, has faults, and answers from the world that its handlers make up.
///
/// ```swift
/// let aws = FakeAWS(handlers: [FakeOperation("batch", "DescribeJobQueues") { _ in .json("{\"jobQueues\":[]}") }])
/// try await aws.run { url in /* AWS_ENDPOINT_URL=url; keys: FakeKeyring.accessKeyID, .secretAccessKey */ }
/// #expect(aws.log.map(\.operation) == ["DescribeJobQueues"])
/// ```
package final class FakeAWS: Sendable {
  package let keyring: FakeKeyring
  private let handlers: [any FakeHandler]
  private let dealer: FakeFaultDealer
  private let checksSignatures: Bool
  private let clockOffset: Double
  private let requests = Mutex<[FakeRequest]>([])

  /// - Parameters:
  ///   - handlers: asked in order; the first answer counts. STS answers after them.
  ///   - checksSignatures: off for metadata services, which have none.
  ///   - clockOffset: seconds by which this AWS is ahead of the machine's clock.
  package init(
    handlers: [any FakeHandler] = [], faults: FakeFaults = .none, keyring: FakeKeyring = FakeKeyring(),
    checksSignatures: Bool = true, clockOffset: Double = 0
  ) {
    self.keyring = keyring
    self.handlers = handlers + [FakeSTS(keyring)]
    dealer = FakeFaultDealer(faults)
    self.checksSignatures = checksSignatures
    self.clockOffset = clockOffset
  }

  /// Every request so far, refused ones included, in order of arrival.
  package var log: [FakeRequest] { requests.withLock { $0 } }

  /// Serves while `body` runs; `url` is `http://127.0.0.1:port`.
  package func run<Result: Sendable>(
    _ body: @Sendable (_ url: String) async throws -> Result
  ) async throws -> Result {
    let server = HTTPServer(
      address: try .inet(ip4: "127.0.0.1", port: 0), timeout: 3600, pool: PromptSockets(), logger: .disabled,
      handler: ClosureHTTPHandler { [self] in try await respond($0) })
    let serving = Task { try await server.run() }
    defer { serving.cancel() }
    try await server.waitUntilListening(timeout: 600)
    guard case .ip4(_, let port)? = await server.listeningAddress else { throw SocketError.unsupportedAddress }
    return try await body("http://127.0.0.1:\(port)")
  }

  private func respond(_ incoming: HTTPRequest) async throws -> HTTPResponse {
    var headers: [String: String] = [:]
    for (name, value) in incoming.headers { headers[name.rawValue.lowercased()] = value }
    let request = FakeRequest(
      method: incoming.method.rawValue, rawPath: incoming.target.path(), rawQuery: incoming.target.query(),
      headers: headers, body: [UInt8](try await incoming.bodyData),
      connection: incoming.remoteAddress.map { "\($0)" } ?? "")
    requests.withLock { $0.append(request) }
    let now = Date(timeIntervalSinceNow: clockOffset)
    if checksSignatures, let refusal = FakeSignatureCheck(keyring: keyring, now: now).refusal(request) {
      return whole(refusal, now)
    }
    switch dealer.next(request.operation) {
    case nil: return whole(await answer(request), now)
    case .throttle: return whole(.throttle(for: request), now)
    case .serverError: return whole(.error("InternalError", "try again", status: 500, for: request), now)
    case .answer(let answer): return whole(answer, now)
    case .expiredToken:
      if let id = request.accessKeyID { keyring.expire(id) }
      return whole(.error("ExpiredTokenException", "The security token has expired", status: 400, for: request), now)
    case .slow(let seconds):
      try await Task.sleep(for: .seconds(seconds))
      return whole(await answer(request), now)
    case .revoked:
      if let id = request.accessKeyID { keyring.revoke(id) }
      let refusal = FakeSignatureCheck(keyring: keyring, now: now).refusal(request)
      return whole(refusal ?? .error("AccessDenied", "unsigned", status: 403, for: request), now)
    case .html(let status):
      let page = "<!DOCTYPE html>\n<html><head><title>Sign in</title></head><body>Please log in.</body></html>"
      return whole(FakeAnswer(status: status, headers: ["Content-Type": "text/html"], body: Array(page.utf8)), now)
    case .redirect(let status):
      return whole(FakeAnswer(status: status, headers: ["Location": "http://127.0.0.1:1/elsewhere"]), now)
    case .drip(let seconds):
      let answer = await answer(request)
      var response = whole(answer, now)
      let body = HTTPBodySequence(
        from: Dripping(bytes: answer.body, seconds: seconds), count: answer.body.count, suggestedBufferSize: 1)
      response.payload = .httpBody(body)
      return response
    case .huge(let bytes, let isAnnounced):
      var response = whole(.json(""), now)
      let filler = Filler(count: bytes)
      response.payload = .httpBody(
        isAnnounced
          ? HTTPBodySequence(from: filler, count: bytes, suggestedBufferSize: 1 << 16)
          : HTTPBodySequence(from: filler, suggestedBufferSize: 1 << 16))
      return response
    case .truncate:
      let answer = await answer(request)
      var response = whole(answer, now)
      let body = HTTPBodySequence(from: CutShort(bytes: answer.body), count: answer.body.count)
      response.payload = .httpBody(body)
      return response
    case .close: return HTTPResponse(webSocket: HangUp())
    }
  }

  private func answer(_ request: FakeRequest) async -> FakeAnswer {
    for handler in handlers {
      if let answer = await handler.answer(request) { return answer }
    }
    return .error("UnknownOperationException", "no handler for \(request.operation)", status: 404, for: request)
  }

  private func whole(_ answer: FakeAnswer, _ now: Date) -> HTTPResponse {
    var headers = HTTPHeaders()
    for (name, value) in answer.headers { headers[HTTPHeader(name)] = value }
    headers[HTTPHeader("Date")] = httpDate(now)
    headers[HTTPHeader("x-amzn-RequestId")] = "fake"
    return HTTPResponse(
      statusCode: HTTPStatusCode(answer.status, phrase: "Fake"), headers: headers, body: Data(answer.body))
  }
}

private func httpDate(_ date: Date) -> String {
  let format = DateFormatter()
  format.locale = Locale(identifier: "en_US_POSIX")
  format.timeZone = TimeZone(identifier: "UTC")
  format.dateFormat = "EEE, dd MMM yyyy HH:mm:ss 'GMT'"
  return format.string(from: date)
}
