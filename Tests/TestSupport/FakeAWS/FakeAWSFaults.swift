import Synchronization

/// What may go wrong with one request.
package enum FakeFault: Sendable {
  case throttle
  case serverError
  /// Half of the body, announced at full length, then the connection closes.
  case truncate
  /// The connection closes without sending a byte.
  case close
  case slow(seconds: Double)
  /// The request's keys expire. Only for renewable keys, those of an assumed role.
  case expiredToken
  /// The request's keys are deleted: refused from now on, in the service's own words.
  case revoked
  /// The answer comes one byte at a time, with so many seconds between them.
  case drip(seconds: Double)
  /// A JSON document of that many bytes, with its length announced or not.
  case huge(bytes: Int, isAnnounced: Bool)
  /// A web page, as proxies and networks that ask for a login send it.
  case html(status: Int)
  /// To an address on this machine where nothing listens.
  case redirect(status: Int)
  case answer(FakeAnswer)
}

/// Random and scripted faults. Chances are drawn from the seed, request by request.
package struct FakeFaults: Sendable {
  package var seed: UInt64
  /// Shares of all requests, each from 0 to 1.
  package var shares: [(fault: FakeFault, share: Double)]
  /// For an operation's first requests, in order; nil is no fault. Scripts come before chance.
  package var scripts: [String: [FakeFault?]]

  package init(
    seed: UInt64 = 1, shares: [(fault: FakeFault, share: Double)] = [], scripts: [String: [FakeFault?]] = [:]
  ) {
    (self.seed, self.shares, self.scripts) = (seed, shares, scripts)
  }

  package static let none = FakeFaults()
}

/// Deals out the faults.
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
