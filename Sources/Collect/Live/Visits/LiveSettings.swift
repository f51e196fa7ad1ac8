import AWS
import Domain

/// An account in one region, and its name.
package struct LiveTarget: Sendable {
  /// With the credentials of the account, in the region.
  package let client: AWSClient
  /// In progress and messages.
  package let name: String
  /// Read with the target's credentials, for whichever accounts and regions they come from.
  package let events: [EventPlace]

  /// - Parameter name: the name in progress and messages; by default the region.
  package init(client: AWSClient, name: String? = nil, events: [EventPlace] = []) {
    self.client = client
    self.name = name ?? client.region
    self.events = events
  }
}

/// What to collect.
package struct LiveSettings: Sendable {
  /// Replaces the clock except in signatures: what is still running is charged until then.
  package var asOf: Instant
  /// Jobs that ended before this are left out; nil: everything that AWS still knows.
  package var since: Instant?
  /// Names of sources; empty: all of them.
  package var sources: [String]
  /// Counts calls instead of sending them; nothing is written. Only our identity is still requested.
  package var rehearsal: Rehearsal?

  package init(asOf: Instant, since: Instant? = nil, sources: [String] = []) {
    self.asOf = asOf
    self.since = since
    self.sources = sources
  }

  func includes(_ source: String) -> Bool { sources.isEmpty || sources.contains(source) }
}
