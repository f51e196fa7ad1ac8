import Foundation

/// What to do after a failed attempt.
enum Verdict: Sendable, Equatable {
  case giveUp
  case retry(RetryReason)
  /// The keys expired early.
  case refreshCredentials
  /// Our clock is wrong: AWS's is that many seconds ahead.
  case correctClock(Double)
  /// The bucket is in another region.
  case redirect(region: String)
}

enum RetryReason: Sendable, Equatable { case transient, throttled }

extension Verdict {
  /// - Parameter skew: how far ahead AWS's clock is, as far as known before this answer.
  init(_ failure: ServiceFailure, _ response: HTTPResponse, now: Date, skew: Double) {
    // The code is more specific than the status: EC2 throttles with a 503.
    if Self.throttling.contains(failure.code) {
      self = .retry(.throttled)
    } else if Self.aboutTime.contains(failure.code), let measured = Self.skew(response, now: now),
      abs(measured - skew) > 240
    {
      self = .correctClock(measured)
    } else if Self.expired.contains(failure.code) {
      self = .refreshCredentials
    } else if let region = failure.bucketRegion, Self.misplaced.contains(failure.code) {
      self = .redirect(region: region)
    } else if Self.transient.contains(failure.code) {
      self = .retry(.transient)
    } else {
      switch response.status {
      case 429: self = .retry(.throttled)
      case 500, 502, 503, 504: self = .retry(.transient)
      default: self = .giveUp
      }
    }
  }

  /// How many seconds AWS's clock is ahead of ours; nil if the answer has no time.
  static func skew(_ response: HTTPResponse, now: Date) -> Double? {
    response[header: "date"].flatMap(HTTPDate.parse)?.timeIntervalSince(now)
  }

  static let throttling: Set<String> = [
    "Throttling", "ThrottlingException", "ThrottledException", "RequestThrottledException", "RequestThrottled",
    "TooManyRequestsException", "ProvisionedThroughputExceededException", "TransactionInProgressException",
    "RequestLimitExceeded", "BandwidthLimitExceeded", "LimitExceededException", "SlowDown", "PriorRequestNotComplete",
    "EC2ThrottledException",
  ]

  private static let transient: Set<String> = [
    "RequestTimeout", "RequestTimeoutException", "InternalError", "InternalFailure", "InternalServerError",
    "ServiceUnavailable", "ServiceUnavailableException", "IDPCommunicationError", "Unavailable",
  ]

  private static let expired: Set<String> = ["ExpiredToken", "ExpiredTokenException", "RequestExpired"]

  private static let aboutTime: Set<String> = [
    "RequestTimeTooSkewed", "RequestExpired", "RequestInTheFuture", "InvalidSignatureException",
    "SignatureDoesNotMatch", "AuthFailure",
  ]

  private static let misplaced: Set<String> = [
    "PermanentRedirect", "TemporaryRedirect", "AuthorizationHeaderMalformed", "IllegalLocationConstraintException",
    "HTTP 301", "HTTP 307",
  ]
}
