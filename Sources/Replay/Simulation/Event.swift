/// Something that will happen. Of two at one time the one that was foreseen first comes first.
struct Event: Comparable {
  enum Kind: UInt8 {
    /// A job is runnable.
    case ready
    /// An attempt ends by itself.
    case end
    /// An instance has had nothing to do for long enough.
    case expiry
    /// EC2 takes an instance back.
    case reclaim
  }

  var time: Int64
  var number: UInt32
  var subject: Int32
  /// Of an expiry: the idle period that it belongs to.
  var token: Int32
  var kind: Kind

  @inline(__always)
  static func < (a: Event, b: Event) -> Bool { a.time != b.time ? a.time < b.time : a.number < b.number }
  @inline(__always)
  static func == (a: Event, b: Event) -> Bool { a.time == b.time && a.number == b.number }
}
