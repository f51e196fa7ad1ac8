/// Events to come, the next one first: a heap in which each entry has four below it, so that it is half as deep as a
/// binary heap and the four lie side by side in the processor's cache.
struct EventQueue {
  private var events: ContiguousArray<Event> = []

  private static let arity = 4

  @inline(__always)
  var first: Event? { events.first }

  /// - Complexity: O(log n), mostly O(1): events are scheduled for times after most others.
  mutating func insert(_ event: Event) {
    events.append(event)
    events.withUnsafeMutableBufferPointer { events in
      var place = events.count - 1
      while place > 0 {
        let above = (place - 1) / Self.arity
        if !(event < events[above]) { break }
        events[place] = events[above]
        place = above
      }
      events[place] = event
    }
  }

  /// Removes `first`, which there must be.
  ///
  /// - Complexity: O(log n).
  mutating func removeFirst() {
    let last = events.removeLast()
    if events.isEmpty { return }
    events.withUnsafeMutableBufferPointer { events in
      var place = 0
      while true {
        let below = place * Self.arity + 1
        if below >= events.count { break }
        var least = below
        for other in below + 1..<max(below + 1, min(below + Self.arity, events.count))
        where events[other] < events[least] {
          least = other
        }
        if !(events[least] < last) { break }
        events[place] = events[least]
        place = least
      }
      events[place] = last
    }
  }
}
