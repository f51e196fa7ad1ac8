import Foundation
import Synchronization

/// Sends a request until it succeeds or retrying is pointless: pacing, retries, clock correction. Shared by the clients
/// of one account.
struct Dispatcher: Sendable {
  let transport: any HTTPTransport
  let timing: Timing
  let policy: RetryPolicy
  let log: CallLog
  let budget = RetryBudget()
  let pacer = Pacer()
  let clock = ClockSkew()
  /// From the last answer with a time, whether or not requests are signed with it.
  let measured = ClockSkew()

  /// One kind of request, as its sender needs it.
  struct Errand<Result: Sendable>: Sendable {
    let operation: Operation
    let region: String
    /// The region whose quota it counts against: not always the region of the request.
    var quotaRegion: String?
    /// Counts against no quota: a server on this machine.
    var isUnpaced = false
    /// Makes and signs the request for that time (AWS's time, as far as it is known).
    let request: @Sendable (Date) async throws(AWSError) -> HTTPRequest
    /// Drops credentials that AWS reported as expired; false if there are none to renew.
    var renewCredentials: @Sendable () async -> Bool = { false }
    /// Reads an answer; nil if it is truncated or does not follow the protocol in some other way.
    let read: @Sendable (HTTPResponse) -> Result?

    var place: String { "\(operation.description) in \(region)" }
    var ceiling: Double { operation.service.requestsPerSecond ?? .infinity }
    var lane: Pacer.Lane { Pacer.Lane(quota: operation.quota, region: quotaRegion ?? region) }
  }

  func run<Result: Sendable>(_ errand: Errand<Result>) async throws(AWSError) -> Result {
    var attempt = 1
    var lastRetry: RetryReason?
    var hasRenewed = false
    var hasCorrected = false
    let began = timing.now()
    while true {
      try await pace(errand)
      let outcome = await self.attempt(errand, number: attempt)
      switch outcome {
      case .answer(let result):
        budget.succeeded(lastRetry: lastRetry)
        return result
      case .failure(let error, let verdict, let response):
        switch verdict {
        case .giveUp: throw error
        case .redirect(let region):
          throw AWSError(.elsewhere(region: region), "the bucket is in \(region)", at: errand.place)
        case .correctClock(let skew):
          if hasCorrected { throw error }
          hasCorrected = true
          clock.set(skew)
        case .refreshCredentials:
          if hasRenewed { throw error }
          hasRenewed = true
          guard await errand.renewCredentials() else { throw error }
        case .retry(let reason):
          if reason == .throttled {
            log.update(errand.operation) { $0.throttles += 1 }
            if !errand.isUnpaced { pacer.throttled(errand.lane, ceiling: errand.ceiling, now: timing.now()) }
          }
          guard attempt < policy.maximumAttempts, timing.now().timeIntervalSince(began) < policy.patience,
            budget.spend(reason)
          else { throw error }
          lastRetry = reason
          let delay = policy.delay(
            after: attempt, reason, response: response, random: timing.random(), now: timing.now())
          try await hold(delay, errand)
        }
        log.update(errand.operation) { $0.retries += 1 }
        attempt += 1
      }
    }
  }

  private enum Outcome<Result: Sendable> {
    case answer(Result)
    case failure(AWSError, Verdict, HTTPResponse?)
  }

  private func attempt<Result: Sendable>(_ errand: Errand<Result>, number: Int) async -> Outcome<Result> {
    let request: HTTPRequest
    do { request = try await errand.request(timing.now().addingTimeInterval(clock.seconds)) } catch {
      return .failure(error, .giveUp, nil)
    }
    let start = timing.now()
    let sent: Swift.Result<HTTPResponse, TransportError>
    do { sent = .success(try await transport.send(request)) } catch { sent = .failure(error) }
    let (now, bytes) = (timing.now(), (try? sent.get().body.count) ?? 0)
    log.update(errand.operation) {
      $0.requests += 1
      $0.waitingSeconds += now.timeIntervalSince(start)
      $0.bytes += bytes
    }
    if let skew = try? Verdict.skew(sent.get(), now: now) { measured.set(skew) }
    switch sent {
    case .failure(let error):
      return .failure(
        AWSError(error, attempts: number, endpoint: request.endpoint, at: errand.place),
        error.isTransient ? .retry(.transient) : .giveUp, nil)
    case .success(let response) where (200..<300).contains(response.status):
      if let result = errand.read(response) { return .answer(result) }
      let what = response.isHTML ? "a web page came in place of the answer" : "the answer is incomplete or malformed"
      let error = AWSError(
        .unreadable, "\(what) (\(response.body.count) bytes, attempt \(number))", at: errand.place,
        remedy: response.isHTML ? "check the proxy, and whether this network asks for a login first" : nil)
      return .failure(error, .retry(.transient), response)
    case .success(let response):
      let failure = ServiceFailure(response)
      return .failure(
        AWSError(failure, errand.operation, attempts: number, at: errand.place),
        Verdict(failure, response, now: now, skew: clock.seconds), response)
    }
  }

  private func pace<Result: Sendable>(_ errand: Errand<Result>) async throws(AWSError) {
    let wait = errand.isUnpaced ? 0 : pacer.reserve(errand.lane, ceiling: errand.ceiling, now: timing.now())
    try await hold(wait, errand)
  }

  private func hold<Result: Sendable>(_ seconds: Double, _ errand: Errand<Result>) async throws(AWSError) {
    if seconds > 0 {
      log.update(errand.operation) { $0.heldSeconds += seconds }
      do { try await timing.sleep(seconds) } catch { throw AWSError(.cancelled, "cancelled", at: errand.place) }
    }
    if Task.isCancelled { throw AWSError(.cancelled, "cancelled", at: errand.place) }
  }
}

/// How many seconds AWS's clock is ahead of ours, from its answers.
final class ClockSkew: Sendable {
  private let offset = Mutex<Double?>(nil)
  var seconds: Double { known ?? 0 }
  /// Nil before the first answer with a time.
  var known: Double? { offset.withLock { $0 } }
  func set(_ seconds: Double) { offset.withLock { $0 = seconds } }
}
