import Foundation
import Synchronization

/// Spaces the requests to one service, or one of its operations, in one region: at its ceiling normally, more slowly
/// after throttling, then faster again.
///
/// Slowing and recovery follow CUBIC, as the SDKs' adaptive mode does: 70 % of the throttled rate, back to that rate
/// within seconds, then cautiously above it. Source: RFC 9438; botocore `retries/adaptive.py`.
final class Pacer: Sendable {
  /// Each account has its own quotas, and its own pacer.
  struct Lane: Hashable {
    /// A service, or an operation with its own quota.
    let quota: String
    let region: String
  }

  private let paces = Mutex<[Lane: Pace]>([:])

  /// Reserves the next request, and returns the seconds to wait before sending it.
  func reserve(_ lane: Lane, ceiling: Double, now: Date) -> Double {
    paces.withLock { paces in
      var pace = paces[lane] ?? Pace()
      defer { paces[lane] = pace }
      return pace.reserve(ceiling: ceiling, now: now)
    }
  }

  /// Slows down, at most once a second: one burst is throttled many times over.
  func throttled(_ lane: Lane, ceiling: Double, now: Date) {
    paces.withLock { $0[lane, default: Pace()].throttled(ceiling: ceiling, now: now) }
  }

  /// Requests per second at present; nil if only the ceiling applies.
  func rate(_ lane: Lane, now: Date) -> Double? {
    paces.withLock { $0[lane]?.limit(now) }
  }
}

private struct Pace {
  private static let decrease = 0.7
  /// Requests per second, per second cubed.
  private static let growth = 0.4
  private static let slowest = 0.5
  /// Above this nothing is delayed any more.
  private static let unlimited = 1000.0

  /// The earliest time of the next request.
  private var next = Date.distantPast
  private var slowed: (at: Date, rate: Double)?
  /// How many requests were asked for in the second that began at `second`, and in the one before it.
  private var second = Date.distantPast
  private var sent = 0
  private var sentBefore = 0

  mutating func reserve(ceiling: Double, now: Date) -> Double {
    if let rate = limit(now), rate >= min(ceiling, Self.unlimited) { slowed = nil }
    let rate = min(limit(now) ?? .infinity, ceiling)
    let start = max(now, next)
    next = rate.isFinite ? start.addingTimeInterval(1 / rate) : start
    count(now)
    return start.timeIntervalSince(now)
  }

  mutating func throttled(ceiling: Double, now: Date) {
    if let slowed, now.timeIntervalSince(slowed.at) < 1 { return }
    let seen = Double(max(sent, sentBefore, 1))
    slowed = (now, max(Self.slowest, min(limit(now) ?? .infinity, ceiling, seen)))
  }

  func limit(_ now: Date) -> Double? {
    guard let slowed else { return nil }
    let elapsed = max(0, now.timeIntervalSince(slowed.at))
    let plateau = cbrt(slowed.rate * (1 - Self.decrease) / Self.growth)
    return max(Self.slowest, slowed.rate + Self.growth * pow(elapsed - plateau, 3))
  }

  private mutating func count(_ now: Date) {
    if now.timeIntervalSince(second) >= 1 {
      sentBefore = now.timeIntervalSince(second) < 2 ? sent : 0
      (second, sent) = (now, 0)
    }
    sent += 1
  }
}
