import AWS
import Domain

/// An account in one region, and what to call it.
package struct LiveTarget: Sendable {
  package let client: AWSClient
  package let name: String
  /// Read with the target's credentials, whichever accounts and regions they tell of.
  package let events: [EventPlace]

  /// - Parameter name: what progress and messages call it; the region where none is given.
  package init(client: AWSClient, name: String? = nil, events: [EventPlace] = []) {
    self.client = client
    self.name = name ?? client.region
    self.events = events
  }
}

/// What to collect.
package struct LiveSettings: Sendable {
  /// Stands in for the clock everywhere but in signatures: until then what still runs is charged.
  package var asOf: Instant
  /// Jobs that ended before are left out; nil: all that AWS still knows.
  package var since: Instant?
  /// Names of sources; empty: all of them.
  package var sources: [String]
  /// Counts the calls in the place of AWS; nothing is written. Only who we are is still asked.
  package var rehearsal: Rehearsal?

  package init(asOf: Instant, since: Instant? = nil, sources: [String] = []) {
    self.asOf = asOf
    self.since = since
    self.sources = sources
  }

  func includes(_ source: String) -> Bool { sources.isEmpty || sources.contains(source) }
}
