import Foundation

/// How often and how soon a request is sent again.
///
/// The SDKs' standard mode as of 2026 (50 ms after transient errors, 1 s after throttling, doubling, full jitter, at
/// most 20 s), with more attempts: a collector has time, and one lost page costs a whole run.
package struct RetryPolicy: Sendable {
  /// Attempts in total, including the first.
  package var maximumAttempts = 8
  /// Seconds after which a call is not retried, however few its attempts.
  var patience = 900.0
  var transientBase = 0.05
  var throttledBase = 1.0
  var maximumDelay = 20.0

  package init() {}

  /// Reads `AWS_MAX_ATTEMPTS`, then the profile's `max_attempts`.
  init(environment: Environment, profile: Profile?) {
    if let text = environment["AWS_MAX_ATTEMPTS"] ?? profile?["max_attempts"], let attempts = Int(text), attempts > 0 {
      maximumAttempts = attempts
    }
  }

  /// Seconds to wait after the `attempt`th attempt (from 1).
  ///
  /// What AWS asks for is respected within limits: `x-amz-retry-after` (milliseconds) up to 5 s beyond our own delay,
  /// `Retry-After` (seconds or a date) up to a minute.
  func delay(
    after attempt: Int, _ reason: RetryReason, response: HTTPResponse?, random: Double, now: Date
  ) -> Double {
    let base = reason == .throttled ? throttledBase : transientBase
    let own = random * min(maximumDelay, base * pow(2, Double(attempt - 1)))
    if let text = response?[header: "x-amz-retry-after"], let milliseconds = Double(text), milliseconds >= 0 {
      return min(max(own, milliseconds / 1000), own + 5)
    }
    if let text = response?[header: "retry-after"] {
      let asked = Double(text) ?? HTTPDate.parse(text)?.timeIntervalSince(now) ?? 0
      return max(own, min(asked, 60))
    }
    return own
  }
}
