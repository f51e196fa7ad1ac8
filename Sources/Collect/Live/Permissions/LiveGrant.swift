import AWS

/// Actions that must be allowed, and the resources.
package struct LiveGrant: Equatable, Sendable {
  /// IAM actions, sorted.
  package let actions: [String]
  /// ARNs, or `*`.
  package let resources: [String]

  init(_ operations: [Operation], on resources: [String]) {
    actions = Set(operations.flatMap(\.permissions)).sorted()
    self.resources = resources.sorted()
  }
}
