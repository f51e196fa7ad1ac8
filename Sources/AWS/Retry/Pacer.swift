import Foundation
import Synchronization

/// Spaces requests to one service in one region: at its ceiling while all is well, slower after throttling, then faster
/// again, as additive increase and multiplicative decrease does.
final class Pacer: Sendable {
  /// A service in a region; accounts have quotas of their own, and a client (so a pacer) for each.
  struct Lane: Hashable {
    let service: String
    let region: String
  }

  fileprivate struct Pace {
    /// Requests a second; infinite until something says otherwise.
    var rate = Double.infinity
    /// When the next request may go.
    var next = Date.distantPast
    var slowedAt = Date.distantPast
    /// How many went in the second that began at `second`, and in the one before: the rate that throttling saw.
    var second = Date.distantPast
    var sent = 0
    var sentBefore = 0
  }

  private let paces = Mutex<[Lane: Pace]>([:])

  /// Seconds to wait before the next request, which is thereby promised.
  func reserve(_ lane: Lane, ceiling: Double, now: Date) -> Double {
    paces.withLock { paces in
      var pace = paces[lane] ?? Pace()
      let rate = min(pace.rate, ceiling)
      let start = max(now, pace.next)
      pace.next = rate.isFinite ? start.addingTimeInterval(1 / rate) : start
      pace.count(now)
      paces[lane] = pace
      return start.timeIntervalSince(now)
    }
  }

  /// Halves the rate, once a second at most: one burst meets one throttle many times.
  func throttled(_ lane: Lane, ceiling: Double, now: Date) {
    paces.withLock { paces in
      var pace = paces[lane] ?? Pace()
      guard now.timeIntervalSince(pace.slowedAt) >= 1 else { return }
      pace.slowedAt = now
      let seen = Double(max(pace.sent, pace.sentBefore, 1))
      pace.rate = max(0.5, min(pace.rate, ceiling, seen) / 2)
      paces[lane] = pace
    }
  }

  /// A little faster; back at the ceiling, or three minutes after the last throttle, the limit goes.
  func succeeded(_ lane: Lane, ceiling: Double, now: Date) {
    paces.withLock { paces in
      guard var pace = paces[lane], pace.rate.isFinite else { return }
      pace.rate += max(0.1, pace.rate * 0.02)
      if pace.rate >= ceiling || now.timeIntervalSince(pace.slowedAt) > 180 { pace.rate = .infinity }
      paces[lane] = pace
    }
  }

  /// Requests a second at present; nil where only the ceiling holds.
  func rate(_ lane: Lane) -> Double? {
    paces.withLock { $0[lane].flatMap { $0.rate.isFinite ? $0.rate : nil } }
  }
}

extension Pacer.Pace {
  fileprivate mutating func count(_ now: Date) {
    if now.timeIntervalSince(second) >= 1 {
      sentBefore = now.timeIntervalSince(second) < 2 ? sent : 0
      (second, sent) = (now, 0)
    }
    sent += 1
  }
}
