/// A moment in UTC, in milliseconds since 1970-01-01T00:00:00Z, as AWS Batch returns it. Only reports know time zones.
package struct Instant: Hashable, Comparable, Sendable {
  /// Since 1970-01-01T00:00:00Z; negative before.
  package var milliseconds: Int64

  package init(milliseconds: Int64) { self.milliseconds = milliseconds }
  package static func < (a: Instant, b: Instant) -> Bool { a.milliseconds < b.milliseconds }

  /// Days since 1970-01-01, rounded down.
  package var day: Day { Day(number: Int32(floorDivide(milliseconds, millisecondsPerDay))) }
}

/// A calendar day in UTC, counted from 1970-01-01.
package struct Day: Hashable, Comparable, Sendable {
  /// Days since 1970-01-01; negative before.
  package var number: Int32

  package init(number: Int32) { self.number = number }
  package static func < (a: Day, b: Day) -> Bool { a.number < b.number }
  /// The day so many days later; earlier if negative.
  package static func + (a: Day, days: Int32) -> Day { Day(number: a.number + days) }

  /// Midnight UTC, where the day begins.
  package var start: Instant { Instant(milliseconds: Int64(number) * millisecondsPerDay) }

  /// 0 is Monday, 6 Sunday, as in ISO 8601.
  package var weekday: Int { Int(floorModulo(Int64(number) + 3, 7)) }
}

/// A half-open span of time, `[start, end)`: two spans that touch never overlap.
package struct TimeSpan: Hashable, Sendable {
  /// Belongs to the span.
  package var start: Instant
  /// The first moment after the span. Nothing stops it from being before `start`.
  package var end: Instant

  /// From `start` up to, but not including, `end`.
  package init(_ start: Instant, _ end: Instant) {
    self.start = start
    self.end = end
  }

  /// Its length; negative if it ends before it starts.
  package var milliseconds: Int64 { end.milliseconds - start.milliseconds }
}

/// The quotient, rounded down also for negative numbers; `/` rounds towards zero.
package func floorDivide(_ a: Int64, _ b: Int64) -> Int64 {
  let quotient = a / b
  return (a % b != 0 && (a < 0) != (b < 0)) ? quotient - 1 : quotient
}

/// The remainder of `floorDivide`: with a positive divisor it is never negative.
package func floorModulo(_ a: Int64, _ b: Int64) -> Int64 { a - floorDivide(a, b) * b }
