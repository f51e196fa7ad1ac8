import Synchronization

/// The keys that the last attempt of a call was signed with.
final class LastKeys: Sendable {
  private let state = Mutex<AccessKeys?>(nil)
  var keys: AccessKeys? { state.withLock { $0 } }
  func set(_ keys: AccessKeys) { state.withLock { $0 = keys } }
}
