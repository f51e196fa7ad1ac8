/// A future event. Of two at the same time the one scheduled first comes first.
struct Event: Comparable {
  enum Kind: UInt8 {
    /// A job is runnable.
    case ready
    /// An attempt ends by itself.
    case end
    /// An instance has been idle for long enough.
    case expiry
    /// EC2 reclaims an instance.
    case reclaim
  }

  /// Milliseconds since 1970.
  var time: Int64
  /// Counts events as they are scheduled.
  var number: UInt32
  /// The position of the job, the attempt or the instance.
  var subject: Int32
  /// Of an expiry: its idle period.
  var token: Int32
  var kind: Kind

  @inline(__always)
  static func < (a: Event, b: Event) -> Bool { a.time != b.time ? a.time < b.time : a.number < b.number }
  @inline(__always)
  static func == (a: Event, b: Event) -> Bool { a.time == b.time && a.number == b.number }
}
