import Foundation
import Synchronization

/// Spaces requests to one service, or one of its operations, in one region: at its ceiling while all is well, slower after throttling, then faster
/// again.
///
/// Slowing and recovery follow CUBIC, as the SDKs' adaptive mode does: 70 % of the rate that was throttled, back to
/// that rate within seconds, then carefully beyond it. Source: RFC 9438; botocore `retries/adaptive.py`.
final class Pacer: Sendable {
  /// Each account has quotas of its own, and a pacer of its own.
  struct Lane: Hashable {
    /// A service, or an operation that has a quota of its own.
    let quota: String
    let region: String
  }

  private let paces = Mutex<[Lane: Pace]>([:])

  /// Seconds to wait before the next request, which is thereby promised.
  func reserve(_ lane: Lane, ceiling: Double, now: Date) -> Double {
    paces.withLock { paces in
      var pace = paces[lane] ?? Pace()
      defer { paces[lane] = pace }
      return pace.reserve(ceiling: ceiling, now: now)
    }
  }

  /// Slows down, once a second at most: one burst meets one throttle many times.
  func throttled(_ lane: Lane, ceiling: Double, now: Date) {
    paces.withLock { $0[lane, default: Pace()].throttled(ceiling: ceiling, now: now) }
  }

  /// Requests a second at present; nil where nothing but the ceiling holds.
  func rate(_ lane: Lane, now: Date) -> Double? {
    paces.withLock { $0[lane]?.limit(now) }
  }
}

private struct Pace {
  private static let decrease = 0.7
  /// Requests a second, per second cubed.
  private static let growth = 0.4
  private static let slowest = 0.5
  /// Beyond this nothing is held back any more.
  private static let unlimited = 1000.0

  /// When the next request may go.
  private var next = Date.distantPast
  private var slowed: (at: Date, rate: Double)?
  /// How many requests were asked for in the second that began at `second`, and in the one before.
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
