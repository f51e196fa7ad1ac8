import Synchronization

/// What may go wrong with one request.
package enum FakeFault: Sendable {
  case throttle
  case serverError
  /// Half the body under the whole body's length, then the connection closes.
  case truncate
  /// The connection closes without a byte.
  case close
  case slow(seconds: Double)
  /// The keys of this request expire. Only for keys that can be renewed: those of an assumed role.
  case expiredToken
  /// The keys of this request are deleted: refused from now on, in the words of the service.
  case revoked
  /// The answer comes a byte at a time, after so many seconds each.
  case drip(seconds: Double)
  /// A JSON document of that many bytes; its length is said beforehand, or not.
  case huge(bytes: Int, isAnnounced: Bool)
  /// A page for people, as proxies and networks that ask for a login send it.
  case html(status: Int)
  /// To nowhere on this machine.
  case redirect(status: Int)
  case answer(FakeAnswer)
}

/// Faults by chance, and faults by script. The chances are drawn from the seed, request by request.
package struct FakeFaults: Sendable {
  package var seed: UInt64
  /// Shares of all requests, each from 0 to 1.
  package var shares: [(fault: FakeFault, share: Double)]
  /// For the first requests of an operation, in order; nil leaves one alone. Scripts come before chance.
  package var scripts: [String: [FakeFault?]]

  package init(
    seed: UInt64 = 1, shares: [(fault: FakeFault, share: Double)] = [], scripts: [String: [FakeFault?]] = [:]
  ) {
    (self.seed, self.shares, self.scripts) = (seed, shares, scripts)
  }

  package static let none = FakeFaults()
}

/// Deals the faults out.
final class FakeFaultDealer: Sendable {
  private let state: Mutex<(faults: FakeFaults, random: SeededGenerator)>

  init(_ faults: FakeFaults) { state = Mutex((faults, SeededGenerator(seed: faults.seed))) }

  func next(_ operation: String) -> FakeFault? {
    state.withLock { state in
      if let script = state.faults.scripts[operation], !script.isEmpty {
        return state.faults.scripts[operation]?.removeFirst()
      }
      var chance = Double(state.random.next() >> 11) / 9_007_199_254_740_992
      for (fault, share) in state.faults.shares {
        if chance < share { return fault }
        chance -= share
      }
      return nil
    }
  }
}
