/// What will happen, the next first: a heap of four children to a node. Only the next is ever asked for, where the min-max heap of
/// swift-collections keeps the last at hand as well: a tenth slower here.
struct EventQueue {
  private var events: ContiguousArray<Event> = []

  var first: Event? { events.first }

  /// - Complexity: O(log n)
  mutating func insert(_ event: Event) {
    events.append(event)
    events.withUnsafeMutableBufferPointer { events in
      var place = events.count - 1
      while place > 0 {
        let parent = (place - 1) >> 2
        if events[parent] < event { break }
        events[place] = events[parent]
        place = parent
      }
      events[place] = event
    }
  }

  /// - Complexity: O(log n)
  mutating func removeFirst() {
    let last = events.removeLast()
    if events.isEmpty { return }
    events.withUnsafeMutableBufferPointer { events in
      var place = 0
      while true {
        let first = place << 2 + 1
        if first >= events.count { break }
        var least = first
        for child in first + 1..<max(first + 1, min(first + 4, events.count)) where events[child] < events[least] {
          least = child
        }
        if last < events[least] { break }
        events[place] = events[least]
        place = least
      }
      events[place] = last
    }
  }
}
